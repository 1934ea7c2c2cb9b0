package replay_test

import (
	"context"
	"errors"
	"testing"

	"procession/server/replay"
	"procession/sim"
	"procession/sim/scenario"
)

// atOnce does heavy things at once, and counts them.
type atOnce struct{ slices int }

func (a *atOnce) heavy(ctx context.Context, do func()) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	a.slices++
	do()
	return nil
}

func begin(t *testing.T, a *atOnce, query string) *replay.Replay {
	t.Helper()
	sc, err := scenario.Parse(query)
	if err != nil {
		t.Fatal(err)
	}
	r, err := replay.NewPlayer(a.heavy).Begin(sc)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Close)
	return r
}

// TestToEvent: a run is played no further than is wanted, and the events that
// nobody asked for are let go.
func TestToEvent(t *testing.T) {
	const query = "mode=threads&visitors=50&jitter=50&costs=measured&think=10ms"
	a := &atOnce{}
	r := begin(t, a, query)
	if err := r.ToEvent(context.Background(), 20_000, 15_000); err != nil {
		t.Fatal(err)
	}
	log := r.Log()
	if n := log.Len(); n < 20_000 || n > 21_000 {
		t.Errorf("got %d events, want 20000 and what belongs to the same moment", n)
	}
	if first := log.First(); first > 15_000 || first < 10_000 {
		t.Errorf("the first event that is held is %d, want one a little before 15000", first)
	}
	sc, err := sim.Parse(query)
	if err != nil {
		t.Fatal(err)
	}
	run := sim.New(sc)
	defer run.Close()
	run.Advance(r.Now())
	for _, seq := range []int{15_000, 17_123, 20_000} {
		got, want := string(log.AppendJSON(nil, log.At(seq))), string(run.Log().AppendJSON(nil, run.Log().At(seq)))
		if got != want {
			t.Errorf("event %d: got %s, want %s", seq, got, want)
		}
	}
}

func TestToMoment(t *testing.T) {
	a := &atOnce{}
	r := begin(t, a, "visitors=100&jitter=50&costs=measured&think=10ms")
	n := 0
	for done := false; !done; n++ {
		var err error
		if done, err = r.ToMoment(context.Background(), 2_000_000); err != nil {
			t.Fatal(err)
		}
	}
	if r.Now() != 2_000_000 || a.slices != n {
		t.Errorf("got to %d in %d slices, with %d turns", r.Now(), n, a.slices)
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	r := begin(t, &atOnce{}, "")
	cancel()
	if err := r.ToEvent(ctx, 1000, 1); !errors.Is(err, context.Canceled) {
		t.Errorf("got the error %v", err)
	}
	if _, err := r.ToMoment(ctx, 1_000_000); !errors.Is(err, context.Canceled) {
		t.Errorf("got the error %v", err)
	}
}

// TestBusy: only so many runs are played at once.
func TestBusy(t *testing.T) {
	p := replay.NewPlayer((&atOnce{}).heavy)
	var all []*replay.Replay
	for {
		r, err := p.Begin(scenario.Default())
		if err != nil {
			if !errors.Is(err, replay.ErrBusy) {
				t.Fatal(err)
			}
			break
		}
		all = append(all, r)
	}
	all[0].Close()
	r, err := p.Begin(scenario.Default())
	if err != nil {
		t.Fatal(err)
	}
	all[0] = r
	for _, r := range all {
		r.Close()
	}
}
