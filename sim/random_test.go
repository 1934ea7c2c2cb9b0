package sim_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"os"
	"runtime"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"procession/internal/testenv"
	"procession/sim"
	"procession/sim/scenario"
	"procession/sim/scenario/scenariotest"
	"procession/sim/trace"
)

// How many random runs there are, and how far they go: to their end, to 24 h
// of virtual time, or to so many events. make soak asks for many runs. Each is
// played by one goroutine at a time, so few are enough where races are looked for.
const (
	randomRuns   = 300
	racedRuns    = 30
	randomEvents = 15_000
	longEvents   = 1_000_000 // of every so many runs in a soak
	longEvery    = 200
	twiceEvery   = 10 // one run of so many is made twice
	keptEvents   = 1024
	mostHeap     = 1 << 30 // bytes that may be in use between runs of a soak
)

// soakRuns is how many random runs a soak asks for; 0: this is none.
func soakRuns() int {
	n, err := strconv.Atoi(os.Getenv("PROCESSION_SOAK"))
	if err != nil {
		return 0
	}
	return n
}

// TestRandomRuns: whatever legal scenario there is, virtual time goes on, every
// request ends once and in time, the figures add up, the picture at the end is
// what the events told, and nothing is left behind.
func TestRandomRuns(t *testing.T) {
	runs, soak, begun, events := randomRuns, soakRuns(), time.Now(), 0
	switch {
	case soak > 0:
		runs = soak
	case testenv.Raced:
		runs = racedRuns
	}
	for seed := range uint64(runs) {
		limit := randomEvents
		if soak > 0 && seed%longEvery == longEvery-1 {
			limit = longEvents
		}
		query, twice := scenariotest.Random(seed), seed%twiceEvery == 0
		n, hash := playRandom(t, query, limit, twice)
		events += n
		if twice {
			if _, again := playRandom(t, query, limit, twice); again != hash {
				t.Errorf("two runs differ: %s", query)
			}
		}
		if soak > 0 && seed%100 == 99 {
			runtime.GC()
			var mem runtime.MemStats
			runtime.ReadMemStats(&mem)
			t.Logf("%d of %d runs, %d million events, %v, %d MiB of heap", seed+1, runs, events/1_000_000, time.Since(begun).Round(time.Second), mem.HeapInuse>>20)
			if mem.HeapInuse > mostHeap {
				t.Fatal("memory grows")
			}
		}
	}
}

