package stats_test

import (
	"encoding/json"
	"os"
	"testing"

	"procession/sim"
	"procession/sim/scenario"
	"procession/sim/stats"
)

// TestFixture holds the figures that the browser's own counting is tested
// against to those of this simulator.
func TestFixture(t *testing.T) {
	data, err := os.ReadFile("testdata/cures.json")
	if err != nil {
		t.Fatal(err)
	}
	var want stats.Summary
	if err := json.Unmarshal(data, &want); err != nil {
		t.Fatal(err)
	}
	sc, err := scenario.Parse(want.Scenario)
	if err != nil {
		t.Fatal(err)
	}
	run := sim.New(sc)
	defer run.Close()
	run.Advance(want.Duration)
	got := sum(run.Log())
	if got.Requests != want.Requests || got.Latency != want.Latency || got.Logouts != want.Logouts || got.Memory != want.Memory {
		t.Errorf("testdata/cures.json and .ndjson are of another simulator: got %d requests, %+v, want %d, %+v; make both anew", got.Requests, got.Latency, want.Requests, want.Latency)
	}
}
