package sim_test

import (
	"testing"

	"procession/sim/scenario"
)

// TestPlantedCookie: who logs in on a session that somebody else has a cookie
// of lets them in, unless the login makes a new one (measured with
// express-session 1.19 and cookie-session 2.1).
func TestPlantedCookie(t *testing.T) {
	const planted = "&workers=1&visitors=Eve,Ada&costs=measured&traffic=none&do=0s cart Eve; 1s plant Eve on Ada; 2s login Ada; 3s visit Eve; 4s visit Ada"
	for _, c := range []struct{ about, query, cells string }{
		{"one session for both", "mode=local", "AC* AL A+ A+"},
		{"in a store, too", "mode=store", "AC* AL A+ A+"},
		{"a new number at the login", "mode=store&regenerate=true", "AC* AL* A- A+"},
		{"a cookie that holds the session is a copy", "mode=cookie", "AC* AL* A- A+"},
		{"an expired cookie is none", "mode=local&max-age=1s", "AC* AL* A- A-"},
	} {
		if got := cells(finish(t, c.query+planted).Log()); got != c.cells {
			t.Errorf("%s: got %s, want %s", c.about, got, c.cells)
		}
	}
}

// TestPlantOnWhoIsLoggedIn: whose own cookie is taken away is logged out by
// that, and is told so.
func TestPlantOnWhoIsLoggedIn(t *testing.T) {
	log := finish(t, "mode=store&visitors=Eve,Ada&costs=measured&traffic=none&do=0s cart Eve; 0s login Ada; 1s visit Ada; 2s plant Eve on Ada; 3s visit Ada").Log()
	if got, want := races(log), "out: replaced"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestPlantIsRefused: a cookie is planted by one visitor who has one on another.
func TestPlantIsRefused(t *testing.T) {
	run := begin(t, "visitors=Eve,Ada&traffic=none&do=0s login Ada")
	run.Advance(5e6)
	for text, allowed := range map[string]string{
		"plant Eve on Ada":    "a visitor who has a session cookie",
		"plant Ada on Ada":    "two visitors",
		"plant Ada on Nobody": "here: Eve, Ada",
		"plant Nobody on Ada": "here: Eve, Ada",
	} {
		refuses(t, run, text, allowed)
	}
	for _, text := range []string{"plant", "plant Eve", "plant Eve on", "plant on Ada", "plant Eve Ada"} {
		if c, err := new(scenario.Scenario).ParseCommand(text); err == nil {
			t.Errorf("%s: got %v, want an error", text, c)
		}
	}
}

// TestCookieSecure: a cookie for TLS alone is not sent by an app that sees
// plain HTTP (measured: cases-2.json, and cookie-session 2.1 by itself), and
// each login leaves a session all the same.
func TestCookieSecure(t *testing.T) {
	const query = "&visitors=Ada&costs=measured&traffic=script&think=20ms&script="
	for _, c := range []struct{ query, script, cells string }{
		{"mode=store&cookie-secure=true", "login,visit*4", "AL B- A- B- A-"},
		{"mode=store&cookie-secure=trust-proxy", "login,visit*4", "AL* B+ A+ B+ A+"},
		{"mode=store&cookie-secure=true&rolling=true&save-uninitialized=true", "login,visit", "AL B-"},
		{"mode=cookie&cookie-secure=true", "login,visit,logout", "AL B- AO"},
		{"mode=cookie&cookie-secure=trust-proxy", "login,visit,logout", "AL* B+ AOx"},
	} {
		if got := cells(finish(t, c.query+query+c.script).Log()); got != c.cells {
			t.Errorf("%s: got %s, want %s", c.query, got, c.cells)
		}
	}
	left := finish(t, "mode=store&cookie-secure=true"+query+"login*3,visit").Snapshot().Store.Sessions
	if len(left) != 3 {
		t.Errorf("%d sessions are left, want one of each login", len(left))
	}
	// A session keeps the flag that it was made with.
	log := finish(t, "mode=store&workers=1&visitors=Ada&costs=measured&max-age=1h&rolling=true&traffic=none&do=0s login Ada; 1s set cookie-secure=true; 2s visit Ada").Log()
	if got, want := cells(log), "AL* A+*"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
