package static_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"procession/lessons"
	"procession/sim/scenario"
	"procession/static"
)

// TestLimits: the browser has the numbers of the grammar and of lessons, and no others.
func TestLimits(t *testing.T) {
	text, err := static.FS.ReadFile("js/run/limits.js")
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]any{}
	for _, m := range regexp.MustCompile(`(?m)^export const (\w+) = (.*);$`).FindAllStringSubmatch(string(text), -1) {
		var value any
		if err := json.Unmarshal([]byte(strings.Replace(m[2], "24 * 3600e6", "86400e6", 1)), &value); err != nil {
			t.Fatalf("%s: %v", m[0], err)
		}
		got[m[1]] = value
	}
	speeds := []any{}
	for _, s := range scenario.Speeds {
		speeds = append(speeds, s)
	}
	want := map[string]any{
		"MAX_BESIDE":  float64(scenario.MaxBeside),
		"MAX_WORKERS": float64(scenario.MaxWorkers),
		"MAX_TIME":    float64(scenario.MaxTime),
		"SPEEDS":      speeds,

		"MAX_HEADLINE": float64(lessons.MaxHeadline),
		"MAX_NOTE":     float64(lessons.MaxNote),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("limits (-grammar +browser):\n%s", diff)
	}
}
