package sim_test

import (
	"testing"

	"procession/internal/testenv"
	"procession/sim"
	"procession/sim/scenario"
	"procession/sim/trace"
)

// isolationEvents is for how many events each random scenario is watched.
const isolationEvents = 250

// TestIsolation: in no run does a process find a session that was not saved in
// its own memory, in this life of it.
func TestIsolation(t *testing.T) {
	testenv.Unraced(t)
	runs := testenv.Runs(2_000, 10_000)
	type place struct {
		mem trace.Memory
		sid trace.TextID
	}
	hits := 0
	for seed := range uint64(runs) {
		query := randomScenario(seed)
		sc, err := sim.Parse(query)
		if err != nil {
			t.Fatal(err)
		}
		run := sim.New(sc)
		log := run.Log()
		for ts, ok := run.Next(); ok && log.Len() < isolationEvents && ts < scenario.MaxTime; ts, ok = run.Next() {
			run.Advance(ts)
		}
		if err := run.Err(); err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		held := map[place]bool{}
		for i := 1; i <= log.Len(); i++ {
			switch e := log.At(i); e.Kind {
			case trace.SessionSaved:
				held[place{e.Mem, e.Sid}] = true
			case trace.SessionDestroyed, trace.SessionExpired:
				delete(held, place{e.Mem, e.Sid})
			case trace.SessionRead:
				if e.Mem <= 0 {
					continue // the store and the cookie are shared on purpose
				}
				if e.Mem.Pid() != int(e.Pid) {
					t.Fatalf("%s\nevent %d: worker %d read the memory of worker %d", query, i, e.Pid, e.Mem.Pid())
				}
				if found := e.Session == trace.Hit; found != held[place{e.Mem, e.Sid}] {
					t.Fatalf("%s\nevent %d: found %v, held %v", query, i, found, !found)
				} else if found {
					hits++
				}
			}
		}
		run.Close()
	}
	if hits < runs/10 {
		t.Errorf("only %d sessions were found in %d runs: the test sees too little", hits, runs)
	}
}
