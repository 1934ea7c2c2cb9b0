package sim_test

import (
	"testing"

	"procession/sim/trace"
)

// TestHTTP2: one connection carries a browser's requests, many at once. In
// Node's cluster it belongs to one worker, so the bug hides; nginx, which
// speaks HTTP/1.1 to its workers, chooses for each request as before.
func TestHTTP2(t *testing.T) {
	for _, c := range []struct{ query, want string }{
		{"connection=http2&workers=2&visitors=Ada&script=login,visit*4", "AL* A+ A+ A+ A+"},
		// HTTP/1.1's connection is closed by Node after 6 s without a request; with HTTP/2 it has no such limit.
		{"connection=http2&workers=2&visitors=Ada&script=login,visit*2&think=20s", "AL* A+ A+"},
		{"connection=keep-alive&workers=2&visitors=Ada&script=login,visit*2&think=20s", "AL* B- A+"},
		{"connection=http2&workers=2&visitors=Ada&script=login,visit*4&balancer=least-connections", "AL* B- A+ B- A+"},
		// The worker's end is the connection's: the next one is another worker's.
		{"connection=http2&workers=2&visitors=Ada&script=login,visit*3&think=3s&do=9s crash 1", "AL* A+ B- B-"},
	} {
		if got := cells(finish(t, c.query).Log()); got != c.want {
			t.Errorf("%s: got %s, want %s", c.query, got, c.want)
		}
	}
}

// TestHTTP2AtOnce: three requests at once need one connection, where HTTP/1.1
// needs three, or one after the other.
func TestHTTP2AtOnce(t *testing.T) {
	const do = "costs=measured&traffic=none&workers=3&visitors=Ada&do=0s cart Ada; 0s cart Ada; 0s cart Ada&cart-delay=1s&connection="
	for connection, want := range map[string]struct {
		conns int
		cells string
		last  int64 // moment of the last answer, whole seconds
	}{
		"http2":      {1, "AC* AC* AC*", 1},
		"keep-alive": {1, "AC* AC AC", 3},
		"browser":    {3, "AC* BC* CC*", 1},
	} {
		run := finish(t, do+connection)
		log, conns, last := run.Log(), 0, int64(0)
		for i := 1; i <= log.Len(); i++ {
			switch e := log.At(i); e.Kind {
			case trace.ConnOpened:
				conns++
			case trace.RequestDone:
				last = e.Ts / 1e6
			}
		}
		if got := cells(log); got != want.cells || conns != want.conns || last != want.last {
			t.Errorf("%s: %s on %d connections, done after %d s, want %+v", connection, got, conns, last, want)
		}
	}
}

// TestHTTP2Ends: a browser that gives one request up keeps the connection for
// the others; a process that dies takes all of them with it.
func TestHTTP2Ends(t *testing.T) {
	for _, c := range []struct {
		query, want string
		closed      int
	}{
		{"traffic=none&workers=2&visitors=Ada&connection=http2&costs=measured&cart-delay=6m&do=0s cart Ada; 1s visit Ada; 301s visit Ada", "A- A! A-", 0},
		{"traffic=none&workers=2&visitors=Ada&connection=http2&costs=measured&cart-delay=3s&do=0s cart Ada; 1s cart Ada; 2s crash 1; 4s visit Ada", "A! A! B-", 1},
	} {
		run := finish(t, c.query)
		if got, closed := cells(run.Log()), kindsOf(run.Log())[trace.ConnClosed]; got != c.want || closed != c.closed {
			t.Errorf("%s: got %s and %d connections closed, want %s and %d", c.query, got, closed, c.want, c.closed)
		}
	}
}
