package sim_test

import (
	"testing"

	"procession/sim/trace"
)

// patience is how long a browser waits for an answer, in µs: Chromium gives up
// after five minutes.
const patience = 300_000_000

// TestPatience: a browser gets its answer within five minutes of sending, or
// gives up at exactly five minutes, wherever its request is by then: with the
// balancer, on the way to a worker, in a worker's queue, at work or in the store.
func TestPatience(t *testing.T) {
	for query, given := range map[string][]trace.Kind{ // the last that was told of requests that were given up
		"visitors=150&cores=1&script=login,report*9":                           {trace.RequestSent, trace.RequestRouted, trace.RequestStarted},
		"visitors=1500&cores=1":                                                {trace.RequestSent, trace.RequestRouted},
		"visitors=2000&cores=1&mode=store":                                     {trace.RequestSent, trace.RequestRouted},
		"visitors=150&cores=1&script=login,report*9&balancer=ip-hash":          {trace.RequestRouted},
		"visitors=40&cores=1&workers=1&script=cart*3&cart-delay=6m":            {trace.SessionRead},
		"visitors=1&mode=store&script=cart&cart-delay=299s&do=1s store slow":   {trace.StoreSent},
		"visitors=1&mode=store&script=cart&cart-delay=297.5s&do=1s store slow": {trace.SessionSaved}, // on the way back
	} {
		run := begin(t, query)
		run.Advance(15 * 60 * 1e6)
		if err := run.Err(); err != nil {
			t.Errorf("%s: %v", query, err)
			continue
		}
		type life struct {
			sent int64
			last trace.Kind
			over bool
		}
		lives, where := map[int32]*life{}, map[trace.Kind]int{}
		log := run.Log()
		for i := 1; i <= log.Len(); i++ {
			e := log.At(i)
			l := lives[e.Req]
			switch e.Kind {
			case trace.RequestSent:
				l = &life{sent: e.Ts}
				lives[e.Req] = l
			case trace.RequestAnswered:
				l.over = true
				if e.Ts > l.sent+patience {
					t.Errorf("%s: request %d was answered after %d µs", query, e.Req, e.Ts-l.sent)
				}
			case trace.RequestReset:
				l.over = true
				where[l.last]++
				if e.Why != trace.WhyTimeout || e.Ts != l.sent+patience {
					t.Errorf("%s: request %d was reset after %d µs: %s", query, e.Req, e.Ts-l.sent, e.Why)
				}
			}
			if l != nil {
				l.last = e.Kind
			}
		}
		for req, l := range lives {
			if !l.over && run.Now() > l.sent+patience {
				t.Errorf("%s: the browser still waits for request %d", query, req)
			}
		}
		for _, k := range given {
			if where[k] == 0 {
				t.Errorf("%s: no browser gave up after %s; they did after %v", query, k, where)
			}
		}
	}
}
