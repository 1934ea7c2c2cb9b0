package sim_test

import (
	"crypto/sha256"
	"testing"

	"procession/internal/testenv"
	"procession/sim/trace"
)

// told gives a hash of a run's trace and its picture at the end; the log is
// trimmed to so many events whenever something has happened, 0: never.
func told(t *testing.T, query string, keep int) (trail [32]byte, picture trace.Snapshot) {
	t.Helper()
	run := begin(t, query)
	log, h, line := run.Log(), sha256.New(), []byte(nil)
	log.Hook = func(e *trace.Event) {
		line = log.AppendJSON(line[:0], e)
		h.Write(append(line, '\n'))
	}
	for ts, ok := run.Next(); ok && ts <= hashUntil && log.Len() < 30_000; ts, ok = run.Next() {
		run.Advance(ts)
		if keep > 0 {
			log.Trim(keep)
		}
	}
	return [32]byte(h.Sum(nil)), run.Snapshot()
}

// TestTrimChangesNothing: what happens is told by the same words when texts are
// let go of on the way.
func TestTrimChangesNothing(t *testing.T) {
	testenv.Unraced(t)
	var queries []string
	for _, l := range readHashes(t).lines {
		queries = append(queries, l.query)
	}
	for seed := range uint64(modelRuns()) {
		queries = append(queries, randomScenario(seed))
	}
	for _, query := range queries {
		trail, picture := told(t, query, 0)
		trimmed, same := told(t, query, 1)
		if trail != trimmed {
			t.Errorf("%s: the trace is another one when the log is trimmed", query)
		}
		if a, b := asJSON(t, picture), asJSON(t, same); a != b {
			t.Errorf("%s: the picture is another one when the log is trimmed", query)
		}
	}
}

// TestTextsAreLetGoOf: a long run in which every request says something new
// holds no more texts than its last events need.
func TestTextsAreLetGoOf(t *testing.T) {
	testenv.Unraced(t)
	for _, query := range []string{
		"mode=store&visitors=50&think=0&views=true&jitter=50&costs=measured",
		"mode=local&visitors=50&think=0&relogin=true&views=true&jitter=50&costs=measured",
		"mode=cookie&visitors=50&think=0&views=true&costs=measured&script=login,visit,logout,login,visit*3,logout,login,visit*4000",
	} {
		run := begin(t, query)
		log, sizes := run.Log(), []int(nil)
		for ts, ok := run.Next(); ok && log.Len() < 300_000; ts, ok = run.Next() {
			run.Advance(ts)
			log.Trim(5_000)
			if log.Len() >= 50_000*(len(sizes)+1) {
				sizes = append(sizes, log.Size())
			}
		}
		t.Logf("%s: %d", query, sizes)
		if len(sizes) < 5 || sizes[len(sizes)-1] > sizes[0]*5/4 {
			t.Errorf("%s: the log holds %d bytes", query, sizes)
		}
	}
}
