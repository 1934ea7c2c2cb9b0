package room

import (
	"time"

	"procession/server/wire"
)

// step runs to the next milestone of any world and pauses there.
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
	begin := r.now()
	if next, ok := r.next(); !ok || next > wire.MaxMoment {
		r.refuse(sub, nothingLeft())
	} else {
		for range stepMoments {
			r.advance(next)
			milestone, answer := r.look()
			if milestone || answer && next-begin >= stepCalm {
				break
			}
			if next, ok = r.next(); !ok || next > wire.MaxMoment {
				break
			}
		}
	}
	r.playing = false
	r.publish(now)
	r.repace(now)
	r.tellPace(now)
}
