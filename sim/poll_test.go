package sim_test

import (
	"testing"

	"procession/sim/trace"
)

// TestPollingHandshake: the id of a client that polls is known to the process
// that opened it, and to no other one.
func TestPollingHandshake(t *testing.T) {
	const base = "visitors=Ada&script=poll*4&workers="
	for _, c := range []struct{ about, query, want string }{
		{"as measured with 2 workers", base + "2", "AP B4 AP B4"},
		{"as measured with 3 workers", base + "3", "AP B4 C4 AP"},
		{"one process alone", base + "1", "AP AP AP AP"},
		{"threads share the memory", base + "3&mode=threads", "AP AP AP AP"},
		{"a kept connection belongs to one worker", base + "2&connection=keep-alive", "AP AP AP AP"},
		{"sticky by address", base + "3&balancer=ip-hash", "AP AP AP AP"},
		{"sticky by the balancer's cookie", base + "3&balancer=sticky-cookie", "AP AP AP AP"},
		{"a shared store has no part in it", base + "2&mode=store&chat=pubsub", "AP B4 AP B4"},
		{"the id goes with its process", base + "1&costs=measured&think=2s&do=1s restart", "AP A4 A4 A4"},

		{"chat begins by polling, and anew with each message", "visitors=Ada&script=chat*2&workers=2&transport=polling", "AP B4 AP B4"},
		{"pub/sub is for the messages", "visitors=Ada&script=chat*2&workers=2&transport=polling&mode=store&chat=pubsub", "AP B4 AP B4"},
		{"three requests, then messages", "visitors=Ada&script=chat*2&workers=2&transport=polling&balancer=sticky-cookie", "AP AP AT AT"},
		{"the websocket is a connection of its own, and carries the id, too", "visitors=Ada&script=chat*2&workers=2&transport=polling&connection=keep-alive", "AP AP B4 AP AP AT"},
		{"a websocket alone needs no handshake", "visitors=Ada&script=chat*2&workers=2", "AT AT"},
	} {
		t.Run(c.about, func(t *testing.T) {
			if got := cells(finish(t, c.query).Log()); got != c.want {
				t.Errorf("%s: got %s, want %s", c.query, got, c.want)
			}
		})
	}
}

// TestPollIsBlamed: where the id of a client that polls is unknown, the trace
// says which memory has it, and that none has it after its process has ended.
func TestPollIsBlamed(t *testing.T) {
	run := finish(t, "visitors=Ada&script=poll*4&workers=2&costs=measured&think=3s&do=4s crash 1")
	var homes []trace.Memory
	for i := 1; i <= run.Log().Len(); i++ {
		if e := run.Log().At(i); e.Kind == trace.PollUnknown {
			homes = append(homes, e.Home)
		}
	}
	if len(homes) != 3 || homes[0] != trace.ProcessMemory(1, 1) || homes[1] != 0 || homes[2] != 0 {
		t.Errorf("the id is in %v, want in 101, and then in none", homes)
	}
	if n := run.Snapshot().Totals.Errors; n != 3 {
		t.Errorf("%d errors, want 3", n)
	}
}
