package cluster

import (
	"testing"

	"procession/sim/scenario"
)

// TestSwitchCost: the grammar refuses a quantum below the cost of a switch,
// and must know that cost.
func TestSwitchCost(t *testing.T) {
	for preset, want := range scenario.SwitchCost {
		sc := scenario.Default()
		sc.Costs = preset
		if got := costsOf(&sc).SwitchProcess; got != want {
			t.Errorf("%s: a switch costs %d µs, the grammar says %d", preset, got, want)
		}
	}
}

// TestTable: every cost has both presets, a name and a source.
func TestTable(t *testing.T) {
	for _, row := range Table {
		if row.Name == "" || row.Source == "" || row.Measured <= 0 || row.Teaching < row.Measured {
			t.Errorf("a row that is not whole: %+v", row)
		}
	}
}
