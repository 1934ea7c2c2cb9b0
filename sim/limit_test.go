package sim_test

import (
	"runtime"
	"strings"
	"testing"

	"procession/sim"
	"procession/sim/scenario"
)

// mostAtLimit is how many bytes of heap a run at its limit may hold: its texts,
// of which there are some three million when sessions and their expiries change
// with every command.
const mostAtLimit = 2 << 30

// TestEventLimit: the largest crowd comes to the limit of events; the run ends
// there with a sentence, stays as it is, and what it holds is bounded. It takes
// a minute, so only a soak does it.
func TestEventLimit(t *testing.T) {
	if soakRuns() == 0 {
		t.Skip("a soak does this (make soak)")
	}
	sc, err := sim.Parse("mode=store&visitors=2000&workers=16&cores=16&costs=measured&think=0s&max-age=1s&rolling=true&views=true")
	if err != nil {
		t.Fatal(err)
	}
	run := sim.New(sc)
	defer run.Close()
	log := run.Log()
	next := 0
	for ts, ok := run.Next(); ok; ts, ok = run.Next() {
		run.Advance(ts)
		log.Trim(keptEvents)
		if log.Len() >= next {
			next += 1_000_000
			var mem runtime.MemStats
			runtime.ReadMemStats(&mem)
			t.Logf("%d events, a log of %d KiB, %d MiB of heap", log.Len(), log.Size()>>10, mem.HeapInuse>>20)
			if mem.HeapInuse > mostAtLimit {
				t.Fatal("memory grows")
			}
		}
	}
	if err := run.Err(); err == nil || !strings.Contains(err.Error(), "20000000 events; take fewer visitors or a longer think") {
		t.Errorf("the run ended with %v", err)
	}
	if over := log.Len() - scenario.MaxEvents; over < 0 || over > 10_000 {
		t.Errorf("%d events over the limit", over)
	}
	length, now := log.Len(), run.Now()
	run.Advance(scenario.MaxTime)
	if log.Len() != length || run.Now() != now {
		t.Error("the run goes on")
	}
	if s := run.Snapshot(); s.Seq != int64(length) {
		t.Errorf("the picture is of event %d", s.Seq)
	}
}
