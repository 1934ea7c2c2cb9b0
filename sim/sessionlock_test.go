package sim_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"procession/sim/trace"
)

// fiveCarts is a session that five carts of 300 ms want at once.
const fiveCarts = "session-lock=true&costs=measured&cart-delay=300ms&connection=browser&visitors=Ada,Bob&traffic=none&" +
	"do=0s login Ada; 0.1s login Bob; 1s cart Ada; 1s cart Ada; 1s cart Ada; 1s cart Ada; 1s cart Ada; 1.01s visit Bob"

// answeredIn gives the answers from a moment on, each with its request and how
// long it took in tenths of a second.
func answeredIn(log *trace.Log, from int64) string {
	var out []string
	for i := 1; i <= log.Len(); i++ {
		if e := log.At(i); e.Kind == trace.RequestDone && e.Ts >= from {
			out = append(out, fmt.Sprintf("%d %s %.1f", e.Req, e.Op, float64(e.Dur)/1e6))
		}
	}
	return strings.Join(out, "; ")
}

func count(log *trace.Log, k trace.Kind) (n int) {
	for i := 1; i <= log.Len(); i++ {
		if log.At(i).Kind == k {
			n++
		}
	}
	return n
}

// run gives the trace of a scenario until a moment, in seconds.
func run(t *testing.T, query string, until int64) *trace.Log {
	t.Helper()
	r := begin(t, query)
	r.Advance(until * 1e6)
	if err := r.Err(); err != nil {
		t.Fatal(err)
	}
	return r.Log()
}

// TestSessionLock: as PHP 8.2 was measured, five carts of 300 ms at once are
// answered one by one, in 1.5 to 1.7 s, and none is lost; another visitor does
// not wait. One process answers in the order in which they were sent; several
// in that in which they came to ask.
func TestSessionLock(t *testing.T) {
	const want = "8 visit 0.0; 3 cart 0.3; 4 cart 0.6; 5 cart 0.9; 6 cart 1.2; 7 cart 1.5"
	number := regexp.MustCompile(`\d+ cart`)
	for _, where := range []string{"mode=local&workers=1", "mode=store&workers=1", "mode=store&workers=3", "mode=threads&workers=8"} {
		log := run(t, where+"&"+fiveCarts, 5)
		got, want := answeredIn(log, 1e6), want
		if !strings.HasSuffix(where, "workers=1") {
			got, want = number.ReplaceAllString(got, "cart"), number.ReplaceAllString(want, "cart")
		}
		if got != want {
			t.Errorf("%s:\n got %s\nwant %s", where, got, want)
		}
		if lost := count(log, trace.UpdateLost); lost != 0 {
			t.Errorf("%s: %d updates are lost", where, lost)
		}
		if waits := count(log, trace.SessionWaited); waits != 4 {
			t.Errorf("%s: %d requests waited, want 4", where, waits)
		}
	}
	for _, where := range []string{"mode=local&workers=1", "mode=store&workers=3"} {
		if lost := count(run(t, where+"&"+strings.ReplaceAll(fiveCarts, "lock=true", "lock=false"), 5), trace.UpdateLost); lost != 4 {
			t.Errorf("%s without the lock: %d updates are lost, want 4", where, lost)
		}
	}
}

