package room

import (
	"time"

	"procession/server/wire"
	"procession/sim/trace"
)

// step runs to the next milestone and pauses there.
func (r *Room) step(sub *Subscriber, now time.Time) {
	r.settle(now)
	switch {
	case r.catchUp != nil:
		r.refuse(sub, catchingUp())
		return
	case r.ended():
		r.refuse(sub, runEnded())
		return
	}
	r.look()
	begin := r.run.Now()
	if next, ok := r.run.Next(); !ok || next > wire.MaxMoment {
		r.refuse(sub, nothingLeft())
	} else {
		for range stepMoments {
			r.run.Advance(next)
			milestone, answer := r.look()
			if milestone || answer && next-begin >= stepCalm {
				break
			}
			if next, ok = r.run.Next(); !ok || next > wire.MaxMoment {
				break
			}
		}
	}
	r.playing = false
	r.publish(now)
	r.repace(now)
	r.tellPace(now)
}

// look goes through the events that it has not seen and says whether a
// milestone was among them, and an answer of any kind.
func (r *Room) look() (milestone, answer bool) {
	log := r.run.Log()
	for ; r.seen < log.Len(); r.seen++ {
		e := log.At(r.seen + 1)
		milestone = milestone || trace.Milestone(log, e)
		switch e.Kind {
		case trace.RequestDone:
			answer = true
			if !r.answered[e.Visitor] {
				r.answered[e.Visitor] = true
				milestone = true
			}
		case trace.VisitorLeft:
			delete(r.answered, e.Visitor)
		}
	}
	return milestone, answer
}
