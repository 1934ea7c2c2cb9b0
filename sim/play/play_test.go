package play_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"procession/sim"
	"procession/sim/play"
	"procession/sim/scenario"
	"procession/sim/trace"
)

var _ play.Run = (*sim.Run)(nil)

func begin(t testing.TB, query string) *sim.Run {
	t.Helper()
	sc, err := sim.Parse(query)
	if err != nil {
		t.Fatal(err)
	}
	run := sim.New(sc)
	t.Cleanup(run.Close)
	return run
}

// The loop of those who want a whole trace and keep nothing of it.
func ExampleTo() {
	sc, err := sim.Parse("visitors=Ada&script=login,visit*2")
	if err != nil {
		fmt.Println(err)
		return
	}
	run := sim.New(sc)
	defer run.Close()
	seq := 0
	err = play.To(context.Background(), run, play.Bounds{Until: 60e6, After: func() error {
		for log := run.Log(); seq < log.Len(); {
			seq++
			if e := log.At(seq); e.Kind == trace.RequestDone {
				fmt.Println(e.Op, e.Status)
			}
		}
		run.Log().Trim(0)
		return nil
	}}, nil)
	fmt.Println(run.Ended(), err)
	// Output:
	// login 200
	// visit 401
	// visit 200
	// true <nil>
}

// TestToAMoment: everything up to and at the moment has happened, and the run
// is there, whether something happens at it or not, or nothing at all.
func TestToAMoment(t *testing.T) {
	for _, query := range []string{"", "visitors=100&jitter=50&costs=measured&think=10ms", "traffic=none"} {
		whole := begin(t, query)
		whole.Advance(2_345_678)
		run := begin(t, query)
		slices := 0
		err := play.To(t.Context(), run, play.Bounds{Until: 2_345_678, After: func() error { slices++; return nil }}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if run.Now() != 2_345_678 || run.Log().Len() != whole.Log().Len() {
			t.Errorf("%s: got to %d with %d events, want %d", query, run.Now(), run.Log().Len(), whole.Log().Len())
		}
		if run.Log().Len() > 10_000 && slices < 10 {
			t.Errorf("%s: only %d slices", query, slices)
		}
	}
}

// TestToAnEvent: a run is played no further than is wanted.
func TestToAnEvent(t *testing.T) {
	run := begin(t, "mode=threads&visitors=50&jitter=50&costs=measured&think=10ms")
	if err := play.To(t.Context(), run, play.Bounds{Until: scenario.MaxTime, Seq: 20_000}, nil); err != nil {
		t.Fatal(err)
	}
	if n := run.Log().Len(); n < 20_000 || n > 20_200 {
		t.Errorf("got %d events, want 20000 and what belongs to the same moment", n)
	}
}

// TestTurns: each slice waits for its turn, and goes on until it has been long enough.
func TestTurns(t *testing.T) {
	run := begin(t, "visitors=10")
	turns, left := 0, 3
	err := play.To(t.Context(), run, play.Bounds{Until: 600e6}, func(_ context.Context, slice func(func() bool)) error {
		turns++
		slice(func() bool { left--; return left%3 == 0 })
		return nil
	})
	if err != nil || turns < 3 {
		t.Errorf("got %d turns and the error %v", turns, err)
	}
	refused := errors.New("no turn for you")
	run = begin(t, "")
	err = play.To(t.Context(), run, play.Bounds{Until: 600e6}, func(context.Context, func(func() bool)) error { return refused })
	if err != refused || run.Log().Len() != 0 {
		t.Errorf("got the error %v and %d events", err, run.Log().Len())
	}
}

// TestEnds: the playing ends with the context, at the limit of events, with
// After's error, and when the run breaks.
func TestEnds(t *testing.T) {
	gone := errors.New("nobody waits any more")
	ctx, cancel := context.WithCancelCause(t.Context())
	run := begin(t, "visitors=20")
	err := play.To(ctx, run, play.Bounds{Until: 600e6, After: func() error {
		if run.Now() > 5e6 {
			cancel(gone)
		}
		return nil
	}}, nil)
	if err != gone || run.Now() > 10e6 {
		t.Errorf("at %d: got the error %v", run.Now(), err)
	}

	run = begin(t, "visitors=20")
	err = play.To(t.Context(), run, play.Bounds{Until: 600e6, Events: 1000}, nil)
	var tooMany *play.TooMany
	if !errors.As(err, &tooMany) || run.Log().Len() > 1200 {
		t.Errorf("with %d events: got the error %v", run.Log().Len(), err)
	}

	run = begin(t, "")
	if err := play.To(t.Context(), run, play.Bounds{Until: 600e6, After: func() error { return gone }}, nil); err != gone {
		t.Errorf("got the error %v", err)
	}

	run = begin(t, "")
	run.Log().Hook = func(e *trace.Event) {
		if e.Seq == 30 {
			panic("on purpose")
		}
	}
	var broken *sim.Broken
	if err := play.To(t.Context(), run, play.Bounds{Until: 600e6}, nil); !errors.As(err, &broken) {
		t.Errorf("got the error %v", err)
	}
}
