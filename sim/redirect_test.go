package sim_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"procession/sim"
	"procession/sim/trace"
)

// TestHeadersBeforeTheSave: a browser that is redirected asks for the page when
// the headers are there, and the session is saved after them. The first two
// lines are measured (store.set delayed by 300 ms), and so is the cure.
func TestHeadersBeforeTheSave(t *testing.T) {
	const slow = "mode=store&login=redirect&save-delay=300ms&costs=measured&visitors=Ada&script=login,visit*4"
	for _, c := range []struct{ about, query, cells string }{
		{"asked before it was saved", slow, "AL* B- A+ B+ A+ B+"},
		{"the page's own session takes the place of the cookie", slow + "&save-uninitialized=true", "AL* B-* A- B- A- B-"},
		{"saved first", slow + "&save-first=true", "AL* B+ A+ B+ A+ B+"},
		{"saved first, a new session for everybody", slow + "&save-first=true&save-uninitialized=true", "AL* B+ A+ B+ A+ B+"},
		{"an answer that is read to its end comes after the save", strings.Replace(slow, "login=redirect&", "", 1), "AL* B+ A+ B+ A+"},
		{"one process is asked too early, too, where the save waits", slow + "&workers=1", "AL* A- A+ A+ A+ A+"},
		{"and not where it does not", "mode=store&login=redirect&visitors=Ada&script=login,visit*4&workers=1&costs=measured", "AL* A+ A+ A+ A+ A+"},
		{"a session in memory is there before the headers", "login=redirect&visitors=Ada&script=login,visit*4&workers=1&costs=measured", "AL* A+ A+ A+ A+ A+"},
		{"slow motion", "mode=store&login=redirect&save-delay=3s&visitors=Ada&script=login,visit*4&think=3s", "AL* B- A+ B+ A+ B+"},
		{"a connection on which the rest of an answer is to come is busy", slow + "&connection=keep-alive", "AL* B- A+ A+ A+ A+"},
		{"a login with a session finds it as it was", strings.Replace(slow, "login,", "cart,login,", 1), "AC* BL A- B+ A+ B+ A+"},
		{"cookie-session has no save: the login is an error, its cookie is set all the same", "mode=cookie&login=redirect&save-first=true&visitors=Ada&script=login,visit*2", "A5* B+ A+"},
		{"cookie-session has the session in the headers", "mode=cookie&login=redirect&visitors=Ada&script=login,visit*2", "AL* B+ A+ B+"},
		{"who is turned away does not log in for ever", slow + "&relogin=true", "AL* B- A+ B+ A+ B+"},
	} {
		if got := cells(finish(t, c.query).Log()); got != c.cells {
			t.Errorf("%s:\n got %s\nwant %s", c.about, got, c.cells)
		}
	}
}

// TestBlamesTheSave: the trace says why the page did not know its visitor.
func TestBlamesTheSave(t *testing.T) {
	for query, want := range map[string]string{
		"script=login,visit":      "miss unsaved",
		"script=cart,login,visit": "hit unsaved",
	} {
		log := finish(t, "mode=store&login=redirect&save-delay=300ms&costs=measured&visitors=Ada&"+query).Log()
		read, saved, ended := "", int64(0), int64(0)
		for i := 1; i <= log.Len(); i++ {
			switch e := log.At(i); {
			case e.Kind == trace.SessionRead && e.Why != 0:
				read = e.Session.String() + " " + e.Why.String()
			case e.Kind == trace.RequestDone && e.Chance == 1:
				if e.Why != trace.WhyUnsaved {
					t.Errorf("%s: out: %s", query, e.Why)
				}
			case e.Kind == trace.SessionSaved:
				saved = e.Ts
			case e.Kind == trace.AnswerEnded:
				ended = e.Ts
			}
		}
		if read != want || saved == 0 || ended < saved {
			t.Errorf("%s: read %q, want %q; saved at %d, ended at %d", query, read, want, saved, ended)
		}
	}
}

