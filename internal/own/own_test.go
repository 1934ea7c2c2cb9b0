package own_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"procession/internal/own"
)

// TestEntries holds the rule against the table that the browser has, too.
func TestEntries(t *testing.T) {
	text, err := os.ReadFile("../../static/test/own.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		Words   own.Words
		Entries map[string]string
	}
	if err := json.Unmarshal(text, &cases); err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		if diff := cmp.Diff(c.Entries, c.Words.Entries()); diff != "" {
			t.Errorf("%+v (-want +got):\n%s", c.Words, diff)
		}
	}
}

func TestBounds(t *testing.T) {
	for n, want := range map[int]bool{0: false, 1: true, own.MaxSays: true, own.MaxSays + 1: false} {
		if err := own.CheckSays(strings.Repeat("가", n)); (err == nil) != want {
			t.Errorf("a sentence of %d characters: %v", n, err)
		}
	}
}

// TestNamesWhatNoTextNeeds: also what stands in other texts.
func TestNamesWhatNoTextNeeds(t *testing.T) {
	for text, want := range map[string]string{"a\nb": "U+000A", "a\tb": "U+0009", "a\u202eb": "U+202E", "a\x00": "U+0000"} {
		if err := own.CheckSays(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s named", text, err, want)
		}
	}
}

func TestRead(t *testing.T) {
	for text, want := range map[string]int{
		"": 0, "nothing": 0, `{"name":"vote"}`: 0, `[]`: 0, `[{"name":"vote","word":"Vote"}]`: 1,
		`[{"name":"vote","says":{"maybe":"x"}}]`: 0, "[" + strings.Repeat(`{"name":"a"},`, 99) + `{"name":"b"}]`: 8,
	} {
		if got := len(own.Read(text)); got != want {
			t.Errorf("%s: got the words of %d handlers, want %d", text, got, want)
		}
	}
}
