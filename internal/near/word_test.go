package near_test

import (
	"strings"
	"testing"

	"procession/internal/near"
)

func TestWord(t *testing.T) {
	words := []string{"mode", "workers", "predict", "do", "timer", "timer-every"}
	for wrong, want := range map[string]string{
		"wokers": "workers", "WORKER": "workers", "mdoe": "mode", "prediction": "predict", "pre": "",
		"d": "do", "x": "", "": "", "timr": "timer", "shared": "", strings.Repeat("w", 1000): "",
	} {
		if got := near.Word(wrong, words); got != want {
			t.Errorf("%.20q: got %q, want %q", wrong, got, want)
		}
	}
}
