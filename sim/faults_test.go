package sim_test

import (
	"fmt"
	"strings"
	"testing"

	"procession/sim/trace"
)

// kindsOf counts the events of a run by kind.
func kindsOf(log *trace.Log) map[trace.Kind]int {
	n := map[trace.Kind]int{}
	for i := 1; i <= log.Len(); i++ {
		n[log.At(i).Kind]++
	}
	return n
}

// counts gives what the counter said, count by count.
func counts(log *trace.Log) string {
	var out []string
	for i := 1; i <= log.Len(); i++ {
		if e := log.At(i); e.Kind == trace.CounterCounted {
			out = append(out, fmt.Sprint(e.Count))
		}
	}
	return strings.Join(out, " ")
}

// TestCounter: a counter in each process's memory, seen by one visitor on two
// workers: 1 1 2 2 3 3. In the store, or shared by threads, it goes on.
func TestCounter(t *testing.T) {
	for query, want := range map[string]string{
		"mode=local":                  "1 1 2 2 3 3",
		"mode=cookie":                 "1 1 2 2 3 3",
		"mode=store":                  "1 2 3 4 5 6",
		"mode=store&counter=atomic":   "1 2 3 4 5 6",
		"mode=threads":                "1 2 3 4 5 6",
		"mode=threads&counter=atomic": "1 2 3 4 5 6",
	} {
		run := finish(t, query+"&costs=measured&visitors=1&think=20ms&script=count*6")
		if got := counts(run.Log()); got != want {
			t.Errorf("%s: got %s, want %s", query, got, want)
		}
	}
}

// TestLostUpdates: read, add, write is three steps, in a store as among
// threads; one step, or a lock, loses nothing.
func TestLostUpdates(t *testing.T) {
	const crowd = "&visitors=20&think=0&script=count*5&costs=teaching"
	for query, loses := range map[string]bool{
		"mode=store":                            true,
		"mode=store&counter=atomic":             false,
		"mode=threads&workers=4&lock=none":      true,
		"mode=threads&workers=4&lock=mutex":     false,
		"mode=threads&workers=4&counter=atomic": false,
	} {
		run := finish(t, query+crowd)
		s := run.Snapshot()
		final := s.Store.Count + s.Workers[0].Count
		if lost := s.Totals.Lost; (lost > 0) != loses || (final < 100) != loses {
			t.Errorf("%s: the counter says %d after 100 counts, and %d are lost", query, final, lost)
		}
	}
}

// TestCartRace: 50 parallel carts with a delay between reading and writing.
// Survivors seen of 50: with one process and delay 20 ms 1 to 3, with 100 ms 1;
// strictly one after the other 50 of 50.
func TestCartRace(t *testing.T) {
	parallel := func(query string) int {
		do := strings.Repeat("100ms cart Ada; ", 50)
		run := finish(t, query+"&costs=measured&visitors=Ada&script=login,visit*30&think=50ms&do="+do)
		for i := run.Log().Len(); i > 0; i-- {
			if e := run.Log().At(i); e.Kind == trace.SessionSaved {
				var cart int
				_, after, _ := strings.Cut(run.Log().Text(e.Text), `"cart":`)
				fmt.Sscan(after, &cart)
				return cart
			}
		}
		return 0
	}
	for query, within := range map[string][2]int{
		"workers=1&cart-delay=0":               {1, 50},
		"workers=1&cart-delay=20ms":            {1, 3},
		"workers=1&cart-delay=100ms":           {1, 1},
		"mode=store&workers=1&cart-delay=20ms": {1, 4},
		"mode=store&workers=2&cart-delay=20ms": {1, 2},
		"mode=store&workers=4&cart-delay=0":    {3, 12},
	} {
		if got := parallel(query); got < within[0] || got > within[1] {
			t.Errorf("%s: %d of 50 survive, want %v", query, got, within)
		}
	}
	run := finish(t, "costs=measured&visitors=Ada&workers=1&script=login,cart*50")
	if lost := run.Snapshot().Totals.Lost; lost != 0 {
		t.Errorf("one after the other, %d carts are lost", lost)
	}
}

