package sim_test

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"

	"procession/internal/testenv"
	"procession/sim"
	"procession/sim/scenario"
)

var rewrite = flag.Bool("rewrite", false, "write the hashes anew")

const hashFile = "testdata/hashes.txt"

// hashUntil is how much virtual time of a run is hashed.
const hashUntil = 30 * 1e6

// hashOf runs a scenario and hashes its trace, byte for byte.
func hashOf(t *testing.T, query string) (hash string, events int) {
	t.Helper()
	run := begin(t, query)
	run.Advance(hashUntil)
	if err := run.Err(); err != nil {
		t.Fatal(err)
	}
	h := sha256.New()
	var line []byte
	for i := 1; i <= run.Log().Len(); i++ {
		line = run.Log().AppendJSON(line[:0], run.Log().At(i))
		h.Write(append(line, '\n'))
	}
	return hex.EncodeToString(h.Sum(nil)[:16]), run.Log().Len()
}

// hashes is the committed file of hashes: the version of the simulator that it
// belongs to, and for each scenario the hash of its trace and how many events
// that has. A line that begins with newcomer is of a scenario that has none yet.
type hashes struct {
	version int
	lines   []hashLine
}

type hashLine struct{ hash, query string }

const newcomer = "- -"

func readHashes(t testing.TB) hashes {
	t.Helper()
	file, err := os.Open(hashFile)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var h hashes
	in := bufio.NewScanner(file)
	in.Scan()
	if _, err := fmt.Sscanf(in.Text(), "version %d", &h.version); err != nil {
		t.Fatalf("%s begins with %q, want the version", hashFile, in.Text())
	}
	for in.Scan() {
		fields := strings.SplitN(in.Text(), " ", 3)
		h.lines = append(h.lines, hashLine{fields[0] + " " + fields[1], fields[2]})
	}
	return h
}

// String gives the text of the file.
func (h hashes) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "version %d\n", h.version)
	for _, l := range h.lines {
		fmt.Fprintf(&b, "%s %s\n", l.hash, l.query)
	}
	return b.String()
}

// follow says what is wrong when a committed file has become what is found
// now, by a simulator of a version: links to runs outlive us, so a trace may
// change only with the version, and then the file is written anew.
func (h hashes) follow(found []hashLine, version int, rewriting bool) error {
	if h.version > version {
		return fmt.Errorf("%s belongs to version %d of the simulator, and scenario.Version is %d: it is only ever raised", hashFile, h.version, version)
	}
	if h.version < version {
		if rewriting {
			return nil
		}
		return fmt.Errorf("%s belongs to version %d of the simulator, and scenario.Version is %d: write it anew with -rewrite", hashFile, h.version, version)
	}
	for i, l := range h.lines {
		switch {
		case l.hash == found[i].hash, l.hash == newcomer && rewriting:
		case l.hash == newcomer:
			return fmt.Errorf("line %d has no hash yet: write it with -rewrite", i+2)
		default:
			return fmt.Errorf("line %d: got %s, want %s. Links made before now show another run; if that is meant, raise scenario.Version, and only then -rewrite\n%s", i+2, found[i].hash, l.hash, l.query)
		}
	}
	return nil
}

