package sim_test

import (
	"fmt"
	"strings"
	"testing"

	"procession/sim/trace"
)

// races gives the events of a run that tell of a race, each with the request's
// operation and the memory, or with the reason of a logout by chance.
func races(log *trace.Log) string {
	ops := map[int32]trace.Op{}
	var out []string
	for i := 1; i <= log.Len(); i++ {
		switch e := log.At(i); e.Kind {
		case trace.RequestSent:
			ops[e.Req] = e.Op
		case trace.UpdateLost, trace.CookieReplaced, trace.SessionRevived:
			out = append(out, fmt.Sprintf("%s %s", e.Kind, ops[e.Req]))
		case trace.RequestDone:
			if e.Chance == 1 {
				out = append(out, "out: "+e.Why.String())
			}
		}
	}
	return strings.Join(out, "; ")
}

// TestRacesAreTold: what two requests of one visitor do to each other, as it
// was measured, and that the trace says so.
func TestRacesAreTold(t *testing.T) {
	const measured = "&balancer=round-robin&connection=per-request&visitors=Ada&costs=measured&traffic=none&workers=2&do="
	for _, c := range []struct{ about, query, cells, races string }{
		{"with resave, a page that only reads writes its old copy over the cart",
			"mode=store&workers=2&visitors=Ada&costs=teaching&resave=true&cart-delay=0ms&connection=browser&traffic=none&do=0s login Ada; 6s cart Ada; 6.3s visit Ada; 14s visit Ada",
			"AL* AC B+ B+", "update.lost visit"},
		{"without resave it does not",
			"mode=store&workers=2&visitors=Ada&costs=teaching&cart-delay=0ms&connection=browser&traffic=none&do=0s login Ada; 6s cart Ada; 6.3s visit Ada; 14s visit Ada",
			"AL* AC B+ B+", ""},
		{"of two first requests at once the last cookie wins",
			"mode=store&cart-delay=400ms" + measured + "0.2s login Ada; 0.2s cart Ada; 0.9s visit Ada; 1s visit Ada; 1.1s visit Ada",
			"AL* BC* A- B- A-", "cookie.replaced cart; out: replaced; out: replaced; out: replaced"},
		{"the login's may be the last, and then it is well",
			"mode=store&cart-delay=0ms" + measured + "0.2s cart Ada; 0.2001s login Ada; 0.9s visit Ada",
			"AC* BL* A+", "cookie.replaced login"},
		{"in memory the cookie is lost, and so is the way to its process",
			"mode=local&cart-delay=400ms" + measured + "0.2s login Ada; 0.2s cart Ada; 0.9s visit Ada; 1s visit Ada",
			"AL* BC* A- B-", "cookie.replaced cart; out: replaced; out: replaced"},
		{"a cookie that holds the session, too",
			"mode=cookie&cart-delay=400ms" + measured + "0.2s login Ada; 0.2s cart Ada; 0.9s visit Ada",
			"AL* BC* A-", "cookie.replaced cart; out: replaced"},
		{"a login while a cart is slow is lost where the cookie is the session",
			"mode=cookie&cart-delay=400ms" + measured + "0s cart Ada; 0.6s cart Ada; 0.7s login Ada; 1.3s visit Ada",
			"AC* AL* BC* B-", "update.lost ; out: replaced"},
		{"an old cookie comes back after regenerate, since with a max-age each change sends it",
			"mode=store&regenerate=true&max-age=1m&cart-delay=400ms" + measured + "0s cart Ada; 0.6s cart Ada; 0.7s login Ada; 1.3s visit Ada; 1.4s visit Ada",
			"AC* AL* BC* B- A-", "session.revived cart; cookie.replaced cart; out: replaced; out: replaced"},
		{"without a max-age only the old session does",
			"mode=store&regenerate=true&cart-delay=400ms" + measured + "0s cart Ada; 0.6s cart Ada; 0.7s login Ada; 1.3s visit Ada; 1.4s visit Ada",
			"AC* AL* BC B+ A+", "session.revived cart"},
		{"a slow cart undoes a logout",
			"mode=store&cart-delay=400ms" + measured + "0s login Ada; 0.2s cart Ada; 0.3s logout Ada; 0.9s visit Ada",
			"AL* AO BC B+", "session.revived cart"},
		{"in memory, too",
			"mode=local&workers=1&cart-delay=400ms" + strings.Replace(measured, "&workers=2", "", 1) + "0s login Ada; 0.2s cart Ada; 0.3s logout Ada; 0.9s visit Ada",
			"AL* AO AC A+", "session.revived cart"},
		{"and where the cookie is the session",
			"mode=cookie&cart-delay=400ms" + measured + "0s login Ada; 0.2s cart Ada; 0.3s logout Ada; 0.9s visit Ada",
			"AL* AOx BC* B+", "session.revived cart"},
		{"a slow page with resave undoes it as well; without, it does not",
			"mode=store&resave=true&costs=teaching&visitors=Ada&connection=browser&traffic=none&do=0s login Ada; 6s logout Ada; 6.3s visit Ada; 14s visit Ada",
			"AL* AO B+ B+", "session.revived visit"},
		{"nothing", "mode=store&max-age=1m&rolling=true" + measured + "0s login Ada; 0.1s cart Ada; 0.2s cart Ada; 0.3s visit Ada; 0.4s logout Ada; 0.5s login Ada; 0.6s visit Ada",
			"AL* BC* AC* B+* AO BL* A+*", ""},
	} {
		log := finish(t, c.query).Log()
		if got := cells(log); got != c.cells {
			t.Errorf("%s:\n got %s\nwant %s", c.about, got, c.cells)
		}
		if got := races(log); got != c.races {
			t.Errorf("%s:\n got %s\nwant %s", c.about, got, c.races)
		}
	}
}

