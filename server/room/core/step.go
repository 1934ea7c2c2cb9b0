package core

import (
	"time"

	"procession/server/wire"
)

// stepping is the state of a room on its way to the next milestone.
type stepping struct {
	begin   int64 // virtual µs
	moments int   // that it has taken
}

// step begins to run to the next milestone of any world, to pause there.
func (r *Room) step(c *client, now time.Time) {
	r.settle(now)
	switch {
	case r.pushed():
		r.refuse(c, fromOutside())
		return
	case r.catchUp != nil:
		r.refuse(c, catchingUp())
		return
	case r.ended():
		r.refuse(c, runEnded())
		return
	}
	r.look()
	if next, ok := r.next(); !ok || next > wire.MaxMoment {
		r.refuse(c, nothingLeft())
	} else if r.stepping == nil {
		r.stepping = &stepping{begin: r.now()}
	}
	r.playing = false
	r.repace(now)
	if r.stepping == nil {
		r.tellPace(now)
	}
}

// stride goes on with a step until the turn is spent.
func (r *Room) stride(now time.Time) {
	s := r.stepping
	for done := false; !done; {
		next, ok := r.next()
		if !ok || next > wire.MaxMoment || s.moments == stepMoments {
			r.stepping = nil
			break
		}
		r.advance(next)
		s.moments++
		milestone, answer := r.look()
		if milestone || answer && next-s.begin >= stepCalm {
			r.stepping = nil
			break
		}
		done = r.dense() || r.spent()
	}
	if r.Err() != nil {
		return
	}
	r.publish(now)
	if r.stepping == nil {
		r.repace(now)
		r.tellPace(now)
	}
}
