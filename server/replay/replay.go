package replay

import (
	"context"
	"time"

	"procession/sim"
	"procession/sim/trace"
)

const (
	// sliceTime is how long a run is played before others get their turn.
	sliceTime = 10 * time.Millisecond
	// sliceMoments is how many moments of a run pass between two looks at the clock.
	sliceMoments = 64
)

// Replay is a run on its way from its beginning.
type Replay struct {
	player *Player
	run    *sim.Run
}

// Log gives the trace so far.
func (r *Replay) Log() *trace.Log { return r.run.Log() }

// Snapshot gives the picture at the moment that the run has reached.
func (r *Replay) Snapshot() trace.Snapshot { return r.run.Snapshot() }

// Now gives the virtual moment, µs, that the run has reached.
func (r *Replay) Now() int64 { return r.run.Now() }

// Ended says whether nothing more will happen.
func (r *Replay) Ended() bool {
	_, more := r.run.Next()
	return !more
}

// ToEvent plays until the run has an event with a Seq, or ends. Of the events
// it lets go of those before keep.
func (r *Replay) ToEvent(ctx context.Context, seq, keep int) error {
	log := r.run.Log()
	for log.Len() < seq && !r.Ended() {
		if err := r.slice(ctx, func(int64) bool { return log.Len() >= seq }); err != nil {
			return err
		}
		log.Trim(max(0, log.Len()-keep+1))
	}
	return nil
}

// ToMoment plays a slice of what happens up to a virtual moment, µs. It is done
// when that moment, or the end, is reached.
func (r *Replay) ToMoment(ctx context.Context, until int64) (done bool, err error) {
	err = r.slice(ctx, func(next int64) bool { return next > until })
	if err != nil {
		return false, err
	}
	if next, more := r.run.Next(); more && next <= until {
		return false, nil
	}
	r.run.Advance(until) // in which nothing happens
	return true, nil
}

// slice plays a little, up to a moment at which there is enough: enough is
// asked before each, and told when it is.
func (r *Replay) slice(ctx context.Context, enough func(next int64) bool) error {
	err := r.player.heavy(ctx, func() {
		end := time.Now().Add(sliceTime)
		for n := 1; ; n++ {
			next, more := r.run.Next()
			if !more || enough(next) {
				return
			}
			r.run.Advance(next)
			if n%sliceMoments == 0 && time.Now().After(end) {
				return
			}
		}
	})
	if err != nil {
		return err
	}
	return r.run.Err()
}

// Close ends the run.
func (r *Replay) Close() {
	r.run.Close()
	<-r.player.slots
}
