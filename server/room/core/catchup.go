package core

import (
	"time"

	"procession/server/wire"
)

// catchUp is the state of a room that is brought to its moment.
type catchUp struct {
	target int64     // virtual µs
	told   time.Time // when its progress was
	by     ID        // whose command follows
	then   wire.ClientMessage
}

func newCatchUp(target int64, now time.Time) *catchUp {
	return &catchUp{target: min(target, wire.MaxMoment), told: now}
}

// approach brings the runs nearer to their moment, until the turn is spent, and
// at the moment shows them to everybody.
func (r *Room) approach(now time.Time) {
	c := r.catchUp
	for r.now() < c.target && !r.ended() {
		next, ok := r.next()
		if !ok || next > c.target {
			next = c.target
		}
		r.advance(next)
		if r.Err() != nil {
			return
		}
		if r.dense() {
			r.skip()
		}
		if r.spent() {
			break
		}
	}
	r.skip()
	if r.now() >= c.target || r.ended() {
		r.catchUp = nil
		r.repace(now)
		r.resync(now, r.clients...)
		if c.then != nil {
			r.Handle(c.by, c.then, now)
		}
		return
	}
	if now.Sub(c.told) >= progressGap {
		c.told = now
		progress := [][]byte{wire.Encode(wire.Progress{Done: float64(r.now()) / float64(c.target)})}
		for _, client := range r.clients {
			r.send(client, progress)
		}
	}
}

// skip lets go of what happened: everybody is about to get the whole picture.
func (r *Room) skip() {
	r.look()
	for _, w := range r.worlds {
		w.run.Log().Trim(keptEvents)
		w.skip()
	}
}
