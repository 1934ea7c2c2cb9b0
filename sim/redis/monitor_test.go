package redis_test

import (
	"slices"
	"strings"
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
	_, _ = s.View().Do("GET", "sess:a") // who looks in is not the run
	do(t, s, "EXPIRE", "sess:a", "86400")
	s.SetTime(2_000_000)
	do(t, s, "DEL", "sess:a")
	do(t, s, "INCR", "n")
	s.Each(func(string, string, int64) {})
	s.Close()
	want := []string{
		`1767225601.500001 [0 in-process] "SET" "sess:a" "{\"user\":\"Ada\"}" "EX" "86400"`,
		`1767225601.500001 [0 in-process] "GET" "sess:a"`,
		`1767225601.500001 [0 in-process] "EXPIRE" "sess:a" "86400"`,
		`1767225602.500000 [0 in-process] "DEL" "sess:a"`,
		`1767225602.500000 [0 in-process] "INCR" "n"`,
	}
	got := all(lines)
	if !slices.Equal(got, want) {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
}

// TestMonitorNeverHoldsUpTheRun: a reader that does not read is let go.
func TestMonitorNeverHoldsUpTheRun(t *testing.T) {
	s := redis.New()
	defer s.Close()
	slow, stopSlow := s.View().Monitor()
	for range 50_000 {
		do(t, s, "GET", "sess:a")
	}
	if n := len(all(slow)); n == 0 || n >= 50_000 {
		t.Errorf("%d lines", n)
	}
	stopSlow()
	lines, stop := s.View().Monitor()
	stop()
	stop()
	if got := lines.Take(); got != nil {
		t.Errorf("after stop: the lines %q", got)
	}
	s.Close()
	lines, _ = s.View().Monitor()
	if got := lines.Take(); got != nil {
		t.Errorf("after the run: the lines %q", got)
	}
}

// TestMonitorIsBoundedInBytes: few lines that are long weigh as much as many
// that are short.
func TestMonitorIsBoundedInBytes(t *testing.T) {
	s := redis.New()
	defer s.Close()
	do(t, s, "PING") // connects, so that the greeting is not seen
	slow, stop := s.View().Monitor()
	defer stop()
	value := strings.Repeat("x", 100_000)
	for range 100 {
		do(t, s, "SET", "sess:a", value, "EX", "60")
	}
	if n := len(all(slow)); n != 10 {
		t.Errorf("%d lines of 100 KB wait, want 10: 1 MB", n)
	}
}

// all gives the lines up to the end, which must come.
func all(lines *redis.Lines) (got []string) {
	for some := lines.Take(); len(some) > 0; some = lines.Take() {
		got = append(got, some...)
	}
	return got
}
