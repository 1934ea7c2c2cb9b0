package sim_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"procession/internal/testenv"
	"procession/sim"
	"procession/sim/trace"
)

// TestFacts holds the simulator to more of what the real stack was seen to do,
// answer by answer: each row is a fact, a scenario and the answers.
func TestFacts(t *testing.T) {
	const base = "costs=measured&think=20ms&visitors=1&"
	for _, f := range []struct{ fact, query, want string }{
		{"an anonymous visit first, nothing saved", "script=visit,login,visit*4", "A- BL* A- B+ A- B+"},
		{"a logout with clearCookie is out everywhere", "script=login,logout,visit*3&clear-cookie=true", "AL* BOx A- B- A-"},
		{"a logout on the worker that has the session", "workers=1&script=login,logout,visit*2", "AL* AO A- A-"},
		{"resave alone changes no answer and no cookie", "script=login,visit*4&resave=true", "AL* B- A+ B- A+"},
		{"a kept connection stays with its worker", "script=login,visit*3,cart,logout,visit&connection=keep-alive", "AL* A+ A+ A+ AC AO A-"},
		{"fetches one after the other use one of the browser's connections", "script=login,visit*5&connection=browser", "AL* A+ A+ A+ A+ A+"},
		{"5.5 s of pause keep the connection", "script=login,visit*3&connection=keep-alive&think=5500ms", "AL* A+ A+ A+"},
		{"7 s of pause do not", "script=login,visit*3&connection=browser&think=7s", "AL* B- A+ B-"},
		{"the six seconds hold in teaching, too", "script=login,visit*3&connection=keep-alive&think=5500ms&costs=teaching", "AL* A+ A+ A+"},
		{"and so do the seven", "script=login,visit*3&connection=keep-alive&think=7s&costs=teaching", "AL* B- A+ B-"},
		{"a cart on the wrong worker makes a session without a login", "script=login,cart,visit*3", "AL* BC* A- B- A-"},
		{"a cart where the session is sends no cookie", "workers=1&script=login,cart,visit", "AL* AC A+"},
		{"with a maxAge it does, since the expiry moves", "workers=1&script=login,cart,visit&max-age=1m", "AL* AC* A+"},
		{"a maxAge that has passed logs out everywhere", "workers=1&script=login,visit*3&max-age=2s&think=900ms", "AL* A+ A- A-"},
		{"a plain visit does not prolong the cookie, rolling does", "workers=1&script=login,visit*3&max-age=2s&think=900ms&rolling=true", "AL* A+* A+* A+*"},
		{"the shared store: any worker finds the session", "mode=store&workers=3&script=login,visit*5", "AL* B+ C+ A+ B+ C+"},
		{"threads share one memory", "mode=threads&workers=3&script=login,visit*5", "AL* A+ A+ A+ A+ A+"},
		{"a cookie session needs no memory", "mode=cookie&workers=3&script=login,visit*3,cart,logout,visit", "AL* B+ C+ A+ BC* COx A-"},
		{"three visitors in turn on three workers never see it", "visitors=3&workers=3&turns=true&script=login,visit*2", "AL* BL* CL* A+ B+ C+ A+ B+ C+"},
		{"two visitors in turn on three workers do", "visitors=2&workers=3&turns=true&script=login,visit*2", "AL* BL* C- A- B- C-"},
		{"nginx's round robin balances requests, not connections", "balancer=least-connections&connection=keep-alive&script=login,visit*4", "AL* B- A+ B- A+"},
		{"nginx's sticky cookie", "balancer=sticky-cookie&workers=3&script=login,visit*4", "AL* A+ A+ A+ A+"},
		{"ip_hash", "balancer=ip-hash&workers=4&script=login,visit*4", "AL* A+ A+ A+ A+"},
		{"a crash: the round skips it, then it is back, empty", "script=login,visit*30&do=110ms crash 1", "AL* B- A+ B- A+ B- B- B- B- B- B- B- B- B- B- B- B- B- B- A- B- A- B- A- B- A- B- A- B- A- B-"},
		{"scale +1 joins the end of the round", "think=100ms&script=login,visit*11&do=310ms set workers=3", "AL* B- A+ B- A+ B- A+ B- C- A+ B- C-"},
	} {
		t.Run(f.fact, func(t *testing.T) {
			query := merged(base, f.query)
			run := finish(t, query)
			if got := cells(run.Log()); got != f.want {
				t.Errorf("%s\n got %s\nwant %s", query, got, f.want)
			}
		})
	}
}

