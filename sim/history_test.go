package sim_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os/exec"
	"testing"

	"procession/sim"
	"procession/sim/scenario"
	"procession/sim/trace"
)

// pastEvents is how many events of a run the browser's past is checked with;
// every so many there is a snapshot.
const (
	pastEvents = 4000
	pastStride = 61
)

// TestPastIsTruth asks the browser's past for positions of random runs, in any
// order: each must equal the simulator's own picture there.
func TestPastIsTruth(t *testing.T) {
	node := needs(t, "node")
	for seed := range uint64(modelRuns() / 2) {
		query := randomScenario(1000 + seed)
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			sc, err := sim.Parse(query)
			if err != nil {
				t.Fatal(err)
			}
			run := sim.New(sc)
			defer run.Close()
			var in bytes.Buffer
			snapshot := func() {
				b, err := json.Marshal(map[string]any{"snapshot": run.Snapshot()})
				if err != nil {
					t.Fatal(err)
				}
				in.Write(append(b, '\n'))
			}
			snapshot()
			log, n := run.Log(), 0
			log.Hook = func(e *trace.Event) {
				if n++; n > pastEvents {
					return
				}
				in.WriteString(`{"event":`)
				in.Write(log.AppendJSON(nil, e))
				in.WriteString("}\n")
				if n%pastStride == 0 {
					snapshot()
				}
			}
			for ts, ok := run.Next(); ok && n < pastEvents && ts < scenario.MaxTime; ts, ok = run.Next() {
				run.Advance(ts)
			}
			if n < pastStride {
				t.Skipf("the run of %s has only %d events", query, n)
			}
			cmd := exec.Command(node, "../static/js/history-check.mjs")
			cmd.Stdin = &in
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Fatalf("%s: %v\n%.4000s", query, err, out)
			}
		})
	}
}
