package sim_test

import (
	"strings"
	"testing"

	"procession/sim"
	"procession/sim/trace"
)

// perProcess is one visitor who takes turns between the workers at measured times.
const perProcess = "mode=local&costs=measured&visitors=Ada&traffic=script&think=20ms&"

// TestStatePerProcess: what was measured of a rate limiter and of a cache that
// each process keeps for itself, and what their cures come to.
func TestStatePerProcess(t *testing.T) {
	for _, c := range []struct{ about, query, want string }{
		{"rate-limit-per-process: 10 of 5 pass with two workers",
			"workers=2&handlers=limit&script=limit*18",
			"A=1 B=1 A=2 B=2 A=3 B=3 A=4 B=4 A=5 B=5 A4 B4 A4 B4 A4 B4 A4 B4"},
		{"15 with three",
			"workers=3&handlers=limit&script=limit*18",
			"A=1 B=1 C=1 A=2 B=2 C=2 A=3 B=3 C=3 A=4 B=4 C=4 A=5 B=5 C=5 A4 B4 C4"},
		{"in the store 5 pass",
			"workers=2&handlers=limit-store&script=limit-store*8",
			"A=1 B=2 A=3 B=4 A=5 B4 A4 B4"},
		{"one process lets 5 through", "workers=1&handlers=limit&script=limit*7", "A=1 A=2 A=3 A=4 A=5 A4 A4"},
		{"threads share the number", "mode=threads&workers=2&handlers=limit&script=limit*7", "A=1 A=2 A=3 A=4 A=5 A4 A4"},
		{"sticky, one visitor meets one limiter",
			"workers=2&balancer=sticky-cookie&handlers=limit&script=limit*7", "A=1 A=2 A=3 A=4 A=5 A4 A4"},
		{"and a restart lets 5 more through",
			"workers=1&handlers=limit&script=limit*12&do=135ms restart 1", "A=1 A=2 A=3 A=4 A=5 A4 A4 ! ! ! ! !"},
		{"cache-per-process: set at one, the others go on with the old price",
			"workers=2&handlers=price|reprice&script=price*2,reprice,price*5",
			"A=1 B=1 AH B=1 A=2 B=1 A=2 B=1"},
		{"without a cache nobody disagrees",
			"workers=2&handlers=price-store|reprice&script=price-store*2,reprice,price-store*5",
			"A=1 B=1 AH B=2 A=2 B=2 A=2 B=2"},
	} {
		query := perProcess + c.query
		if strings.HasPrefix(c.query, "mode=") {
			query = strings.TrimPrefix(perProcess, "mode=local&") + c.query
		}
		if got := cells(finish(t, query).Log()); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.about, got, c.want)
		}
	}
}

// during runs a scenario up to a moment, or to its end.
func during(t *testing.T, query string, until int64) *sim.Run {
	t.Helper()
	run := begin(t, query)
	run.Advance(until)
	if err := run.Err(); err != nil {
		t.Fatal(err)
	}
	return run
}

// jobs runs a scenario for five seconds, in which a timer of one second comes
// to its end five times, and gives how often each worker ran the job.
func jobs(t *testing.T, query string) (all int, each []int) {
	t.Helper()
	s := during(t, "costs=measured&traffic=none&"+query, 5_200_000).Snapshot()
	for _, w := range s.Workers {
		each = append(each, w.Jobs)
	}
	return s.Totals.Jobs, each
}