// merged gives a query with what a base has besides.
func merged(base, query string) string {
	for kv := range strings.SplitSeq(strings.Trim(base, "&"), "&") {
		if key, _, _ := strings.Cut(kv, "="); !strings.Contains("&"+query, "&"+key+"=") {
			query += "&" + kv
		}
	}
	return query
}

// hitRatio runs visitors who log in once and then visit, and gives the share
// of visits that found the login.
func hitRatio(t *testing.T, query string) float64 {
	t.Helper()
	s := finish(t, query).Snapshot().Totals
	return float64(s.Welcome) / float64(s.Welcome+s.Denied)
}

// TestRandomOrder: four visitors in random order, 400 visits: hits are about
// 1/N (seen: 0.45–0.51, 0.29–0.36, 0.23–0.29).
func TestRandomOrder(t *testing.T) {
	for n, within := range map[int][2]float64{2: {0.42, 0.56}, 3: {0.27, 0.40}, 4: {0.20, 0.31}} {
		query := fmt.Sprintf("visitors=4&workers=%d&script=login,visit*100&think=20ms&jitter=100&costs=measured", n)
		if got := hitRatio(t, query); got < within[0] || got > within[1] {
			t.Errorf("%d workers: %.2f of the visits found the login, want %v", n, got, within)
		}
	}
}

// TestCookieHashTrap: with the hash of the session cookie only 51, 34, 24 % of
// the visitors are ever logged in.
func TestCookieHashTrap(t *testing.T) {
	testenv.Unraced(t)
	for n, want := range map[int]float64{2: 0.51, 3: 0.34, 4: 0.24} {
		query := fmt.Sprintf("balancer=cookie-hash&visitors=2000&workers=%d&script=login,visit&think=20ms&costs=measured&turns=true", n)
		if got := hitRatio(t, query); got < want-0.04 || got > want+0.04 {
			t.Errorf("%d workers: %.3f of the visitors were ever logged in, want %.2f", n, got, want)
		}
	}
}

// statuses gives the statuses and durations (ms) of the requests of a run.
func statuses(log *trace.Log) string {
	var out []string
	for i := 1; i <= log.Len(); i++ {
		if e := log.At(i); e.Kind == trace.RequestDone {
			out = append(out, fmt.Sprintf("%s %d %dms", e.Op, e.Status, e.Dur/1000))
		}
	}
	return strings.Join(out, "; ")
}

// TestOutage: node-redis holds commands for 5 s, then the request is a 500;
// Redis comes back empty, so everybody is logged out.
func TestOutage(t *testing.T) {
	run := finish(t, "mode=store&visitors=1&costs=measured&think=100ms&script=login,visit*4&do=50ms store down; 5500ms store up")
	want := "login 200 0ms; visit 500 5000ms; visit 401 1999ms; visit 401 0ms; visit 401 0ms"
	if got := statuses(run.Log()); got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
}

// TestBusyWorker: of two workers one computes; exactly one new connection
// waits for it, the others go round the rest.
func TestBusyWorker(t *testing.T) {
	run := finish(t, "costs=measured&visitors=2&think=2ms&script=visit*40&do=1ms report Ada")
	waited := 0
	for i := 1; i <= run.Log().Len(); i++ {
		if e := run.Log().At(i); e.Kind == trace.RequestDone && e.Op == trace.Visit && e.Dur > 20_000 {
			waited++
		}
	}
	if waited != 1 {
		t.Errorf("%d visits waited for the busy worker, want 1", waited)
	}
}

// TestDeploy: a change of mode does what it does in real life: what was in the
// processes' memory is not carried into the store.
func TestDeploy(t *testing.T) {
	run := finish(t, "visitors=1&costs=measured&think=100ms&script=login,visit*5&do=250ms set mode=store")
	if got, want := cells(run.Log()), "AL* B- A+ A- B- A-"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	sc, err := sim.Parse("visitors=1&do=10s set mode=store")
	if err != nil {
		t.Fatal(err)
	}
	auto := sim.New(sc)
	defer auto.Close()
	auto.Advance(25e6)
	if got := cells(auto.Log()); !strings.Contains(got, "- AL* B+ A+") && !strings.Contains(got, "- BL* A+ B+") {
		t.Errorf("visitors of traffic=auto log in once more after a deploy: got %s", got)
	}
}

