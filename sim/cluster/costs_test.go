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
		if ns := costsOf(&sc).SwitchProcess; (ns+999)/1000 != want {
			t.Errorf("%s: a switch costs %d ns, the grammar says at most %d µs", preset, ns, want)
		}
	}
}

// TestQuantum: Linux' base slice is 0.75 ms × (1 + ⌊log₂ cores⌋), of at most 8
// cores. What is stretched for the eye does not depend on the cores, and what
// the scenario says, neither.
func TestQuantum(t *testing.T) {
	for _, test := range []struct {
		scenario string
		want     int64
	}{
		{"costs=measured&cores=1", 750},
		{"costs=measured&cores=2", 1_500},
		{"costs=measured&cores=3", 1_500},
		{"costs=measured&cores=4", 2_250},
		{"costs=measured&cores=7", 2_250},
		{"costs=measured&cores=8", 3_000},
		{"costs=measured&cores=16", 3_000},
		{"costs=measured&cores=16&quantum=5ms", 5_000},
		{"costs=measured&cores=16&quantum=inf", 0},
		{"cores=1", 100_000},
		{"cores=8", 100_000},
	} {
		sc, err := scenario.Parse(test.scenario)
		if err != nil {
			t.Fatal(err)
		}
		if got := costsOf(&sc).Quantum; got != test.want {
			t.Errorf("%s: a slice of %d µs, want %d", test.scenario, got, test.want)
		}
	}
}

// TestTable: every cost has both presets, a name and a source.
func TestTable(t *testing.T) {
	for _, row := range Table {
		if row.Name == "" || row.Source == "" || row.Measured < 0 || row.Teaching < row.Measured {
			t.Errorf("a row that is not whole: %+v", row)
		}
	}
}
