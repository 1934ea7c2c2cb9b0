package redis_test

import (
	"slices"
	"testing"

	"procession/sim/redis"
)

// TestMonitorSeesWhatIsSent: the words of each command are those that reach
// the server, in the order in which the run sent them.
func TestMonitorSeesWhatIsSent(t *testing.T) {
	s := redis.New()
	do(t, s, "PING") // connects, so that the greeting is not seen
	lines, _ := s.View().Monitor()
	s.SetTime(1_000_001)
	do(t, s, "SET", "sess:a", `{"user":"Ada"}`, "EX", "86400")
	do(t, s, "GET", "sess:a")
	_ = s.View().Do("GET", "sess:a") // who looks in is not the run
	do(t, s, "EXPIRE", "sess:a", "86400")
	s.SetTime(2_000_000)
	do(t, s, "DEL", "sess:a")
	do(t, s, "INCR", "n")
	s.Each(func(string, string, int64) {})
	s.Close()
	want := []string{
		`1767225601.000001 [0 in-process] "SET" "sess:a" "{\"user\":\"Ada\"}" "EX" "86400"`,
		`1767225601.000001 [0 in-process] "GET" "sess:a"`,
		`1767225601.000001 [0 in-process] "EXPIRE" "sess:a" "86400"`,
		`1767225602.000000 [0 in-process] "DEL" "sess:a"`,
		`1767225602.000000 [0 in-process] "INCR" "n"`,
	}
	var got []string
	for line := range lines {
		got = append(got, line)
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
}

// TestMonitorNeverHoldsUpTheRun: a reader that does not read is let go.
func TestMonitorNeverHoldsUpTheRun(t *testing.T) {
	s := redis.New()
	defer s.Close()
	slow, stopSlow := s.View().Monitor()
	for range 10_000 {
		do(t, s, "GET", "sess:a")
	}
	n := 0
	for range slow { // ends: it was closed
		n++
	}
	if n == 0 || n >= 10_000 {
		t.Errorf("%d lines", n)
	}
	stopSlow()
	lines, stop := s.View().Monitor()
	stop()
	stop()
	if _, ok := <-lines; ok {
		t.Error("a line after stop")
	}
	s.Close()
	if _, ok := <-first(s.View().Monitor()); ok {
		t.Error("a line after the run")
	}
}

func first(lines <-chan string, _ func()) <-chan string { return lines }