// TestSessionLockHoldsUpItsOwn: a visit waits for a cart of a second of its own
// session (measured: 0.92 to 1.0 s), another visitor does not (2 to 54 ms).
func TestSessionLockHoldsUpItsOwn(t *testing.T) {
	log := run(t, "mode=store&session-lock=true&costs=measured&cart-delay=1s&connection=browser&visitors=Ada,Bob&traffic=none&"+
		"do=0s login Ada; 0.1s login Bob; 1s cart Ada; 1.05s visit Ada; 1.05s visit Bob; 1.06s report Ada", 5)
	if got, want := answeredIn(log, 1e6), "5 visit 0.0; 6 report 0.1; 3 cart 1.0; 4 visit 1.0"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestSessionLockTakesAllThreads: who waits for a session keeps a thread, so a
// slow page and an impatient visitor can hold up everybody.
func TestSessionLockTakesAllThreads(t *testing.T) {
	log := run(t, "mode=threads&workers=4&"+fiveCarts, 5)
	if got, want := answeredIn(log, 1e6), "4 cart 0.3; 3 cart 0.6; 8 visit 0.6; 5 cart 0.9; 6 cart 1.2; 7 cart 1.5"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestSessionLockIsReleased: a process that dies, or whose store fails, keeps no lock.
func TestSessionLockIsReleased(t *testing.T) {
	for _, c := range []struct{ about, query, want string }{
		{"a crash in the middle: the next one goes on, at another process",
			"mode=store&costs=measured&cart-delay=1s&do=0s login Ada; 1s cart Ada; 1.1s visit Ada; 1.5s crash 1", "AL* A! B+"},
		{"a crash of who waits: those behind it go on",
			"mode=store&workers=3&costs=measured&cart-delay=1s&do=0s login Ada; 1s cart Ada; 1.1s visit Ada; 1.2s visit Ada; 1.5s crash 2", "AL* B! AC C+"},
		{"a memory takes its locks along",
			"mode=local&workers=1&costs=measured&cart-delay=1s&do=0s login Ada; 1s cart Ada; 1.1s visit Ada; 1.5s crash 1; 3s visit Ada", "AL* A! A! A-"},
		{"a store that is away",
			"mode=store&workers=1&costs=measured&store-client=no-offline-queue&do=0s login Ada; 1s store down; 2s visit Ada; 3s visit Ada", "AL* A5 A5"},
		{"a cookie has nothing to lock", "mode=cookie&workers=1&costs=measured&cart-delay=1s&do=0s login Ada; 1s cart Ada; 1.1s visit Ada", "AL* A+ AC*"},
		{"who comes without a session does not wait",
			"mode=local&workers=1&costs=measured&cart-delay=1s&do=0s cart Ada; 0.1s login Ada", "AL* AC*"},
	} {
		log := run(t, c.query+"&session-lock=true&connection=browser&visitors=Ada&traffic=none", 10)
		if got := cells(log); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.about, got, c.want)
		}
	}
}

// TestSessionLockLosesNothing: whatever a visitor asks for at once, and whatever
// dies meanwhile, with the lock no session is written over and none is saved
// after its end. Without it some are.
func TestSessionLockLosesNothing(t *testing.T) {
	lost := func(query string) (n int) {
		log := run(t, query, 20)
		for i := 1; i <= log.Len(); i++ {
			switch e := log.At(i); {
			case e.Kind == trace.SessionRevived, e.Kind == trace.UpdateLost && strings.HasPrefix(log.Text(e.Text), "{"):
				n++
			}
		}
		return n
	}
	without := 0
	for seed := range uint64(200) {
		query := requestsAtOnce(seed)
		without += lost(query)
		if n := lost(query + "&session-lock=true"); n > 0 {
			t.Errorf("%s: %d updates are lost in spite of the lock", query, n)
		}
	}
	if without < 200 {
		t.Errorf("without the lock %d updates are lost: the test tries too little", without)
	}
}

// requestsAtOnce gives a random scenario in which a visitor asks for much at a
// time, while processes and the store come and go.
func requestsAtOnce(seed uint64) string {
	rng := rand.New(rand.NewPCG(seed, 2))
	pick := func(words ...string) string { return words[rng.IntN(len(words))] }
	do := []string{"0s login Ada"}
	for range 12 + rng.IntN(12) {
		act := pick("cart Ada", "cart Ada", "cart Ada", "visit Ada", "login Ada", "logout Ada", "visit Bob")
		if rng.IntN(8) == 0 {
			act = pick("crash 1", "crash 2", "restart", "reload", "store down", "store up", "store slow", "set workers="+pick("1", "2", "3"), "set mode="+pick("local", "store", "threads"))
		}
		do = append(do, fmt.Sprintf("%dms %s", 100+rng.IntN(8000), act))
	}
	return fmt.Sprintf("mode=%s&workers=%s&visitors=Ada,Bob&traffic=none&connection=browser&cart-delay=%s&costs=%s&resave=%s&views=%s&regenerate=%s&graceful=%s&max-age=%s&do=%s",
		pick("local", "store", "store", "threads"), pick("1", "2", "3"), pick("50ms", "300ms", "1s"), pick("teaching", "measured"), pick("true", "false"), pick("true", "false"),
		pick("true", "false"), pick("true", "false"), pick("none", "10s"), strings.Join(do, "; "))
}
