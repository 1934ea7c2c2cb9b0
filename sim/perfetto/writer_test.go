package perfetto_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"slices"
	"testing"

	"procession/sim"
	"procession/sim/perfetto"
)

var rewrite = flag.Bool("rewrite", false, "write what the small run gives now into testdata/small.json")

// traceEvent is an event of the format, as a reader sees it.
type traceEvent struct {
	Name  string         `json:"name"`
	Cat   string         `json:"cat"`
	Phase string         `json:"ph"`
	Ts    *int64         `json:"ts"`
	Dur   *int64         `json:"dur"`
	Pid   int            `json:"pid"`
	Tid   int            `json:"tid"`
	Scope string         `json:"s"`
	Args  map[string]any `json:"args"`
}

// write runs a scenario and writes it.
func write(t *testing.T, query string, until int64) []byte {
	t.Helper()
	sc, err := sim.Parse(query)
	if err != nil {
		t.Fatal(err)
	}
	run := sim.New(sc)
	defer run.Close()
	run.Advance(until)
	var b bytes.Buffer
	w := perfetto.NewWriter(&b)
	for seq := 1; seq <= run.Log().Len(); seq++ {
		if err := w.Add(run.Log(), run.Log().At(seq)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(run.Now()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// read reads a file as any reader of JSON would.
func read(t *testing.T, file []byte) []traceEvent {
	t.Helper()
	var all struct {
		TraceEvents []traceEvent `json:"traceEvents"`
	}
	if err := json.Unmarshal(file, &all); err != nil {
		t.Fatalf("not JSON: %v", err)
	}
	return all.TraceEvents
}

// until is where the scenarios are left, in virtual µs.
const until = 16_000_000

// eventsOf gives the events of a scenario's file; it is written once.
func eventsOf(t *testing.T, query string) []traceEvent {
	t.Helper()
	if files[query] == nil {
		files[query] = read(t, write(t, query, until))
	}
	return files[query]
}

var files = map[string][]traceEvent{}

// scenarios have everything in them that is drawn.
var scenarios = []string{
	"do=4s crash 1",
	"mode=store&costs=measured&think=100ms&visitors=20&workers=3&cores=2&jitter=50",
	"mode=store&visitors=5&think=200ms&workers=2&cores=1&do=2s store down; 4s crash 1; 9s store up; 12s reload; 14s set cores=2; 15s set workers=1",
	"mode=threads&visitors=6&think=100ms&workers=4&cores=1&script=login,report,cart*3,visit*4&quantum=20ms",
	"mode=threads&visitors=6&think=100ms&workers=4&cores=2&script=login,cart*3,visit*4&lock=none&do=6s crash 1",
	"mode=local&balancer=least-connections&visitors=9&think=50ms&workers=3&script=login,report*2,cart*3,logout,visit&do=3s crash 1; 4s crash 2; 5s leave Ada",
}

// TestNesting: durations are not negative, all that is drawn lies within the
// run, and on each track slices lie beside or within each other.
func TestNesting(t *testing.T) {
	for _, query := range scenarios {
		tracks := map[[2]int][]traceEvent{}
		named := map[[2]int]bool{}
		for _, e := range eventsOf(t, query) {
			track := [2]int{e.Pid, e.Tid}
			switch e.Phase {
			case "M":
				if e.Name == "thread_name" {
					named[track] = true
				}
				continue
			case "i":
				if !slices.Contains([]string{"t", "p", "g"}, e.Scope) {
					t.Errorf("%s: an instant of no scope: %+v", query, e)
				}
			case "X":
				if e.Dur == nil || *e.Dur < 0 || *e.Ts+*e.Dur > until || !named[track] {
					t.Errorf("%s: a slice without a duration, a place in the run or a name of its track: %+v", query, e)
					continue
				}
				tracks[track] = append(tracks[track], e)
			default:
				t.Errorf("%s: no phase %q", query, e.Phase)
			}
			if e.Ts == nil || *e.Ts < 0 || e.Name == "" {
				t.Errorf("%s: %+v", query, e)
			}
		}
		for track, slices := range tracks {
			checkNesting(t, query, track, slices)
		}
	}
}

func checkNesting(t *testing.T, query string, track [2]int, list []traceEvent) {
	t.Helper()
	slices.SortStableFunc(list, func(a, b traceEvent) int {
		return cmp.Or(cmp.Compare(*a.Ts, *b.Ts), cmp.Compare(*b.Dur, *a.Dur))
	})
	var open []int64 // ends of the slices around
	for _, e := range list {
		for len(open) > 0 && open[len(open)-1] <= *e.Ts {
			open = open[:len(open)-1]
		}
		if end := *e.Ts + *e.Dur; len(open) > 0 && end > open[len(open)-1] {
			t.Errorf("%s: track %v: %q from %d to %d overlaps the slice around, which ends at %d", query, track, e.Name, *e.Ts, end, open[len(open)-1])
		} else {
			open = append(open, end)
		}
	}
}

// TestWhatIsDrawn: each kind of thing that the package comment promises turns up.
func TestWhatIsDrawn(t *testing.T) {
	seen := map[string]bool{}
	for _, query := range scenarios {
		for _, e := range eventsOf(t, query) {
			seen[e.Phase+" "+e.Cat] = true
			switch {
			case e.Phase == "i":
				seen[e.Name] = true
			case e.Phase == "X" && e.Cat == "request" && (e.Pid < 1 || e.Pid > 16 || e.Tid%100 < 1 || e.Tid%100 > 16):
				t.Errorf("%s: a request is not on a thread of a process: %+v", query, e)
			}
		}
	}
	for _, want := range []string{"X request", "X store", "X lock", "X cpu", "X switch", "X ready", "dies: crash", "miss: elsewhere", "miss: died", "store.down", "command.applied crash 1"} {
		if !seen[want] {
			t.Errorf("never drawn: %s", want)
		}
	}
}

// TestSmall holds a run of one visitor to a file that people can read.
func TestSmall(t *testing.T) {
	got := write(t, "mode=store&visitors=1&cores=1&costs=measured&script=login,visit&think=1ms", 60_000_000)
	const path = "testdata/small.json"
	if *rewrite {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is not what is written now (-rewrite writes that):\n%s", path, got)
	}
}

// TestNothing: a run of no events is a file, too.
func TestNothing(t *testing.T) {
	var b bytes.Buffer
	if err := perfetto.NewWriter(&b).Close(0); err != nil || len(read(t, b.Bytes())) != 0 {
		t.Errorf("%v, %s", err, b.String())
	}
}

// TestDiskFull: what could not be written is told.
func TestDiskFull(t *testing.T) {
	sc := sim.Scenario{}
	var err error
	if sc, err = sim.Parse(""); err != nil {
		t.Fatal(err)
	}
	run := sim.New(sc)
	defer run.Close()
	run.Advance(1_000_000)
	w := perfetto.NewWriter(fullDisk{})
	for seq := 1; seq <= run.Log().Len() && err == nil; seq++ {
		err = w.Add(run.Log(), run.Log().At(seq))
	}
	if !errors.Is(err, errFull) || !errors.Is(w.Close(run.Now()), errFull) {
		t.Errorf("got %v", err)
	}
}

var errFull = errors.New("no space left on device")

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errFull }
