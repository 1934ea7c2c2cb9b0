package redis_test

import (
	"strings"
	"sync"
	"testing"

	"procession/sim/redis"
)

func TestView(t *testing.T) {
	s := redis.New()
	v := s.View()
	if got := string(v.Do("DBSIZE")); got != ":0\r\n" {
		t.Errorf("DBSIZE of a store that was never used: %q", got)
	}
	do(t, s, "SET", "sess:a", "1", "EX", "60")
	s.SetTime(20_000_000)
	for _, c := range []struct{ command, want string }{
		{"get sess:a", "$1\r\n1\r\n"},
		{"TTL sess:a", ":40\r\n"},
		{"PTTL sess:a", ":40000\r\n"},
		{"KEYS *", "*1\r\n$6\r\nsess:a\r\n"},
		{"GET none", "$-1\r\n"},
		{"PING", "+PONG\r\n"},
	} {
		if got := string(v.Do(strings.Fields(c.command)...)); got != c.want {
			t.Errorf("%s = %q, want %q", c.command, got, c.want)
		}
	}
	for _, c := range []string{"SET a 1", "DEL sess:a", "FLUSHALL", "expire sess:a 1", "EVAL x 0", "BLPOP a 0",
		"SUBSCRIBE a", "MULTI", "GETDEL sess:a", "GETEX sess:a EX 1", "XREAD BLOCK 0 STREAMS a 0", "SORT a STORE b"} {
		if got := string(v.Do(strings.Fields(c)...)); !strings.HasPrefix(got, "-READONLY ") || !strings.HasSuffix(got, "\r\n") {
			t.Errorf("%s = %q, want READONLY", c, got)
		}
	}
	if got := string(v.Do()); !strings.HasPrefix(got, "-ERR ") {
		t.Errorf("no words = %q, want an error", got)
	}
	if got := string(v.Do("SE\r\nT")); strings.Count(got, "\r\n") != 1 {
		t.Errorf("a reply of several lines: %q", got)
	}
	if got := do(t, s, "GET", "sess:a"); got != "1" {
		t.Errorf("after looking: %v", got)
	}
	s.Close()
	if got := string(v.Do("GET", "sess:a")); !strings.HasPrefix(got, "-ERR ") || !strings.Contains(got, "over") {
		t.Errorf("after the run: %q", got)
	}
}

// TestViewWhileTheRunGoesOn is for the race detector, and shows that who looks
// in does not change what the run sees.
func TestViewWhileTheRunGoesOn(t *testing.T) {
	s := redis.New()
	defer s.Close()
	v := s.View()
	var lookers sync.WaitGroup
	stop := make(chan struct{})
	for range 2 {
		lookers.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
					_ = v.Do("TTL", "sess:a")
				}
			}
		})
	}
	for i := range int64(500) {
		s.SetTime(i * 600_000)
		do(t, s, "SET", "sess:a", "1", "EX", "1")
		s.SetTime(i*600_000 + 300_000)
		if got := do(t, s, "GET", "sess:a"); got != "1" {
			t.Fatalf("step %d: %v", i, got)
		}
	}
	close(stop)
	lookers.Wait()
}
