package sim_test

import (
	"fmt"
	"testing"

	"procession/internal/testenv"
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
	testenv.Unraced(t)
	node := testenv.Tool(t, "node")
	for seed := range uint64(modelRuns() / 2) {
		query := randomScenario(1000 + seed)
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			holdAgainst(t, node, "../static/test/history-check.mjs", query, pastEvents, pastStride)
		})
	}
}
