package sim_test

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"procession/sim"
	"procession/sim/trace"
)

// realCase is a scenario and what the real stack was seen to do.
type realCase[T any] struct {
	ID       string `json:"id"`
	Scenario string `json:"scenario"`
	Script   string `json:"script"`
	Expect   T      `json:"expect"`
}

func realCases[T any](t *testing.T, path string) []realCase[T] {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Cases []realCase[T] `json:"cases"`
	}
	if err := json.Unmarshal(b, &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Cases) == 0 {
		t.Fatalf("%s has no cases", path)
	}
	return file.Cases
}

// finish runs a scenario to its end, or for an hour.
func finish(t *testing.T, query string) *sim.Run {
	t.Helper()
	run := begin(t, query)
	run.Advance(3600 * 1e6)
	if err := run.Err(); err != nil {
		t.Fatal(err)
	}
	return run
}

// begin makes a run that is closed with the test.
func begin(t *testing.T, query string) *sim.Run {
	t.Helper()
	sc, err := sim.Parse(query)
	if err != nil {
		t.Fatal(err)
	}
	run := sim.New(sc)
	t.Cleanup(run.Close)
	return run
}

// cells gives the answers of a run in their order, in the cell notation.
func cells(log *trace.Log) string {
	letters := map[int16]string{0: ""}
	var out []string
	for i := 1; i <= log.Len(); i++ {
		e := log.At(i)
		if e.Kind != trace.RequestDone {
			continue
		}
		if _, known := letters[e.Pid]; !known {
			letters[e.Pid] = string(rune('A' + len(letters) - 1))
		}
		out = append(out, letters[e.Pid]+log.Mark(e)+trace.CookieMark(e.Cookie))
	}
	return strings.Join(out, " ")
}

// TestSequences holds the simulator to what pm2, Node's cluster and
// express-session did, request by request.
func TestSequences(t *testing.T) {
	for _, c := range realCases[string](t, "testdata/sequences.json") {
		t.Run(c.ID, func(t *testing.T) {
			run := finish(t, c.Scenario+"&script="+c.Script)
			if got := cells(run.Log()); got != c.Expect {
				t.Errorf("\n got %s\nwant %s", got, c.Expect)
			}
		})
	}
}

// TestRandomSequences holds it to sequences that were drawn at random, with
// random settings, and measured there, too.
func TestRandomSequences(t *testing.T) {
	for i, c := range realCases[string](t, "testdata/fuzz.json") {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			if got := cells(finish(t, c.Scenario).Log()); got != c.Expect {
				t.Errorf("%s\n got %s\nwant %s", c.Scenario, got, c.Expect)
			}
		})
	}
}

// TestFaults holds it to random sequences in which processes are crashed,
// restarted and reloaded, and the store goes away, while requests are under way.
// tools/reality draws and measures them.
func TestFaults(t *testing.T) {
	for i, c := range realCases[string](t, "testdata/faults.json") {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			if got := cells(finish(t, c.Scenario).Log()); got != c.Expect {
				t.Errorf("%s\n got %s\nwant %s", c.Scenario, got, c.Expect)
			}
		})
	}
}

var quoted = regexp.MustCompile(`"((?:[^"\\]|\\.)*)"`)

// TestStoreCommands holds it to what connect-redis sent, command by command.
func TestStoreCommands(t *testing.T) {
	for _, c := range realCases[[]string](t, "testdata/store-commands.json") {
		t.Run(c.ID, func(t *testing.T) {
			log := finish(t, c.Scenario+"&script="+c.Script).Log()
			var got []string
			for i := 1; i <= log.Len(); i++ {
				e := log.At(i)
				if e.Kind != trace.StoreExecuted {
					continue
				}
				var words []string
				for _, m := range quoted.FindAllStringSubmatch(log.Text(e.Text), -1) {
					words = append(words, m[1])
				}
				words[1] = "sess:*"
				if words[0] == "SET" {
					words = append(words[:2], words[3:]...)
				}
				got = append(got, strings.Join(words, " "))
			}
			if d := cmp.Diff(c.Expect, got); d != "" {
				t.Error(d)
			}
		})
	}
}
