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

// TestDeterminism replays every scenario of the committed file with 1 and 8
// processors, a long test with 2 as well and twice each, and compares with the
// committed hashes. So builds with and without the race detector are compared,
// too. A hash that changes says that links made before now show another run:
// raise scenario.Version.
func TestDeterminism(t *testing.T) {
	file, err := os.Open(hashFile)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var out strings.Builder
	n := 0
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for in := bufio.NewScanner(file); in.Scan(); n++ {
		fields := strings.SplitN(in.Text(), " ", 3)
		want, query := fields[0]+" "+fields[1], fields[2]
		for _, procs := range []int{1, 8, 2}[:testenv.Runs(2, 3)] {
			runtime.GOMAXPROCS(procs)
			for range testenv.Runs(1, 2) {
				hash, events := hashOf(t, query)
				got := fmt.Sprintf("%s %d", hash, events)
				if *rewrite {
					want = got
				}
				if got != want {
					t.Fatalf("line %d, GOMAXPROCS %d: got %s, want %s\n%s", n+1, procs, got, want, query)
				}
			}
		}
		fmt.Fprintf(&out, "%s %s\n", want, query)
	}
	if n != 50 {
		t.Errorf("%d scenarios, want 50", n)
	}
	if *rewrite {
		if err := os.WriteFile(hashFile, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
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