// TestMapWrites: without a lock, two threads in the map at once end the whole
// process, as Go's runtime does; with one they wait.
func TestMapWrites(t *testing.T) {
	const query = "mode=threads&workers=4&visitors=8&think=0&script=login,visit*5&lock="
	without, with := kindsOf(finish(t, query+"none").Log()), kindsOf(finish(t, query+"mutex").Log())
	if without[trace.WorkerCrashed] == 0 {
		t.Error("without a lock nothing crashed")
	}
	if with[trace.WorkerCrashed] != 0 || with[trace.LockWaited] == 0 {
		t.Errorf("with a lock: %d crashes, %d waits", with[trace.WorkerCrashed], with[trace.LockWaited])
	}
}

// TestDeadlock: two locks in opposite order close a circle, which is told; in
// the same order they never do. The run goes on: the browsers give up after 5 minutes.
func TestDeadlock(t *testing.T) {
	const query = "mode=threads&workers=4&visitors=4&script=transfer*5&think=10ms&lock-order="
	opposite := finish(t, query+"opposite")
	if n := kindsOf(opposite.Log())[trace.LockDeadlocked]; n != 1 {
		t.Errorf("in opposite order: %d circles, want 1", n)
	}
	for i := 1; i <= opposite.Log().Len(); i++ {
		if e := opposite.Log().At(i); e.Kind == trace.LockDeadlocked {
			text := opposite.Log().Text(e.Text)
			var first, second int16
			if _, err := fmt.Sscanf(text, "checking:%d,savings:%d", &first, &second); err != nil || first == second || second != e.Tid {
				t.Errorf("thread %d closes the circle %s", e.Tid, text)
			}
		}
	}
	if !opposite.Ended() {
		t.Error("the run does not come to its end")
	}
	if n := kindsOf(finish(t, query+"same").Log())[trace.LockDeadlocked]; n != 0 {
		t.Errorf("in the same order: %d circles, want none", n)
	}
}

// TestChat: a message reaches those whose websocket is on the same worker;
// through the store's pub/sub it reaches all.
func TestChat(t *testing.T) {
	const query = "visitors=4&workers=2&costs=measured&think=100ms&turns=true&script=chat*3&mode=store&chat="
	local, shared := finish(t, query+"local").Snapshot().Totals, finish(t, query+"pubsub").Snapshot().Totals
	// The four sockets are opened one after the other: 1+2+3+4 chances to be
	// heard in the first round, 4×4 in each of the two others.
	if local.Heard != 22 || local.Missed != 20 {
		t.Errorf("local: heard %d, missed %d, want 22 and 20", local.Heard, local.Missed)
	}
	if shared.Heard != 42 || shared.Missed != 0 {
		t.Errorf("pubsub: heard %d, missed %d, want 42 and 0", shared.Heard, shared.Missed)
	}
}

// TestStoreClients: what a visit gets while Redis is away for 15 s, by client.
func TestStoreClients(t *testing.T) {
	const query = "mode=store&visitors=1&costs=measured&think=100ms&script=login,visit*3&do=150ms store down; 15150ms store up&store-client="
	for client, want := range map[string]string{
		"node-redis":       "500 5000ms",
		"no-offline-queue": "500 0ms",
		"timeout":          "500 1000ms",
		"ioredis":          "500 10448ms", // 10.5 s after the connection broke
	} {
		answers := strings.Split(statuses(finish(t, query+client).Log()), "; ")
		if got := strings.TrimPrefix(answers[2], "visit "); !strings.HasPrefix(got, want) {
			t.Errorf("%s: got %s, want %s… (all: %v)", client, got, want, answers)
		}
	}
	// Without an error handler the process dies, and pm2 restarts it again
	// and again (14 to 21 times each was seen); connections are refused.
	log := finish(t, strings.Replace(query, "visit*3", "visit*200", 1)+"no-error-handler").Log()
	starts := 0
	for i := 1; i <= log.Len(); i++ {
		if e := log.At(i); e.Kind == trace.WorkerStarting && e.Pid == 1 && e.Ts > 0 {
			starts++
		}
	}
	if starts < 14 || starts > 21 {
		t.Errorf("without an error handler: %d restarts, want 14 to 21", starts)
	}
	if got := statuses(log); !strings.Contains(got, "visit 0 ") {
		t.Errorf("without an error handler nothing was refused: %s", got)
	}
	// A durable store keeps the sessions.
	if got := statuses(finish(t, query+"timeout&store-kind=database").Log()); !strings.HasSuffix(got, "visit 500 1002ms; visit 500 1002ms") && strings.Contains(got, "401") {
		t.Errorf("a durable store lost a session: %s", got)
	}
}

