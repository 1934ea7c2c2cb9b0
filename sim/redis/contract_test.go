package redis_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"procession/sim/redis"
	"procession/sim/store"
	"procession/sim/store/storetest"
)

func TestContractOfStore(t *testing.T) {
	storetest.Store(t, func() store.Store { return redis.New() })
}

func TestContractOfRedisServer(t *testing.T) {
	addr := startRedis(t)
	storetest.Commands(t, func(t *testing.T) (storetest.Doer, func(int64)) {
		c := dialRedis(t, addr)
		do(t, c, "FLUSHALL")
		// A real server's time is its own, so seconds go by in that every key
		// gets as much nearer to its end.
		return c, func(seconds int64) {
			for _, k := range do(t, c, "KEYS", "*").([]any) {
				if end := do(t, c, "PEXPIRETIME", k.(string)).(int64); end > 0 {
					do(t, c, "PEXPIREAT", k.(string), fmt.Sprint(end-seconds*1000))
				}
			}
		}
	})
}

// TestAnyCommand: the server takes more than the commands of the contract, and
// lives that these give are kept.
func TestAnyCommand(t *testing.T) {
	s := redis.New()
	defer s.Close()
	want := []any{int64(1), "OK", []any{"1", nil}, int64(1), "OK", int64(1)}
	var got []any
	for _, line := range []string{"INCR n", "SET m 1 PX 1500", "MGET n x", "EXISTS n", "SET p 1 NX EX 5", "LPUSH list x"} {
		got = append(got, do(t, s, strings.Fields(line)...))
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if _, err := s.Do("GET", "list"); err == nil || !strings.Contains(err.Error(), "WRONGTYPE") {
		t.Errorf("GET of a list = %v, want WRONGTYPE", err)
	}
	s.SetTime(1_499_999)
	if got := do(t, s, "GET", "m"); got != "1" {
		t.Errorf("m is gone too early: %v", got)
	}
	s.SetTime(1_500_000)
	if got := do(t, s, "GET", "m"); got != nil {
		t.Errorf("m is still there: %v", got)
	}
}

// do sends a command that the server must take.
func do(t testing.TB, s storetest.Doer, words ...string) any {
	t.Helper()
	reply, err := s.Do(words...)
	must(t, err)
	return reply
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
