package korean_test

import (
	"encoding/json"
	"os"
	"testing"

	"procession/server/korean"
)

func TestParticle(t *testing.T) {
	data, err := os.ReadFile("../../static/test/particles.json")
	if err != nil {
		t.Fatal(err)
	}
	var rows [][3]string
	if err := json.Unmarshal(data, &rows); err != nil || len(rows) < 40 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for _, row := range rows {
		if got := korean.Particle(row[0], row[1]); got != row[2] {
			t.Errorf("Particle(%q, %q) = %q, want %q", row[0], row[1], got, row[2])
		}
	}
}

func FuzzParticle(f *testing.F) {
	f.Add("책", "은")
	f.Add("12 s", "이에요")
	f.Add("\xff", "으로")
	f.Fuzz(func(t *testing.T, word, form string) {
		if got := korean.Particle(word, form); form != "" && got == "" {
			t.Errorf("Particle(%q, %q) is empty", word, form)
		}
	})
}
