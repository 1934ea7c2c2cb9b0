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
	look := func(command ...string) string {
		t.Helper()
		reply, err := v.Do(command...)
		must(t, err)
		return string(reply)
	}
	if got := look("DBSIZE"); got != ":0\r\n" {
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
		if got := look(strings.Fields(c.command)...); got != c.want {
			t.Errorf("%s = %q, want %q", c.command, got, c.want)
		}
	}
	for _, c := range []string{"SET a 1", "DEL sess:a", "FLUSHALL", "expire sess:a 1", "EVAL x 0", "BLPOP a 0",
		"SUBSCRIBE a", "MULTI", "GETDEL sess:a", "GETEX sess:a EX 1", "XREAD BLOCK 0 STREAMS a 0", "SORT a STORE b", "ZSCAN x -3", "OBJECT HELP"} {
		if got := look(strings.Fields(c)...); !strings.HasPrefix(got, "-READONLY ") || !strings.Contains(got, " KEYS MGET ") || !strings.HasSuffix(got, "\r\n") {
			t.Errorf("%s = %q, want READONLY", c, got)
		}
	}
	if got := look(); !strings.HasPrefix(got, "-ERR ") {
		t.Errorf("no words = %q, want an error", got)
	}
	if got := look("SE\r\nT"); strings.Count(got, "\r\n") != 1 {
		t.Errorf("a reply of several lines: %q", got)
	}
	if got := do(t, s, "GET", "sess:a"); got != "1" {
		t.Errorf("after looking: %v", got)
	}
	s.Close()
	if got := look("GET", "sess:a"); !strings.HasPrefix(got, "-ERR ") || !strings.Contains(got, "over") {
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
					_, _ = v.Do("TTL", "sess:a")
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

// TestViewOutlivesAPanic: the pattern panics inside the server, which holds a
// lock of its own at that moment. The run goes on.
func TestViewOutlivesAPanic(t *testing.T) {
	s := redis.New()
	defer s.Close()
	do(t, s, "SET", "sess:a", "1", "EX", "60")
	reply, err := s.View().Do("KEYS", "[^]")
	if got := string(reply); !strings.HasPrefix(got, "-ERR this KEYS confuses the simulated store") || strings.Count(got, "\r\n") != 1 {
		t.Errorf("KEYS [^] = %q", got)
	}
	if err == nil || !strings.Contains(err.Error(), "KEYS panicked") || !strings.Contains(err.Error(), "miniredis") {
		t.Errorf("the error is %v, want the panic and its stack", err)
	}
	do(t, s, "SET", "sess:b", "2", "EX", "60")
	if reply, err := s.View().Do("DBSIZE"); string(reply) != ":2\r\n" || err != nil {
		t.Errorf("DBSIZE after that = %q, %v", reply, err)
	}
}

// TestViewIsBounded: neither a reply nor a pattern may be of any size.
func TestViewIsBounded(t *testing.T) {
	s := redis.New()
	defer s.Close()
	for i := range 12 {
		do(t, s, "SET", "sess:"+string(rune('a'+i)), strings.Repeat("x", 100_000), "EX", "60")
	}
	for _, c := range []struct{ command, want string }{
		{"MGET" + strings.Repeat(" sess:a", 11), "-ERR the reply has more than 1 MB"},
		{"MGET" + strings.Repeat(" sess:a", 10), "*10\r\n$100000\r\nxxx"},
		{"KEYS " + strings.Repeat("*a", 100), "-ERR a pattern has at most 128 bytes"},
		{"SCAN 0 MATCH " + strings.Repeat("*a", 100), "-ERR a pattern has at most 128 bytes"},
	} {
		if got, err := s.View().Do(strings.Fields(c.command)...); !strings.HasPrefix(string(got), c.want) || err != nil {
			t.Errorf("%.20s = %.80q, %v, want %q", c.command, got, err, c.want)
		}
	}
}

// FuzzView asks with any words, and looks whether the store still works.
func FuzzView(f *testing.F) {
	for _, seed := range []string{"KEYS [^]", "KEYS [z-a]", "SCAN 0 MATCH *", "SCAN -1 COUNT -1", "SCAN 0 TYPE string", "MGET a b", "GET", "TIME x", "EXPIRETIME sess:a", "PING a b", "DBSIZE"} {
		f.Add(seed)
	}
	s := redis.New()
	f.Cleanup(s.Close)
	do(f, s, "SET", "sess:a", "1", "EX", "60")
	f.Fuzz(func(t *testing.T, command string) {
		reply, _ := s.View().Do(strings.Split(command, " ")...)
		if len(reply) < 3 || !strings.ContainsRune("+-:$*", rune(reply[0])) || !strings.HasSuffix(string(reply), "\r\n") {
			t.Errorf("%q: got %q", command, reply)
		}
		if value := do(t, s, "GET", "sess:a"); value != "1" {
			t.Fatalf("%q: the store has %q", command, value)
		}
	})
}