// TestJobPerProcess: each process runs its own timer. Measured of three workers
// and a second: 16 runs in 5 s, where one process has 5 or 6.
func TestJobPerProcess(t *testing.T) {
	for _, c := range []struct {
		about, query string
		want         int
	}{
		{"one process", "workers=1&timer=each", 5},
		{"job-per-process: three processes", "workers=3&timer=each", 15},
		{"threads are one process", "mode=threads&workers=3&timer=each", 5},
		{"the first one alone", "workers=3&timer=first", 5},
		{"nobody does it while the first one is away", "workers=3&timer=first&do=1.5s crash 1; 1.6s set workers=2", 1},
		{"whoever has the lock", "workers=3&timer=store", 5},
		{"and when one is away another one has it", "workers=3&timer=store&do=1.5s crash 1", 5},
		{"not without the store", "workers=3&timer=store&store-client=no-offline-queue&do=2.5s store down", 2},
		{"a process that comes back begins to count anew", "workers=1&timer=each&do=1.9s crash 1", 4},
		{"nobody", "workers=3", 0},
		{"a timer that is set goes from then on", "workers=2&do=2.1s set timer=each", 6},
		{"and one that is taken away no longer", "workers=2&timer=each&do=2.1s set timer=none", 4},
		{"twice a second", "workers=1&timer=each&timer-every=500ms", 10},
		{"a job that takes longer is not begun twice", "workers=1&timer=each&handlers=job: pause 1.5s", 3},
	} {
		if got, each := jobs(t, c.query); got != c.want {
			t.Errorf("%s: %d runs %v, want %d", c.about, got, each, c.want)
		}
	}
}

// TestJobTakesSteps: the handler of that name is what the timer runs.
func TestJobTakesSteps(t *testing.T) {
	run := begin(t, "costs=measured&traffic=none&workers=3&timer=each&handlers=job: incr mails | mails: read store mails&do=3.5s mails Ada")
	run.Advance(4.1 * 1e6)
	s := run.Snapshot()
	if got, want := cells(run.Log()), "A=9"; got != want {
		t.Errorf("after three seconds of three processes: %s, want %s", got, want)
	}
	if len(s.Store.Values) != 1 || s.Store.Values[0] != (trace.ValueView{Name: "mails", Value: 12}) {
		t.Errorf("the store holds %v", s.Store.Values)
	}
}

// TestOwnHandlers: steps, one by one, as requests meet them.
func TestOwnHandlers(t *testing.T) {
	const ada = "costs=measured&visitors=Ada&workers=1&traffic=none&"
	for _, c := range []struct{ about, query, want string }{
		{"the session through the middleware: a cookie when it is written, none when it is read",
			"mode=store&handlers=like: read session likes, add 1, write session likes | likes: read session likes, answer 404 if missing&do=0s likes Ada; 1s like Ada; 2s like Ada; 3s likes Ada",
			"A4 A=1* A=2 A=2"},
		{"in memory, too",
			"mode=local&handlers=like: read session likes, add 1, write session likes&do=0s like Ada; 1s like Ada", "A=1* A=2"},
		{"where the cookie is the session, each change is a new cookie",
			"mode=cookie&handlers=like: read session likes, add 1, write session likes&do=0s like Ada; 1s like Ada", "A=1* A=2*"},
		{"beside what the app keeps",
			"mode=store&handlers=like: read session likes, add 1, write session likes | basket: read session cart&do=0s login Ada; 1s cart Ada; 2s like Ada; 3s cart Ada; 4s basket Ada; 5s like Ada; 6s visit Ada",
			"AL* AC A=1 AC A=2 A=2 A+"},
		{"a page for those who are logged in",
			"handlers=page: read session user, answer 401 if missing&do=0s page Ada; 1s login Ada; 2s page Ada; 3s logout Ada; 4s page Ada", "A- AL* A=1 AO A-"},
		{"a seat less each time, until none is left",
			"handlers=seat: read memory seats, put 2 if missing, answer 409 under 1, add -1, write memory seats&do=0s seat Ada; 1s seat Ada; 2s seat Ada", "A=1 A=0 A4"},
		{"a status of the server's", "handlers=broken: compute 5ms, answer 503&do=0s broken Ada", "A5"},
		{"a page that is not there", "handlers=gone: answer 404&do=0s gone Ada", "A4"},
		{"a store that is away",
			"mode=local&handlers=votes: read store votes&store-client=no-offline-queue&do=0s store down; 1s votes Ada", "A5"},
	} {
		if got := cells(during(t, ada+c.query, 10*1e6).Log()); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.about, got, c.want)
		}
	}
}

