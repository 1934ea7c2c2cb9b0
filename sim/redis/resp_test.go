package redis_test

import (
	"testing"

	"procession/sim/redis"
)

func TestCut(t *testing.T) {
	whole := "*2\r\n$3\r\nGET\r\n$4\r\na\r\nb\r\n"
	args, rest, err := redis.Cut([]byte(whole + "*1\r\n"))
	if err != nil || len(args) != 2 || args[0] != "GET" || args[1] != "a\r\nb" || string(rest) != "*1\r\n" {
		t.Errorf("Cut = %q, rest %q, %v", args, rest, err)
	}
	for n := range len(whole) {
		args, rest, err := redis.Cut([]byte(whole[:n]))
		if args != nil || err != nil || string(rest) != whole[:n] {
			t.Errorf("Cut(%q) = %q, rest %q, %v; want no command yet", whole[:n], args, rest, err)
		}
	}
	for _, bad := range []string{"GET a\r\n", "*x\r\n", "*0\r\n", "*-1\r\n", "*1\r\n:1\r\n", "*1\r\n$-1\r\n", "\r\n"} {
		if args, _, err := redis.Cut([]byte(bad)); err == nil {
			t.Errorf("Cut(%q) = %q, want an error", bad, args)
		}
	}
}

// TestCutIsNotFooledByLengths makes sure that a length that cannot be is an
// error or a wait, never a panic and never a large allocation.
func TestCutIsNotFooledByLengths(t *testing.T) {
	for _, bad := range []string{"*999999999999\r\n", "*2147483647\r\n", "*1\r\n$9223372036854775807\r\nx\r\n"} {
		if args, _, _ := redis.Cut([]byte(bad)); args != nil {
			t.Errorf("Cut(%q) = %q", bad, args)
		}
	}
}
