package sim_test

import (
	"testing"

	"procession/sim/trace"
)

// TestOfferedAndClosed: a connection that is closed while the primary's message
// about it is on its way costs the worker that it was offered to nothing.
func TestOfferedAndClosed(t *testing.T) {
	run := finish(t, "visitors=Ada,Grace&costs=measured&think=10ms&script=visit*6&do=0.00008s leave Ada")
	if got, want := cells(run.Log()), "! A- B- A- B- A- B-"; got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
}

// TestOfferedTwice: a worker that is still at work when the cluster shrinks to
// it and grows again has one place in the round.
func TestOfferedTwice(t *testing.T) {
	run := finish(t, "visitors=4&costs=measured&script=report&do=10ms set workers=1; 11ms set workers=2"+
		"; 400ms visit Ada; 450ms visit Ada; 500ms visit Ada; 550ms visit Ada; 600ms visit Ada; 650ms visit Ada")
	if got, want := cells(run.Log()), "A! BR BR B- A- B- A- B- A- !"; got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
}

// TestResetAndCrashed: nginx does not pass a request on that its browser has
// given up, when the worker dies that still had it.
func TestResetAndCrashed(t *testing.T) {
	run := finish(t, "visitors=200&addresses=one&balancer=ip-hash&script=report&do=300.4s crash 1")
	over, resets := map[int32]bool{}, 0
	for i := 1; i <= run.Log().Len(); i++ {
		switch e := run.Log().At(i); e.Kind {
		case trace.RequestReset:
			over[e.Req] = true
			resets++
		case trace.RequestRouted:
			if over[e.Req] {
				t.Fatalf("request %d was passed on after its end", e.Req)
			}
		}
	}
	if resets < 40 {
		t.Errorf("%d browsers gave up, want those of some 50 reports of 2 s", resets)
	}
}

// TestTurnsOfNewcomers: with turns, who comes when nobody is left has the turn.
func TestTurnsOfNewcomers(t *testing.T) {
	run := begin(t, "turns=true&visitors=Ada&do=5s leave Ada; 20s join Grace")
	run.Advance(60 * 1e6)
	last := run.Snapshot().Visitors[0]
	if last.Name != "Grace" || len(last.Strip) < 10 {
		t.Errorf("%s has %d answers after 40 s", last.Name, len(last.Strip))
	}
}

// TestCommandTimeoutEndsWithSending: with store-client=timeout a command has one
// second until it is sent; then it takes as long as it takes.
func TestCommandTimeoutEndsWithSending(t *testing.T) {
	for _, c := range []struct{ query, want string }{
		// Called at 0.8 s and sent at 1.65 s, when the client tries to connect
		// again: GET and SET take 3 s each, the answer 0.7 s.
		{"do=100ms store down; 1s store slow", "count 200 8380ms"},
		// Not sent by 1.8 s.
		{"do=100ms store down; 1.7s store slow", "count 500 2510ms"},
		// Sent at once, behind a delay of 3 s.
		{"do=100ms store slow", "count 200 7540ms"},
	} {
		run := finish(t, "mode=store&store-client=timeout&visitors=Ada&script=count&"+c.query)
		if got := statuses(run.Log()); got != c.want {
			t.Errorf("%s: got %s, want %s", c.query, got, c.want)
		}
	}
}