// TestOwnHandlersLoseUpdates: read, pause, write, two at once: one is lost, in
// every place, and told. In one step, or without a pause, none is.
func TestOwnHandlersLoseUpdates(t *testing.T) {
	const two = "costs=measured&visitors=Ada,Bob&workers=1&traffic=none&do=0s vote Ada; 0s vote Bob; 2s votes Ada&handlers="
	for _, c := range []struct{ about, query, cells, told string }{
		{"memory", two + "vote: read memory votes, pause 100ms, add 1, write memory votes | votes: read memory votes", "A=1 A=1 A=1", "update.lost own"},
		{"memory, without a pause", two + "vote: read memory votes, compute 5ms, add 1, write memory votes | votes: read memory votes", "A=1 A=2 A=2", ""},
		{"store", two + "vote: read store votes, add 1, write store votes | votes: read store votes", "A=1 A=1 A=1", "update.lost own"},
		{"store, in one step", two + "vote: incr votes | votes: read store votes", "A=1 A=2 A=2", ""},
		{"a number that nobody read is no update", two + "vote: put 3, pause 100ms, write memory votes | votes: read memory votes", "AH AH A=3", ""},
		{"session", "costs=measured&visitors=Ada&workers=1&traffic=none&do=0s login Ada; 1s vote Ada; 1s vote Ada; 3s votes Ada&handlers=" +
			"vote: read session votes, pause 100ms, add 1, write session votes | votes: read session votes", "AL* A=1 A=1 A=1", "update.lost own"},
	} {
		run := during(t, c.query, 10*1e6)
		if got := cells(run.Log()); got != c.cells {
			t.Errorf("%s: got %s, want %s", c.about, got, c.cells)
		}
		if got := races(run.Log()); got != c.told {
			t.Errorf("%s: told is %q, want %q", c.about, got, c.told)
		}
	}
	lost := during(t, strings.Replace(two, "workers=1", "mode=threads&workers=2&lock=mutex", 1)+"vote: read memory votes, add 1, write memory votes | votes: read memory votes", 10*1e6)
	if n := lost.Snapshot().Totals.Lost; n != 1 {
		t.Errorf("two threads that guard each step, and not the three together, lose %d updates, want 1", n)
	}
}

// TestValuesGoWithTheirMemory: a process takes its numbers with it, and a store
// keeps what it has on disk.
func TestValuesGoWithTheirMemory(t *testing.T) {
	const query = "costs=measured&visitors=Ada&workers=1&traffic=none&handlers=limit | limit-store&do=0s limit Ada; 1s limit-store Ada; "
	for do, want := range map[string]string{
		"2s restart 1; 4s limit Ada; 5s limit-store Ada":                            "A=1 A=1 A=1 A=2",
		"2s store down; 3s store up; 4s limit Ada; 5s limit-store Ada":              "A=1 A=1 A=2 A=1",
		"2s store shutdown; 3s store up; 4s limit Ada; 5s limit-store Ada":          "A=1 A=1 A=2 A=2",
		"2s store down; 3s store up; 4s limit-store Ada&store-persistence=aof":      "A=1 A=1 A=2",
		"2s store down; 3s store up; 4s limit-store Ada&store-kind=database":        "A=1 A=1 A=2",
		"2s set mode=store; 4s limit Ada; 5s limit-store Ada":                       "A=1 A=1 A=1 A=2",
		"2s set mode=threads; 4s limit Ada; 5s limit Ada; 6s crash 1; 9s limit Ada": "A=1 A=1 A=1 A=2 A=1",
	} {
		if got := cells(during(t, query+do, 12*1e6).Log()); got != want {
			t.Errorf("%s\n got %s\nwant %s", do, got, want)
		}
	}
}