// playRandom plays a run, its log trimmed, and holds it to what is true of all.
// Its trace is hashed on demand.
func playRandom(t *testing.T, query string, limit int, hashed bool) (events int, hash string) {
	t.Helper()
	before := runtime.NumGoroutine()
	sc, err := sim.Parse(query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	run := sim.New(sc)
	log := run.Log()
	w := newWitness(log, hashed)
	wrong := func(format string, args ...any) {
		t.Errorf("at %d µs, event %d: %s\n%s", run.Now(), log.Len(), fmt.Sprintf(format, args...), query)
	}
	ts, ok := run.Next()
	for ; ok && log.Len() < limit && w.wrong == ""; ts, ok = run.Next() {
		if ts < run.Now() {
			wrong("the next event was at %d", ts)
			break
		}
		run.Advance(ts)
		log.Trim(keptEvents)
	}
	if w.wrong != "" {
		wrong("%s", w.wrong)
	}
	if err := run.Err(); err != nil {
		wrong("%v", err)
	} else {
		w.compare(run, wrong)
		if !ok && !run.Ended() {
			if len(w.visitors) > 0 && sc.Traffic != scenario.None || len(w.requests) > 0 {
				wrong("nothing happens any more, to %d visitors and %d requests", len(w.visitors), len(w.requests))
			}
			if run.Advance(scenario.MaxTime); !run.Ended() {
				wrong("the run does not end with virtual time")
			}
		}
		run.Store().SetTime(run.Now())
		if d := cmp.Diff(shownSessions(run), heldSessions(t, run.Store())); d != "" {
			wrong("the store (-shown, +held): %s", d)
		}
	}
	run.Close()
	if after := settle(before); after > before {
		wrong("%d goroutines before, %d after", before, after)
	}
	return log.Len(), hex.EncodeToString(w.hash.Sum(nil))
}

// witness sees each event of a run and keeps count by itself.
type witness struct {
	log      *trace.Log
	now      int64
	requests map[int32]*course // in flight
	conns    map[int32]bool
	visitors map[trace.TextID]bool
	totals   trace.Totals
	ended    bool
	wrong    string // the first thing that was
	hashed   bool
	hash     hash.Hash
}

// course is what became of a request so far.
type course struct {
	sent int64
	over bool // answered or reset
}

func newWitness(log *trace.Log, hashed bool) *witness {
	w := &witness{log: log, hashed: hashed, requests: map[int32]*course{}, conns: map[int32]bool{}, visitors: map[trace.TextID]bool{}, hash: sha256.New()}
	log.Hook = w.see
	return w
}

func (w *witness) see(e *trace.Event) {
	if w.hashed {
		w.hash.Write(append(w.log.AppendJSON(nil, e), '\n'))
	}
	if w.wrong == "" {
		if w.wrong = w.judge(e); w.wrong != "" {
			w.wrong += ": " + string(w.log.AppendJSON(nil, e))
		}
	}
}

// judge says what is wrong with an event.
func (w *witness) judge(e *trace.Event) string {
	switch {
	case w.ended:
		return "an event after the end"
	case e.Ts < w.now:
		return "time goes back"
	case e.Until != 0 && e.Until < e.Ts && e.Kind != trace.SessionSaved && e.Kind != trace.SessionTouched: // theirs is an expiry
		return "a movement ends before it begins"
	}
	w.now = e.Ts
	r := w.requests[e.Req]
	switch e.Kind {
	case trace.RunEnded:
		w.ended = true
	case trace.VisitorJoined:
		w.visitors[e.Visitor] = true
	case trace.VisitorLeft:
		delete(w.visitors, e.Visitor)
	case trace.ConnOpened:
		w.conns[e.Conn] = true
	case trace.ConnClosed:
		delete(w.conns, e.Conn)
	case trace.RequestSent:
		if r != nil || !w.conns[e.Conn] || !w.visitors[e.Visitor] {
			return "sent twice, or by nobody, or on no connection"
		}
		w.requests[e.Req] = &course{sent: e.Ts}
		return ""
	case trace.WorkerCrashed:
		if e.Why == trace.WhyPanic {
			return "the app itself failed"
		}
	case trace.UpdateLost:
		w.totals.Lost++
	case trace.LockDeadlocked:
		w.totals.Deadlocks++
	case trace.ChatDelivered:
		w.totals.Heard++
	case trace.ChatMissed:
		w.totals.Missed++
	case trace.StoreExecuted:
		w.totals.Commands++
	}
	if e.Req == 0 {
		return ""
	}
	switch {
	case r == nil:
		return "a request that is not under way"
	case e.Kind == trace.RequestDone:
		w.done(e)
		delete(w.requests, e.Req)
	case e.Kind == trace.UpdateLost, e.Kind == trace.CookieReplaced, e.Kind == trace.SessionRevived: // also in the jar, when the answer arrives
	case r.over:
		return "more after a request's end"
	case e.Kind == trace.RequestAnswered:
		r.over = true
		if e.Ts > r.sent+patience {
			return "an answer after the browser's patience"
		}
	case e.Kind == trace.RequestReset:
		r.over = true
		if (e.Why == trace.WhyTimeout) != (e.Ts == r.sent+patience) {
			return "a browser gave up, and not in time"
		}
	case e.Ts > r.sent+patience:
		return "a browser did not give up"
	}
	return ""
}

// done counts a request that is over.
func (w *witness) done(e *trace.Event) {
	t := &w.totals
	add := func(n *int, yes bool) {
		if yes {
			*n++
		}
	}
	add(&t.Requests, true)
	add(&t.Hits, e.Session == trace.Hit)
	add(&t.Misses, e.Session == trace.Miss)
	add(&t.Welcome, e.Op == trace.Visit && e.Status == 200)
	add(&t.Denied, e.Op == trace.Visit && e.Status == 401)
	add(&t.Logouts, e.Chance == 1)
	add(&t.Errors, e.Status >= 400 && e.Status != 401)
	add(&t.Resets, e.Status == 0)
}

// compare holds the picture against what the events told.
func (w *witness) compare(run *sim.Run, wrong func(string, ...any)) {
	s := run.Snapshot()
	if d := cmp.Diff(w.totals, s.Totals); d != "" {
		wrong("totals (-told, +shown): %s", d)
	}
	if len(s.Requests) != len(w.requests) || len(s.Conns) != len(w.conns) || len(s.Visitors) != len(w.visitors) || s.Ended != w.ended {
		wrong("shown are %d requests, %d connections, %d visitors, told were %d, %d, %d", len(s.Requests), len(s.Conns), len(s.Visitors),
			len(w.requests), len(w.conns), len(w.visitors))
	}
	conns, visitors := map[int32]string{}, map[string]bool{}
	for _, v := range s.Visitors {
		visitors[v.Name] = true
		if !w.visitors[w.log.ID(v.Name)] || len(v.Strip) > trace.StripLen {
			wrong("the visitor %+v", v)
		}
	}
	for _, c := range s.Conns {
		conns[c.Conn] = c.Visitor
		if !w.conns[c.Conn] || !visitors[c.Visitor] {
			wrong("the connection %+v", c)
		}
	}
	for _, r := range s.Requests {
		if w.requests[r.Req] == nil || conns[r.Conn] != r.Visitor {
			wrong("the request %+v", r)
		}
	}
	last := int16(0)
	for _, worker := range s.Workers {
		if worker.Pid <= last || worker.Pid > scenario.MaxWorkers {
			wrong("the workers %+v", s.Workers)
		}
		last = worker.Pid
	}
}