// TestSavesThatFallBehind: one visitor after the other logs in, and the first
// page is asked for. Measured: 0 of 200 not logged in with 1 worker, 36 with 2,
// 21 with 4. None is where the app saves first, or answers with a page.
func TestSavesThatFallBehind(t *testing.T) {
	const logins = "&mode=store&costs=measured&turns=true&visitors=200&script=login"
	for query, want := range map[string][2]int{
		"login=redirect&workers=1":                 {0, 0},
		"login=redirect&workers=2":                 {26, 46},
		"login=redirect&workers=4":                 {20, 46},
		"login=redirect&workers=2&save-first=true": {0, 0},
		"login=redirect&workers=2&save-delay=0":    {0, 0},
	} {
		run := finish(t, query+logins)
		if got := run.Snapshot().Totals; got.Requests != 400 || got.Logouts < want[0] || got.Logouts > want[1] || got.Logouts != got.Denied {
			t.Errorf("%s: %d of %d pages not logged in, want %v", query, got.Denied, got.Requests/2, want)
		}
	}
}

// TestSavedFirst: whatever else is set, a page that a redirect leads to finds
// the session that was saved before.
func TestSavedFirst(t *testing.T) {
	rng := rand.New(rand.NewPCG(17, 1))
	pick := func(words ...string) string { return words[rng.IntN(len(words))] }
	for range 200 {
		query := fmt.Sprintf("mode=store&login=redirect&save-first=true&workers=%s&cores=%s&connection=%s&balancer=%s&visitors=%s&think=%s&jitter=50&save-delay=%s&save-uninitialized=%s&resave=%s&rolling=%s&regenerate=%s&views=%s&costs=%s&script=%s&seed=%d",
			pick("1", "2", "3"), pick("1", "2"), pick("per-request", "keep-alive", "browser"), pick("round-robin", "random", "least-connections"), pick("1", "2", "7"), pick("0", "20ms", "800ms"),
			pick("preset", "0", "300ms", "3s"), pick("true", "false"), pick("true", "false"), pick("true", "false"), pick("true", "false"), pick("true", "false"), pick("teaching", "measured"),
			pick("login,visit*3", "visit,login,visit", "login,cart,login"), rng.IntN(1000))
		run := finish(t, query)
		if got := run.Snapshot().Totals; got.Logouts > 0 || got.Errors > 0 {
			t.Errorf("%s: %d logouts, %d errors", query, got.Logouts, got.Errors)
		}
	}
}

// TestPriceOfSavingFirst: the answer comes later by the save, and no page too early.
func TestPriceOfSavingFirst(t *testing.T) {
	took := func(query string) int64 {
		log := finish(t, query+"&mode=store&login=redirect&save-delay=300ms&costs=measured&visitors=Ada&script=login").Log()
		for i := 1; i <= log.Len(); i++ {
			if e := log.At(i); e.Kind == trace.RequestDone {
				return e.Dur
			}
		}
		return 0
	}
	soon, late := took(""), took("save-first=true")
	if got := late - soon; got != 300_000+100+30 { // the delay, a trip to the store and back, the client's work
		t.Errorf("the login takes %d µs more", got)
	}
}

// TestEndOfAnAnswer: what becomes of the rest of an answer when its process
// dies, when its visitor leaves, and when nothing else is left to do.
func TestEndOfAnAnswer(t *testing.T) {
	const slow = "mode=store&login=redirect&save-delay=2s&costs=measured&visitors=Ada&"
	for _, c := range []struct {
		about, query, ended string
		saved               int
	}{
		{"the run ends after the save", slow + "script=login", "2000 ", 1},
		{"its process dies", slow + "traffic=none&do=0s login Ada; 1s crash 1", "1000 reset", 0},
		{"it is restarted at once", slow + "traffic=none&do=0s login Ada; 1s restart 1", "1000 reset", 0},
		{"a process that finishes what it has saves first", slow + "traffic=none&graceful=true&kill-timeout=5s&do=0s login Ada; 1s restart 1", "2000 ", 1},
		{"pm2 loses patience", slow + "traffic=none&graceful=true&do=0s login Ada; 0.1s restart 1", "1700 reset", 0},
		{"behind nginx", slow + "traffic=none&balancer=random&connection=keep-alive&seed=2&do=0s login Ada; 1s crash 1; 1s crash 2", "1000 reset", 0},
		{"its visitor leaves", slow + "traffic=none&do=0s login Ada; 1s leave Ada", "2000 ", 1},
		{"its visitor leaves while the headers are on their way", slow + "traffic=none&do=0s login Ada; 900us leave Ada", "2000 ", 1},
		{"its store dies", slow + "traffic=none&do=0s login Ada; 1s store down", "7000 ", 0},
	} {
		run := begin(t, c.query)
		run.Advance(10e6)
		if err := run.Err(); err != nil {
			t.Fatal(err)
		}
		log, ended, open := run.Log(), []string{}, map[int32]bool{}
		for i := 1; i <= log.Len(); i++ {
			switch e := log.At(i); e.Kind {
			case trace.AnswerEnded:
				ended = append(ended, fmt.Sprintf("%d %s", e.Ts/1000, e.Why))
			case trace.ConnOpened:
				open[e.Conn] = true
			case trace.ConnClosed:
				delete(open, e.Conn)
			}
		}
		if got := strings.Join(ended, "; "); got != c.ended {
			t.Errorf("%s: the answer ended at %q, want %q", c.about, got, c.ended)
		}
		if s := run.Snapshot(); len(s.Store.Sessions) != c.saved || len(s.Saving) != 0 || len(open) > 0 && !run.Ended() && !strings.Contains(c.query, "keep-alive") {
			t.Errorf("%s: %d sessions, %d saves and %d connections are left", c.about, len(s.Store.Sessions), len(s.Saving), len(open))
		}
	}
}

