package scenariotest_test

import (
	"strings"
	"testing"

	"procession/sim/scenario"
	"procession/sim/scenario/scenariotest"
)

// TestRandom: every link is legal, the same seed gives the same one, and each
// key and each command comes up.
func TestRandom(t *testing.T) {
	var all strings.Builder
	for seed := range uint64(2000) {
		query := scenariotest.Random(seed)
		if _, err := scenario.Parse(query); err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		if scenariotest.Random(seed) != query {
			t.Fatalf("seed %d gives two scenarios", seed)
		}
		all.WriteString("&" + query)
	}
	for _, k := range scenario.Keys() {
		if !strings.Contains(all.String(), "&"+k.Name+"=") {
			t.Errorf("the key %s never comes up", k.Name)
		}
		if k.Live && !strings.Contains(all.String(), " set "+k.Name+"=") {
			t.Errorf("set %s never comes up", k.Name)
		}
	}
	if !strings.Contains(all.String(), " handler") {
		t.Error("crash of a handler never comes up")
	}
	for _, verb := range []string{"crash", "restart", "reload", "store down", "store up", "store slow", "join", "leave", "transfer", "chat"} {
		if !strings.Contains(all.String(), " "+verb) {
			t.Errorf("%s never comes up", verb)
		}
	}
}