// TestDeployOfSessionCookies: what another mode handed out is a number without
// a session in it, so a look into it after the switch is no hit.
func TestDeployOfSessionCookies(t *testing.T) {
	for _, mode := range []string{"local", "store", "threads"} {
		run := finish(t, "visitors=1&costs=measured&think=100ms&script=login,visit*5&mode="+mode+"&do=250ms set mode=cookie")
		var found []trace.Session
		for i := 1; i <= run.Log().Len(); i++ {
			if e := run.Log().At(i); e.Kind == trace.SessionRead && e.Mem == trace.Jar && e.Sid > 0 {
				found = append(found, e.Session)
				if e.Session == trace.Miss && e.Why == 0 {
					t.Errorf("%s: the miss is blamed on nothing: %+v", mode, e)
				}
			}
		}
		if len(found) == 0 || slices.Contains(found, trace.Hit) {
			t.Errorf("%s: session reads from the cookie after the switch: %v, want misses only", mode, found)
		}
	}
}

// TestCookieLosesUpdates: of answers that were under way at the same time the
// browser keeps the last one, and with it that one's copy of the session.
func TestCookieLosesUpdates(t *testing.T) {
	for do, want := range map[string][]string{
		"4s cart Ada; 8s cart Ada":                   nil,
		"4s cart Ada; 4.2s cart Ada":                 {`{"user":"Ada","cart":1}`},
		"4s cart Ada; 4.3s logout Ada":               nil, // the logout is undone, which is told as such
		"4s cart Ada; 4.2s visit Ada; 8s logout Ada": nil,
	} {
		run := finish(t, "mode=cookie&visitors=Ada&traffic=none&costs=teaching&do=0s login Ada; "+do)
		var got []string
		for i := 1; i <= run.Log().Len(); i++ {
			if e := run.Log().At(i); e.Kind == trace.UpdateLost && e.Mem == trace.Jar {
				got = append(got, run.Log().Text(e.Text))
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: lost %v, want %v", do, got, want)
		}
	}
}

// TestCookieHashLogins: it takes mean 2, 3, 4 logins until the hash of the new
// session's cookie happens to fit.
func TestCookieHashLogins(t *testing.T) {
	for _, n := range []int{2, 3, 4} {
		run := finish(t, fmt.Sprintf("balancer=cookie-hash&visitors=1000&workers=%d&script=login,visit&think=20ms&costs=measured&relogin=true&turns=true", n))
		logins := 0
		for i := 1; i <= run.Log().Len(); i++ {
			if e := run.Log().At(i); e.Kind == trace.RequestDone && e.Op == trace.Login {
				logins++
			}
		}
		// One visit each, so each visitor logs in at least once; who fails
		// once logs in again, and is not seen to visit again.
		if want := 1000 + 1000*(n-1)/n; logins < want-60 || logins > want+60 {
			t.Errorf("%d workers: %d logins by 1000 visitors, want about %d", n, logins, want)
		}
	}
}

// TestThroughput: 50 ms of CPU work a request give 19.4 requests/s in one
// process, however many clients, and 37.8 (1.95 ×) in a cluster of 2 on 2 cores.
func TestThroughput(t *testing.T) {
	for query, want := range map[string]float64{
		"workers=1&visitors=2":                       19.4,
		"workers=1&visitors=20":                      19.4,
		"workers=2&visitors=20&cores=2":              37.8,
		"workers=4&visitors=20&cores=2":              37.8, // more processes than cores gain nothing
		"mode=threads&workers=2&visitors=20&cores=2": 37.8,
	} {
		run := finish(t, query+"&costs=measured&think=0&script=report*20")
		s := run.Snapshot()
		if got := float64(s.Totals.Requests) / (float64(s.Ts) / 1e6); got < want*0.93 || got > want*1.07 {
			t.Errorf("%s: %.1f requests/s, want %.1f", query, got, want)
		}
	}
}

// TestBlocking: one request of CPU work makes all others wait in a single
// process; threads go on beside it.
func TestBlocking(t *testing.T) {
	slow := func(query string) (n int) {
		run := finish(t, query+"&costs=measured&visitors=Ada,Grace&think=5ms&script=visit*20&do=50ms report Ada")
		for i := 1; i <= run.Log().Len(); i++ {
			if e := run.Log().At(i); e.Kind == trace.RequestDone && e.Op == trace.Visit && e.Dur > 15_000 {
				n++
			}
		}
		return n
	}
	if got := slow("workers=1"); got != 2 {
		t.Errorf("fork: %d visits waited, want one of each visitor", got)
	}
	if got := slow("mode=threads&workers=2"); got != 0 {
		t.Errorf("threads: %d visits waited, want none", got)
	}
}