// TestReplacedUntilLogin: who logs in again after the cookie was replaced is
// not told of that any more.
func TestReplacedUntilLogin(t *testing.T) {
	log := finish(t, "mode=store&cart-delay=400ms&visitors=Ada&costs=measured&traffic=none&do=0s login Ada; 0s cart Ada; 0.9s visit Ada; 1s login Ada; 1.1s visit Ada; 1.2s store down; 1.3s store up; 3s visit Ada").Log()
	if got, want := races(log), "cookie.replaced cart; out: replaced; out: flushed"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestCookieDates: a cookie's date has whole seconds, rounded down, and virtual
// time begins in the middle of one. The store's life of the session has not.
func TestCookieDates(t *testing.T) {
	const query = "&costs=measured&workers=1&visitors=Ada&traffic=none&do=0s login Ada; 0.4s visit Ada; 0.9s visit Ada; 1.4s visit Ada; 1.6s visit Ada"
	for _, c := range []struct{ query, want string }{
		{"max-age=2s", "AL* A+ A+ A+ A-"},     // until 1.5 s
		{"max-age=1s", "AL* A+ A- A- A-"},     // until 0.5 s
		{"max-age=1499ms", "AL* A+ A- A- A-"}, // the same
		{"max-age=400ms", "AL* A- A- A- A-"},  // a date that has passed: dropped at once
		{"mode=cookie&max-age=1s", "AL* A+ A- A- A-"},
		{"mode=cookie&max-age=400ms", "AL* A- A- A- A-"},
	} {
		run := finish(t, c.query+query)
		if got := cells(run.Log()); got != c.want {
			t.Errorf("%s: got %s, want %s", c.query, got, c.want)
		}
	}
	// A jar that dropped the cookie is shown without it.
	run := finish(t, "max-age=400ms"+query)
	if v := run.Snapshot().Visitors[0]; v.Sid != "" || v.Made != 0 {
		t.Errorf("a cookie whose date had passed is shown: %+v", v)
	}
}

// TestCookieSessionHasNoRegenerate: a login is an error, and no cookie is set
// but for what the app changed before.
func TestCookieSessionHasNoRegenerate(t *testing.T) {
	for query, want := range map[string]string{
		"":            "A5 B- A5 B-",
		"&views=true": "A5* B-* A5* B-*",
	} {
		if got := cells(finish(t, "mode=cookie&regenerate=true&visitors=Ada&costs=measured&think=20ms&script=login,visit,login,visit"+query).Log()); got != want {
			t.Errorf("%q: got %s, want %s", query, got, want)
		}
	}
}

// TestTouchOfExpiredSession: a session that expires while its request is at
// work is not kept alive by that request's end.
func TestTouchOfExpiredSession(t *testing.T) {
	log := finish(t, "mode=local&workers=1&rolling=true&max-age=2s&visitors=Ada&traffic=none&do=0s login Ada; 2.05s visit Ada; 4s visit Ada").Log()
	if got, want := cells(log), "AL* A+* A-"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
