package room

import (
	"time"

	"procession/server/wire"
)

// catchUp is the state of a run that is brought to its moment.
type catchUp struct {
	target int64 // virtual µs
	length int64 // virtual µs of the next slice
	told   time.Time
	then   *letter // what is to be done at the moment; nil: nothing
}

func newCatchUp(target int64) *catchUp {
	return &catchUp{target: min(target, wire.MaxMoment), length: firstSlice, told: time.Now()}
}

// slice brings the run a little nearer to its moment, and at the moment shows
// it to everybody.
func (r *Room) slice() {
	select {
	case r.rooms.heavy <- struct{}{}:
	case <-r.quit:
		return
	}
	c := r.catchUp
	start := time.Now()
	r.advance(min(c.target, r.now()+c.length))
	now := time.Now()
	<-r.rooms.heavy
	r.look()
	for _, w := range r.worlds {
		w.run.Log().Trim(keptEvents)
		w.skip()
	}

	if r.now() >= c.target || r.ended() {
		r.catchUp = nil
		r.repace(now)
		r.resync(r.subs...)
		if c.then != nil {
			r.handle(*c.then, now)
		}
		return
	}
	switch took := now.Sub(start); {
	case took < sliceTime/2:
		c.length *= 2
	case took > sliceTime*2:
		c.length = max(1, c.length/2)
	}
	if now.Sub(c.told) >= progressGap {
		c.told = now
		progress := wire.Encode(wire.Progress{Done: float64(r.now()) / float64(c.target)})
		for _, sub := range r.subs {
			sub.offer(progress)
		}
	}
}