// TestFollowedPage: the page that a browser follows to uses up no step of the
// script, has no pause before it, and keeps the visitor's turn.
func TestFollowedPage(t *testing.T) {
	log := finish(t, "mode=store&login=redirect&save-first=true&visitors=Ada,Bob&turns=true&costs=measured&script=login,visit,logout").Log()
	var order []string
	done, last := int64(0), ""
	for i := 1; i <= log.Len(); i++ {
		e := log.At(i)
		switch e.Kind {
		case trace.RequestSent:
			order = append(order, log.Text(e.Visitor)+" "+e.Op.String())
			if last == "login" && e.Ts != done {
				t.Errorf("the page was asked for %d µs after the headers", e.Ts-done)
			}
		case trace.RequestDone:
			done, last = e.Ts, e.Op.String()
		}
	}
	const want = "Ada login, Ada visit, Bob login, Bob visit, Ada visit, Bob visit, Ada logout, Bob logout"
	if got := strings.Join(order, ", "); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestWithoutAJar: who drops cookies is a stranger each time, and with
// save-uninitialized leaves a session behind each time (measured: 10 of 10).
func TestWithoutAJar(t *testing.T) {
	for _, c := range []struct {
		query, cells string
		sessions     int
	}{
		{"save-uninitialized=true", "A-* B-* A-* B-* A-* B-* A-* B-* A-* B-*", 10},
		{"save-uninitialized=false", "A- B- A- B- A- B- A- B- A- B-", 0},
	} {
		run := finish(t, c.query+"&mode=store&cookies=dropped&visitors=Ada&script=visit*10")
		s := run.Snapshot()
		if got := cells(run.Log()); got != c.cells || len(s.Store.Sessions) != c.sessions {
			t.Errorf("%s: got %s and %d sessions, want %s and %d", c.query, got, len(s.Store.Sessions), c.cells, c.sessions)
		}
		if v := s.Visitors[0]; v.Sid != "" || v.Made != 0 {
			t.Errorf("%s: a jar that keeps nothing has %+v", c.query, v)
		}
	}
	// Nor is there a cookie of the balancer's own.
	if got, want := cells(finish(t, "balancer=sticky-cookie&cookies=dropped&visitors=Ada&script=login,visit*3").Log()), "AL* B- A- B-"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestSaveDelay: also a login that is answered with a page waits for its save.
func TestSaveDelay(t *testing.T) {
	sc, err := sim.Parse("mode=store&save-delay=1s&costs=measured&visitors=Ada&script=login,cart,visit")
	if err != nil {
		t.Fatal(err)
	}
	run := sim.New(sc)
	defer run.Close()
	run.Advance(60e6)
	log := run.Log()
	for i := 1; i <= log.Len(); i++ {
		if e := log.At(i); e.Kind == trace.RequestDone && (e.Dur > 1_000_000) != (e.Op != trace.Visit) {
			t.Errorf("%s took %d µs", e.Op, e.Dur)
		}
	}
}
