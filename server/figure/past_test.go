package figure

import (
	"bytes"
	"encoding/json"
	"flag"
	"maps"
	"os"
	"slices"
	"strconv"
	"testing"

	"procession/sim"
)

// pasts are runs in which everything is looked for that can be.
var pasts = []struct {
	query string
	until int64 // virtual µs
}{
	{"visitors=Ada,Grace,Linus&do=5s crash 1; 6500ms set workers=3; 8s set mode=store; 9s store down; 10s store up", 12_000_000},
	{"mode=cookie&visitors=2&script=login,cart,visit*2&do=6s set workers=1", 8_000_000},
	{"mode=store&workers=3&visitors=2&max-age=1s&think=1500ms&script=login,visit*3,logout,visit", 9_000_000},
	{"mode=threads&workers=2&visitors=2&do=4s restart 1", 7_000_000},
	{"graceful=true&cart-delay=3s&visitors=Ada,Grace&do=2s crash 1 handler; 4s cart Ada; 5500ms reload; 9s restart 2; 9500ms cart Grace", 14_000_000},
	{"mode=store&cart-delay=4s&visitors=Ada&traffic=none&do=0s login Ada; 4s cart Ada; 5s logout Ada; 12s visit Ada; 15s store shutdown; 17s store up", 20_000_000},
	{"mode=store&visitors=Ada&traffic=none&cart-delay=400ms&do=0s login Ada; 0s cart Ada; 5s visit Ada; 9s visit Ada", 14_000_000},
}

// after is a line of testdata/pasts.ndjson: an event as the trace writes it, what
// lingers after it, and the event that is told when time stands still there. The
// page is held to the same file. Run counts the runs.
type after struct {
	Run     int                 `json:"run"`
	Event   json.RawMessage     `json:"event"`
	Ghosts  map[string][]string `json:"ghosts"`
	Lookups map[string]string   `json:"lookups"`
	Told    int64               `json:"told"`
}

var rewritePasts = flag.Bool("rewrite-pasts", false, "write what lingers now into testdata/pasts.ndjson")

func TestPasts(t *testing.T) {
	var got bytes.Buffer
	for i, of := range pasts {
		sc, err := sim.Parse(of.query)
		if err != nil {
			t.Fatal(err)
		}
		run := sim.New(sc)
		defer run.Close()
		run.Advance(of.until)
		p, err := NewPast("en")
		if err != nil {
			t.Fatal(err)
		}
		for log, seq := run.Log(), 1; seq <= log.Len(); seq++ {
			e := log.At(seq)
			p.Note(log, e)
			a := after{Run: i, Event: log.AppendJSON(nil, e), Ghosts: map[string][]string{}, Lookups: map[string]string{}}
			for _, where := range slices.Sorted(maps.Keys(p.ghosts)) {
				for _, g := range p.ghostsAt(where, e.Ts) {
					key := strconv.Itoa(int(where))
					a.Ghosts[key] = append(a.Ghosts[key], g.sid)
				}
			}
			for pid, look := range p.lookups {
				a.Lookups[strconv.Itoa(int(pid))] = look.command + " → " + look.result
			}
			_, a.Told = p.teller.At(e.Ts)
			line, err := json.Marshal(a)
			if err != nil {
				t.Fatal(err)
			}
			got.Write(append(line, '\n'))
		}
	}
	const path = "testdata/pasts.ndjson"
	if *rewritePasts {
		if err := os.WriteFile(path, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), want) {
		t.Errorf("what lingers is not what stands in %s; look at both, and run with -rewrite-pasts if it is right", path)
	}
}
