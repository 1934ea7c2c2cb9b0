package narrate_test

import (
	"strings"
	"testing"

	"procession/sim"
	"procession/sim/trace"
)

// TestChangeOfMode: whoever is logged out by a change of mode is not logged out
// by chance, also when a login was under way.
func TestChangeOfMode(t *testing.T) {
	modes := []string{"local", "store", "threads", "cookie"}
	for _, from := range modes {
		for _, to := range modes {
			if from == to {
				continue
			}
			sc, err := sim.Parse("mode=" + from + "&do=5.3s set mode=" + to)
			if err != nil {
				t.Fatal(err)
			}
			run := sim.New(sc)
			defer run.Close()
			run.Advance(20_000_000)
			n, l := narrator(t), run.Log()
			changed := 0
			for seq := 1; seq <= l.Len(); seq++ {
				e := l.At(seq)
				line := plain(n, l, e)
				if strings.Contains(line, "by the change of mode") {
					changed++
				}
				// In the modes that have one memory for all there is no chance.
				if e.Outcome() == trace.ByChance && from != "local" && to != "local" && !strings.Contains(line, "by the change of mode") {
					t.Errorf("%s to %s: %s", from, to, line)
				}
			}
			if changed < 2 || changed > 3 {
				t.Errorf("%s to %s: %d were logged out by the change, want all who were logged in", from, to, changed)
			}
		}
	}
}
