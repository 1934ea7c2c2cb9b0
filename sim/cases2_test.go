package sim_test

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// inCells says what an expectation that can be played says: cells, and before
// them how many messages were heard if that was counted.
var inCells = regexp.MustCompile(`^(?:heard=(\d+): )?((?:[A-P]?[LOCRNTM+!5-][*x]? ?)+)$`)

// TestCases2 holds the simulator to a second series of measured cases. Those
// whose expectation is told in words have tests of their own.
func TestCases2(t *testing.T) {
	for _, c := range realCases[string](t, "testdata/cases-2.json") {
		m := inCells.FindStringSubmatch(c.Expect)
		if c.Scenario == "" || m == nil {
			continue
		}
		t.Run(c.ID, func(t *testing.T) {
			run := finish(t, c.Scenario)
			heard, got := "", cells(run.Log())
			if m[1] != "" {
				heard = strconv.Itoa(run.Snapshot().Totals.Heard)
			}
			if got != strings.TrimSpace(m[2]) || heard != m[1] {
				t.Errorf("\n got %s (heard %s)\nwant %s (heard %s)", got, heard, m[2], m[1])
			}
		})
	}
}
