package core

import (
	"procession/server/wire"
	"procession/sim/trace"
)

// world is one of a room's runs, and what is known of its trace.
type world struct {
	number   int // 0: the page's own
	run      Run
	seen     int                   // Seq of the last event that was looked at
	answered map[trace.TextID]bool // visitors who have had an answer
	sent     int                   // Seq of the last event that was published
	visitors int                   // that it began with
	told     wire.Told             // texts that all who watch were told
}

// look goes through the events that it has not seen and says whether a
// milestone was among them, and an answer of any kind.
func (w *world) look() (milestone, answer bool) {
	log := w.run.Log()
	for ; w.seen < log.Len(); w.seen++ {
		e := log.At(w.seen + 1)
		milestone = milestone || trace.Milestone(log, e)
		switch e.Kind {
		case trace.RequestDone:
			answer = true
			if !w.answered[e.Visitor] {
				w.answered[e.Visitor] = true
				milestone = true
			}
		case trace.VisitorLeft:
			delete(w.answered, e.Visitor)
		}
	}
	return milestone, answer
}

// unsent gives the number of events that nobody has yet.
func (w *world) unsent() int { return w.run.Log().Len() - w.sent }

// frames appends the frames with the events that nobody has yet, and counts
// them as published. now is the moment that the room has reached.
func (w *world) frames(all [][]byte, epoch, now int64) [][]byte {
	log := w.run.Log()
	for w.sent < log.Len() {
		from, to := w.sent+1, min(log.Len(), w.sent+frameEvents)
		all = append(all, wire.AppendFrame(make([]byte, 0, 256+40*(to-from)), w.number, log, epoch, from, to, &w.told, now))
		w.sent = to
	}
	return all
}

// skip counts as published what is in the log, since everybody is about to get
// the whole picture.
func (w *world) skip() {
	w.sent = w.run.Log().Len()
}