// TestDeterminism replays every scenario of the committed file with 1 and 8
// processors, a long test with 2 as well and twice each, and compares with the
// committed hashes. So builds with and without the race detector are compared,
// too.
func TestDeterminism(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	file := readHashes(t)
	var found []hashLine
	for i, l := range file.lines {
		first := ""
		for _, procs := range []int{1, 8, 2}[:testenv.Runs(2, 3)] {
			runtime.GOMAXPROCS(procs)
			for range testenv.Runs(1, 2) {
				hash, events := hashOf(t, l.query)
				got := fmt.Sprintf("%s %d", hash, events)
				if first == "" {
					first = got
				}
				if got != first {
					t.Fatalf("line %d, GOMAXPROCS %d: got %s, before %s\n%s", i+2, procs, got, first, l.query)
				}
			}
		}
		found = append(found, hashLine{first, l.query})
	}
	if len(found) < 50 {
		t.Errorf("%d scenarios, want 50 and more", len(found))
	}
	if err := file.follow(found, scenario.Version, *rewrite); err != nil {
		t.Fatal(err)
	}
	if *rewrite {
		anew := hashes{scenario.Version, found}
		if err := os.WriteFile(hashFile, []byte(anew.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestVersionRule: a hash changes only with the version.
func TestVersionRule(t *testing.T) {
	file := hashes{2, []hashLine{{"aa 1", "mode=local"}, {"bb 2", "mode=store"}}}
	same := []hashLine{{"aa 1", "mode=local"}, {"bb 2", "mode=store"}}
	other := []hashLine{{"aa 1", "mode=local"}, {"cc 2", "mode=store"}}
	grown := hashes{2, []hashLine{{"aa 1", "mode=local"}, {newcomer, "mode=store"}}}
	for _, test := range []struct {
		name      string
		file      hashes
		found     []hashLine
		version   int
		rewriting bool
		want      string // of the error; empty: none
	}{
		{"the same", file, same, 2, false, ""},
		{"the same, written anew", file, same, 2, true, ""},
		{"changed", file, other, 2, false, "line 3: got cc 2, want bb 2"},
		{"changed, written anew", file, other, 2, true, "raise scenario.Version"},
		{"raised", file, other, 3, false, "belongs to version 2 of the simulator, and scenario.Version is 3"},
		{"raised, written anew", file, other, 3, true, ""},
		{"lowered", file, same, 1, true, "only ever raised"},
		{"a scenario more", grown, same, 2, false, "line 3 has no hash yet"},
		{"a scenario more, written", grown, same, 2, true, ""},
	} {
		err := test.file.follow(test.found, test.version, test.rewriting)
		if got := fmt.Sprint(err); (test.want == "") != (err == nil) || !strings.Contains(got, test.want) {
			t.Errorf("%s: got %v, want %q", test.name, err, test.want)
		}
	}
}

// TestSeeds: another seed gives another trace, the same one the same.
func TestSeeds(t *testing.T) {
	a, _ := hashOf(t, "jitter=50&seed=1")
	b, _ := hashOf(t, "jitter=50&seed=2")
	again, _ := hashOf(t, "jitter=50&seed=1")
	if a == b {
		t.Error("two seeds gave one trace")
	}
	if a != again {
		t.Error("one seed gave two traces")
	}
}

// TestLiveIsReplay: commands given while the run goes on give the trace that
// the link with those commands gives.
func TestLiveIsReplay(t *testing.T) {
	for seed := range uint64(20) {
		sc, err := sim.Parse(randomScenario(seed))
		if err != nil {
			t.Fatal(err)
		}
		do := sc.Do
		sc.Do = nil
		live := sim.New(sc)
		defer live.Close()
		// A dense run is compared as far as enough has happened in it.
		advance := func(to int64) {
			for ts, ok := live.Next(); ok && ts <= to && live.Log().Len() < 10_000; ts, ok = live.Next() {
				live.Advance(ts)
			}
		}
		for _, c := range do {
			advance(c.At)
			if _, err := live.Apply(c); err != nil {
				continue // refused: it is not part of the run
			}
		}
		advance(hashUntil)
		link := live.Scenario().String()
		again, err := sim.Parse(link)
		if err != nil {
			t.Fatal(err)
		}
		replay := sim.New(again)
		defer replay.Close()
		replay.Advance(live.Now())
		if live.Log().Len() != replay.Log().Len() {
			t.Fatalf("%s\nlive %d events, replay %d", link, live.Log().Len(), replay.Log().Len())
		}
		for i := 2; i <= live.Log().Len(); i++ {
			a := string(live.Log().AppendJSON(nil, live.Log().At(i)))
			b := string(replay.Log().AppendJSON(nil, replay.Log().At(i)))
			if a != b {
				t.Fatalf("%s\nlive   %s\nreplay %s", link, a, b)
			}
		}
	}
}
