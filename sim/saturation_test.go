package sim_test

import (
	"testing"

	"procession/internal/testenv"
	"procession/sim"
	"procession/sim/stats"
)

// summaryOf watches a run for a time of virtual µs and sums it up.
func summaryOf(t *testing.T, query string, until int64) stats.Summary {
	t.Helper()
	run := begin(t, query)
	run.Advance(until)
	if err := run.Err(); err != nil {
		t.Fatal(err)
	}
	return summed(run)
}

func summed(run *sim.Run) stats.Summary {
	c := stats.NewCounter()
	for i := 1; i <= run.Log().Len(); i++ {
		c.Add(run.Log(), run.Log().At(i))
	}
	return c.Summary()
}

// TestStoreCostsTheApp: a store makes no app faster. With more callers than it
// can serve, one process of the real app (node-redis 6.3, kept connections)
// answered 0.87 and 0.90 times as many visits a second as with sessions in
// memory (medians of 31 and 41 pairs of short runs).
func TestStoreCostsTheApp(t *testing.T) {
	testenv.Unraced(t)
	const crowd = "costs=measured&workers=1&visitors=20&think=0&connection=keep-alive&mode="
	local, store := summaryOf(t, crowd+"local", 3e6), summaryOf(t, crowd+"store", 3e6)
	if ratio := store.Throughput / local.Throughput; ratio < 0.86 || ratio > 0.91 {
		t.Errorf("%.1f visits a second with Redis, %.1f without it: %.3f times as many, want 0.87 to 0.90", store.Throughput, local.Throughput, ratio)
	}
}

// TestSaturatedWorkersNeverIdle: a connection's first request lies in it when
// the worker takes it over, so a worker with enough to do does not wait for it.
func TestSaturatedWorkersNeverIdle(t *testing.T) {
	testenv.Unraced(t)
	for _, mode := range []string{"local", "store", "cookie"} {
		s := summaryOf(t, "costs=measured&visitors=40&think=0&mode="+mode, 3e6)
		for _, core := range s.Cores {
			if core.Idle > 0.01 {
				t.Errorf("mode=%s: core %d is idle for %.1f %% of the time", mode, core.Core, 100*core.Idle)
			}
		}
	}
}

// TestNoPauseAfterTheLastAnswer: a scripted run ends with its last answer, so
// nobody's pause after it makes a throughput smaller and a core idler.
func TestNoPauseAfterTheLastAnswer(t *testing.T) {
	for _, query := range []string{
		"visitors=1&script=login&think=60s",
		"visitors=3&script=login,visit*2&think=10s&jitter=50",
		"visitors=3&script=login,visit&think=10s&turns=true",
		"visitors=1&workers=2&script=login,visit&think=10s&relogin=true",
	} {
		run := finish(t, query)
		last := int64(0)
		for i := 1; i <= run.Log().Len(); i++ {
			if e := run.Log().At(i); e.Kind.String() == "request.done" {
				last = e.Ts
			}
		}
		if s := summed(run); s.Duration != last || !s.Ended {
			t.Errorf("%s: the last answer comes at %d µs, and the run ends at %d (ended: %t)", query, last, s.Duration, s.Ended)
		}
	}
}