// TestPM2 follows an instance's life, answer by answer.
func TestPM2(t *testing.T) {
	const base = "costs=measured&visitors=1&think=50ms&"
	for _, f := range []struct{ fact, query, want string }{
		{"restart of all with two workers: one after the other, both are away for 0.14 s, and then they are empty", "script=login,visit*9&do=75ms restart", "AL* B- B- B- ! ! ! A- A- A-"},
		{"reload: nobody is refused, all sessions are gone all the same", "script=login,visit*14&do=75ms reload", "AL* B- A+ B- A+ B- B- A- B- A- A- B- A- B- A-"},
		{"fork mode: a crash refuses connections and forgets everybody", "workers=1&script=login,visit*8&do=75ms crash 1", "AL* A+ ! ! ! ! ! A- A-"},
	} {
		if got := cells(finish(t, base+f.query).Log()); got != f.want {
			t.Errorf("%s\n got %s\nwant %s", f.fact, got, f.want)
		}
	}
}

// TestGraceful: in flight at a restart: reset, unless the app closes its server first.
func TestGraceful(t *testing.T) {
	const query = "workers=1&costs=measured&visitors=10&think=0&script=report&do=100ms restart 1&graceful="
	without, with := finish(t, query+"false").Snapshot().Totals, finish(t, query+"true").Snapshot().Totals
	if without.Resets == 0 {
		t.Error("without graceful nothing was reset")
	}
	if with.Resets != 0 || with.Requests != 10 {
		t.Errorf("with graceful %d of %d were reset", with.Resets, with.Requests)
	}
}

// TestCrashLoop: pm2 gives up after 16 starts.
func TestCrashLoop(t *testing.T) {
	var do []string
	for i := range 30 {
		do = append(do, fmt.Sprintf("%dms crash 1", 100+300*i))
	}
	run := finish(t, "costs=measured&workers=2&visitors=1&traffic=none&do="+strings.Join(do, ";"))
	crashes := kindsOf(run.Log())[trace.WorkerCrashed]
	if crashes != 16 || len(run.Snapshot().Workers) != 1 {
		t.Errorf("%d crashes and %d workers left, want 16 and 1", crashes, len(run.Snapshot().Workers))
	}
}

// TestWeights: nginx gives a worker of weight 3 three of four requests.
func TestWeights(t *testing.T) {
	for _, balancer := range []string{"least-connections", "random"} {
		run := finish(t, "costs=measured&visitors=1&think=1ms&script=visit*400&weights=3,1&balancer="+balancer)
		done := map[int16]int{}
		for _, w := range run.Snapshot().Workers {
			done[w.Pid] = w.Done
		}
		if done[1] < 270 || done[1] > 330 {
			t.Errorf("%s: worker 1 answered %d of 400, want about 300", balancer, done[1])
		}
	}
}

// TestDeadPeer: nginx tries the next at once, so nobody sees an error, leaves
// the dead one out for more than 10 whole seconds, then tries it again.
func TestDeadPeer(t *testing.T) {
	run := finish(t, "balancer=least-connections&costs=measured&visitors=1&think=500ms&script=visit*30&do=1250ms crash 2")
	s := run.Snapshot()
	if s.Totals.Resets+s.Totals.Errors != 0 {
		t.Errorf("%d resets and %d errors, want none", s.Totals.Resets, s.Totals.Errors)
	}
	got := strings.ReplaceAll(cells(run.Log()), "-", "")
	if want := "A B A A A A A A A A A A A A A A A A A A A A A A A A B A B A"; got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
}

// TestResaveUndoesLogout: a slow request of the same session, running while it
// logs out, saves the session again at its end.
func TestResaveUndoesLogout(t *testing.T) {
	const query = "workers=1&costs=measured&visitors=Ada&think=100ms&script=login,visit*4&do=150ms cart Ada; 160ms logout Ada&cart-delay=30ms"
	if got, want := cells(finish(t, query).Log()), "AL* A+ AO AC A+ A+ A+"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
