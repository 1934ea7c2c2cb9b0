package room

import (
	"time"

	"procession/server/wire"
)

// publish sends the events that nobody has yet, encoded once for all.
func (r *Room) publish(now time.Time) {
	log := r.run.Log()
	if r.sent == log.Len() {
		return
	}
	r.look()
	for r.sent < log.Len() {
		from, to := r.sent+1, min(log.Len(), r.sent+frameEvents)
		frame := wire.AppendFrame(make([]byte, 0, 256+40*(to-from)), log, r.epoch, from, to, r.texts, r.run.Now())
		r.sent, r.texts = to, r.texts+len(log.Texts(r.texts))
		for _, sub := range r.subs {
			if sub.away {
				sub.stale = true
				continue
			}
			r.tell(sub, frame)
		}
	}
	r.framed, r.spoke = now, now
	log.Trim(keptEvents)
}

// skip counts as published what is in the log, since everybody is about to get
// the whole picture.
func (r *Room) skip() {
	log := r.run.Log()
	r.sent, r.texts = log.Len(), len(log.Texts(0))
}

// tell queues a message for a subscriber. One that does not keep up loses
// what is queued and gets the picture as it is instead.
func (r *Room) tell(sub *Subscriber, data []byte) {
	if !sub.offer(data) {
		r.resync(sub)
	}
}

// resync gives a subscriber the whole picture; if there is no place for it, in
// place of all that it has not taken yet.
func (r *Room) resync(sub *Subscriber) {
	sub.stale = false
	snapshot := wire.Encode(wire.Snapshot{
		Epoch:    r.epoch,
		Now:      r.run.Now(),
		Playing:  r.playing && !r.ended(),
		Speed:    r.pacer.speed,
		Ended:    r.ended(),
		Scenario: r.run.Scenario().String(),
		Texts:    r.run.Log().Texts(0),
		State:    r.run.Snapshot(),
	})
	if !sub.offer(snapshot) {
		sub.drain()
		sub.offer(snapshot)
	}
}

// pace is the message that says how time goes.
func (r *Room) pace() []byte {
	return wire.Encode(wire.Pace{
		Now:     r.run.Now(),
		Playing: r.playing && !r.ended(),
		Speed:   r.pacer.speed,
		Ended:   r.ended(),
	})
}

// tellPace tells everybody how time goes.
func (r *Room) tellPace(now time.Time) {
	r.spoke = now
	pace := r.pace()
	for _, sub := range r.subs {
		if !sub.away {
			r.tell(sub, pace)
		}
	}
}
