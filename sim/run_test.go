package sim_test

import (
	"errors"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"procession/internal/testenv"
	"procession/sim"
	"procession/sim/scenario"
	"procession/sim/store"
	"procession/sim/trace"
)

// settle lets goroutines that are about to end do so, and counts the rest.
func settle(atMost int) int {
	n := runtime.NumGoroutine()
	for i := 0; i < 1000 && n > atMost; i++ {
		runtime.Gosched()
		runtime.GC()
		n = runtime.NumGoroutine()
	}
	return n
}

// TestCloseLeavesNothing: a closed run leaves no goroutine, wherever it was.
func TestCloseLeavesNothing(t *testing.T) {
	before := runtime.NumGoroutine()
	for seed := range uint64(60) {
		sc, err := sim.Parse(randomScenario(seed))
		if err != nil {
			t.Fatal(err)
		}
		run := sim.New(sc)
		run.Advance(int64(seed) * 150_000)
		run.Close()
	}
	if after := settle(before); after > before {
		t.Errorf("%d goroutines before, %d after", before, after)
	}
}

// TestStoreIsShown: what the picture shows in the store is what the Redis
// server holds, at every moment of many runs.
func TestStoreIsShown(t *testing.T) {
	testenv.Unraced(t)
	compared := 0
	for seed := range uint64(testenv.Runs(30, 60)) {
		sc, err := sim.Parse(randomScenario(seed) + "&do=3s set mode=store")
		if err != nil {
			sc, err = sim.Parse(randomScenario(seed))
		}
		if err != nil {
			t.Fatal(err)
		}
		run := sim.New(sc)
		for ts, ok := run.Next(); ok && run.Log().Len() < 2000 && ts < 60e6; ts, ok = run.Next() {
			run.Advance(ts)
			want := shownSessions(run)
			run.Store().SetTime(ts)
			if d := cmp.Diff(want, heldSessions(t, run.Store())); d != "" {
				t.Fatalf("%s\nat %d (want: shown, got: held)\n%s", sc, ts, d)
			}
			compared += len(want)
		}
		run.Close()
	}
	if compared < 1000 {
		t.Errorf("only %d sessions were compared", compared)
	}
}

// shownSessions gives how many ms the sessions that the picture shows in the
// store have still to live.
func shownSessions(run *sim.Run) map[string]int64 {
	lives := map[string]int64{}
	for _, s := range run.Snapshot().Store.Sessions {
		if s.Until > run.Now() {
			lives[s.Sid] = (s.Until - run.Now()) / 1000
		}
	}
	return lives
}

// heldSessions asks the server itself.
func heldSessions(t *testing.T, s store.Store) map[string]int64 {
	t.Helper()
	do := func(words ...string) any {
		reply, err := s.Do(words...)
		if err != nil {
			t.Fatal(err)
		}
		return reply
	}
	lives := map[string]int64{}
	for _, key := range do("KEYS", "sess:*").([]any) {
		lives[strings.TrimPrefix(key.(string), "sess:")] = do("PTTL", key.(string)).(int64)
	}
	return lives
}

// TestApply: a command is stamped with the next microsecond; what is not
// possible is refused with a sentence, and the run goes on as if nothing was said.
// refuses holds that a run does not take a command, and names what is allowed.
func refuses(t *testing.T, run *sim.Run, text, allowed string) {
	t.Helper()
	c, err := new(scenario.Scenario).ParseCommand(text)
	if err != nil {
		t.Fatal(err)
	}
	var e *scenario.Error
	if _, err := run.Apply(c); !errors.As(err, &e) || !strings.Contains(e.Error(), allowed) {
		t.Errorf("%s: got %v, want an error that names %s", text, err, allowed)
	}
}

func TestApply(t *testing.T) {
	run := sim.New(scenario.Default())
	defer run.Close()
	run.Advance(5e6)
	length := run.Log().Len()
	for text, allowed := range map[string]string{
		"crash 9": "1, 2", "login Nobody": "Ada, Grace, Linus", "join Ada": "a name that no visitor has yet",
	} {
		refuses(t, run, text, allowed)
	}
	if run.Log().Len() != length || run.Now() != 5e6 {
		t.Error("a refused command changed the run")
	}
	c, err := new(scenario.Scenario).ParseCommand("crash 1")
	if err != nil {
		t.Fatal(err)
	}
	done, err := run.Apply(c)
	if err != nil || done.At != 5e6+1 {
		t.Errorf("got %v at %d, want it at 5000001", err, done.At)
	}
	if got, want := run.Scenario().String(), "do=5.000001s+crash+1"; got != want {
		t.Errorf("the link is %s, want %s", got, want)
	}
}

// TestEveryRequestIsDoneOnce: each request ends in exactly one request.done,
// or is in the snapshot at the end.
func TestEveryRequestIsDoneOnce(t *testing.T) {
	testenv.Unraced(t)
	for seed := range uint64(200) {
		query := randomScenario(seed)
		sc, err := sim.Parse(query)
		if err != nil {
			t.Fatal(err)
		}
		run := sim.New(sc)
		for ts, ok := run.Next(); ok && run.Log().Len() < 3000 && ts < scenario.MaxTime; ts, ok = run.Next() {
			run.Advance(ts)
		}
		state := map[int32]int{}
		log := run.Log()
		for i := 1; i <= log.Len(); i++ {
			switch e := log.At(i); e.Kind {
			case trace.RequestSent:
				state[e.Req]++
			case trace.RequestDone:
				state[e.Req] += 10
			}
		}
		if err := run.Err(); err != nil {
			t.Errorf("%s: %v", query, err)
		}
		for _, r := range run.Snapshot().Requests {
			state[r.Req] += 10
		}
		for req, n := range state {
			if n != 11 {
				t.Errorf("%s: request %d was sent %d times and ended %d times", query, req, n%10, n/10)
			}
		}
		run.Close()
	}
}
