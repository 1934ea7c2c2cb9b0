package play

import (
	"context"
	"fmt"

	"procession/sim/scenario"
	"procession/sim/trace"
)

// sliceMoments is how many moments of a run pass between two questions of
// whether the slice has been long enough.
const sliceMoments = 64

// Run is what is played; *sim.Run is one.
type Run interface {
	Now() int64                // virtual µs
	Next() (ts int64, ok bool) // when the next thing happens; not ok: nothing is left
	Advance(to int64)          // does everything up to and at a moment
	Log() *trace.Log
	Err() error // why the run cannot go on
}

// Bounds say how far a run is played.
type Bounds struct {
	// Until is the last moment that is played, in virtual µs. The run has
	// reached it afterwards, unless it ended before.
	Until int64
	// Seq, if any, ends the playing once the run has that many events, with all
	// that belongs to the same moment.
	Seq int
	// Events, if any, is how many events the run may have: more are a *TooMany.
	Events int
	// After, if any, is called after each slice, when what happened may be read
	// and let go of. Its error ends the playing.
	After func() error
}

// Turn lets a slice be played when it is its turn, and tells it when it has
// been long enough. The error says why it got no turn: then the slice was not
// played.
type Turn func(ctx context.Context, slice func(spent func() bool)) error

// TooMany says that more events happen in a run than may.
type TooMany struct {
	Events int
	At     int64 // virtual µs: where there were too many
}

// Error gives a sentence.
func (t *TooMany) Error() string {
	return fmt.Sprintf("more than %d events happen in this run before %s; allowed: fewer visitors, a longer think or an earlier moment",
		t.Events, scenario.FormatDuration(t.At))
}

// To plays a run within bounds, in slices. Without a turn each slice is played
// at once. The error is the context's, the turn's, After's, a *TooMany, or why
// the run cannot go on.
func To(ctx context.Context, run Run, b Bounds, turn Turn) error {
	if turn == nil {
		turn = atOnce
	}
	for done := false; !done; {
		if err := context.Cause(ctx); err != nil {
			return err
		}
		if err := turn(ctx, func(spent func() bool) { done = b.slice(run, spent) }); err != nil {
			return err
		}
		if err := run.Err(); err != nil {
			return err
		}
		if b.tooMany(run) {
			return &TooMany{b.Events, run.Now()}
		}
		if b.After != nil {
			if err := b.After(); err != nil {
				return err
			}
		}
	}
	return nil
}

// atOnce is the turn of those who need not wait. A slice is short, so that the
// context is heeded.
func atOnce(_ context.Context, slice func(spent func() bool)) error {
	slice(func() bool { return true })
	return nil
}

// slice plays until the slice has been long enough, and says whether all is done.
func (b *Bounds) slice(run Run, spent func() bool) (done bool) {
	for n := 1; ; n++ {
		next, more := run.Next()
		switch {
		case b.Seq > 0 && run.Log().Len() >= b.Seq, b.tooMany(run):
			return true
		case !more || next > b.Until:
			run.Advance(b.Until) // in which nothing happens
			return true
		}
		run.Advance(next)
		if n%sliceMoments == 0 && spent() {
			return false
		}
	}
}

func (b *Bounds) tooMany(run Run) bool { return b.Events > 0 && run.Log().Len() > b.Events }
