package cli_test

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
)

// measured is where the measurements of the real stack are.
const measured = "../../sim/testdata/"

// TestRealSequences runs every case that was measured on the real stack and
// wants the same answers from the same workers, cell by cell.
func TestRealSequences(t *testing.T) {
	for _, c := range readCases[string](t, measured+"sequences.json") {
		t.Run(c.ID, func(t *testing.T) {
			out, errs, code := run("", c.Scenario+"&script="+c.Script, "--format", "strip")
			if code != 0 {
				t.Fatalf("exit code %d: %s", code, errs)
			}
			name, got, _ := strings.Cut(strings.TrimSuffix(out, "\n"), ": ")
			if got != c.Expect {
				t.Errorf("%s: got\n%s\nthe real stack gave\n%s", name, got, c.Expect)
			}
		})
	}
}

// TestRealStoreCommands runs every case whose Redis commands were measured.
func TestRealStoreCommands(t *testing.T) {
	for _, c := range readCases[[]string](t, measured+"store-commands.json") {
		t.Run(c.ID, func(t *testing.T) {
			out, errs, code := run("", c.Scenario+"&script="+c.Script, "--format", "redis")
			if code != 0 {
				t.Fatalf("exit code %d: %s", code, errs)
			}
			var got []string
			for line := range strings.Lines(out) {
				got = append(got, abbreviate(strings.TrimSuffix(line, "\n")))
			}
			if fmt.Sprint(got) != fmt.Sprint(c.Expect) {
				t.Errorf("got\n%s\nthe real stack sent\n%s", strings.Join(got, "\n"), strings.Join(c.Expect, "\n"))
			}
		})
	}
}

// word is one word of a line of redis-cli monitor.
var word = regexp.MustCompile(`"((?:[^"\\]|\\.)*)"`)

// abbreviate writes a command as the measurement did: the key as sess:*, SET
// without its value.
func abbreviate(line string) string {
	var words []string
	for _, m := range word.FindAllStringSubmatch(line, -1) {
		words = append(words, m[1])
	}
	if len(words) > 1 && strings.HasPrefix(words[1], "sess:") {
		words[1] = "sess:*"
	}
	if len(words) > 2 && words[0] == "SET" {
		words = append(words[:2], words[3:]...)
	}
	return strings.Join(words, " ")
}

// realCase is a case of a measurement.
type realCase[E any] struct {
	ID, Scenario, Script string
	Expect               E
}

func readCases[E any](t *testing.T, path string) []realCase[E] {
	t.Helper()
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var all struct{ Cases []realCase[E] }
	if err := json.Unmarshal(file, &all); err != nil {
		t.Fatal(err)
	}
	if len(all.Cases) == 0 {
		t.Fatalf("%s has no cases", path)
	}
	return all.Cases
}
