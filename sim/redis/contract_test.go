package redis_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"procession/sim/redis"
)

// commands is what the cluster needs of a session store.
type commands interface {
	Set(key, value string, exSeconds int64) error
	Get(key string) (value string, ok bool, err error)
	Expire(key string, exSeconds int64) (bool, error)
	Del(key string) (bool, error)
	Do(args ...string) (any, error)
}

var (
	_ commands = (*redis.Store)(nil)
	_ commands = redis.Client{}
)

// testContract holds a store to what Redis does. make gives an empty store and
// a function that lets seconds go by in it.
func testContract(t *testing.T, make func(t *testing.T) (s commands, pass func(seconds int64))) {
	t.Run("get what was set", func(t *testing.T) {
		s, _ := make(t)
		want := "{\"user\":\"Zoë\\n\"}\r\n\x00"
		must(t, s.Set("sess:a", want, 60))
		if got, ok, err := s.Get("sess:a"); got != want || !ok || err != nil {
			t.Errorf("Get = %q, %v, %v, want %q", got, ok, err, want)
		}
		must(t, s.Set("sess:a", "", 60))
		if got, ok, err := s.Get("sess:a"); got != "" || !ok || err != nil {
			t.Errorf("Get of an empty value = %q, %v, %v", got, ok, err)
		}
	})
	t.Run("nothing there", func(t *testing.T) {
		s, _ := make(t)
		if got, ok, err := s.Get("sess:none"); got != "" || ok || err != nil {
			t.Errorf("Get = %q, %v, %v", got, ok, err)
		}
		if ok, err := s.Expire("sess:none", 60); ok || err != nil {
			t.Errorf("Expire = %v, %v", ok, err)
		}
		if ok, err := s.Del("sess:none"); ok || err != nil {
			t.Errorf("Del = %v, %v", ok, err)
		}
	})
	t.Run("deleted", func(t *testing.T) {
		s, _ := make(t)
		must(t, s.Set("sess:a", "1", 60))
		if ok, err := s.Del("sess:a"); !ok || err != nil {
			t.Errorf("Del = %v, %v", ok, err)
		}
		if _, ok, err := s.Get("sess:a"); ok || err != nil {
			t.Errorf("Get after Del = %v, %v", ok, err)
		}
	})
	t.Run("expires", func(t *testing.T) {
		s, pass := make(t)
		must(t, s.Set("sess:a", "1", 60))
		pass(20)
		wantLife(t, s, "sess:a", 40)
		must(t, s.Set("sess:b", "2", 60))
		pass(30)
		wantLife(t, s, "sess:a", 10)
		wantLife(t, s, "sess:b", 30)
		if ok, err := s.Expire("sess:a", 100); !ok || err != nil {
			t.Errorf("Expire = %v, %v", ok, err)
		}
		pass(40)
		wantLife(t, s, "sess:a", 60)
		wantLife(t, s, "sess:b", -2)
		if _, ok, err := s.Get("sess:b"); ok || err != nil {
			t.Errorf("Get of an expired key = %v, %v", ok, err)
		}
		pass(61)
		if ok, err := s.Expire("sess:a", 100); ok || err != nil {
			t.Errorf("Expire of an expired key = %v, %v", ok, err)
		}
	})
	t.Run("set anew has a new life", func(t *testing.T) {
		s, pass := make(t)
		must(t, s.Set("sess:a", "1", 10))
		pass(5)
		must(t, s.Set("sess:a", "2", 100))
		pass(20)
		wantLife(t, s, "sess:a", 80)
		must(t, s.Set("sess:a", "3", 10))
		wantLife(t, s, "sess:a", 10)
	})
	t.Run("a life of nothing", func(t *testing.T) {
		s, pass := make(t)
		if err := s.Set("sess:a", "1", 0); err == nil || !strings.Contains(err.Error(), "invalid expire time") {
			t.Errorf("Set with 0 s = %v, want an error about the expire time", err)
		}
		must(t, s.Set("sess:a", "1", 10))
		pass(1)
		if ok, err := s.Expire("sess:a", 0); !ok || err != nil {
			t.Errorf("Expire in 0 s = %v, %v", ok, err)
		}
		if _, ok, _ := s.Get("sess:a"); ok {
			t.Error("the key is still there after EXPIRE 0")
		}
	})
	t.Run("any command", func(t *testing.T) {
		s, pass := make(t)
		want := []any{int64(1), int64(2), nil, int64(1), []any{"2", nil}, int64(1), int64(0), "OK"}
		var got []any
		for _, line := range []string{"INCR n", "INCR n", "GET m", "EXPIRE n 5", "MGET n m", "EXISTS n", "PUBLISH c x", "SET p 1 EX 5"} {
			v, err := s.Do(strings.Fields(line)...)
			must(t, err)
			got = append(got, v)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
		pass(4)
		wantLife(t, s, "n", 1)
		pass(2)
		wantLife(t, s, "n", -2)
		wantLife(t, s, "p", -2)
		if _, err := s.Do("NOSUCH", "x"); err == nil || !strings.Contains(err.Error(), "unknown command") {
			t.Errorf("Do(NOSUCH) = %v, want an error about the command", err)
		}
		if _, err := s.Do("LPUSH", "list", "x"); err != nil {
			t.Error(err)
		}
		if _, _, err := s.Get("list"); err == nil || !strings.Contains(err.Error(), "WRONGTYPE") {
			t.Errorf("Get of a list = %v, want WRONGTYPE", err)
		}
	})
	t.Run("large", func(t *testing.T) {
		s, _ := make(t)
		want := strings.Repeat(`{"user":"Ada"}`, 10_000)
		must(t, s.Set("sess:a", want, 60))
		if got, ok, err := s.Get("sess:a"); got != want || !ok || err != nil {
			t.Errorf("Get of %d bytes = %d bytes, %v, %v", len(want), len(got), ok, err)
		}
	})
}

// wantLife asks for the seconds that a key still has to live; -2: no such key.
func wantLife(t *testing.T, s commands, key string, want int64) {
	t.Helper()
	// In ms and rounded up: on a real server a little time goes by between.
	got, err := s.Do("PTTL", key)
	must(t, err)
	seconds := got.(int64)
	if seconds > 0 {
		seconds = (seconds + 999) / 1000
	}
	if seconds != want {
		t.Errorf("life of %s: %d s (%v ms), want %d s", key, seconds, got, want)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestContractOfStore(t *testing.T) {
	testContract(t, func(t *testing.T) (commands, func(int64)) {
		s := redis.New()
		t.Cleanup(s.Close)
		now := int64(0)
		return s, func(seconds int64) {
			now += seconds * 1_000_000
			s.SetTime(now)
		}
	})
}

func TestContractOfRedisServer(t *testing.T) {
	addr := startRedis(t)
	testContract(t, func(t *testing.T) (commands, func(int64)) {
		c := dialRedis(t, addr)
		_, err := c.Do("FLUSHALL")
		must(t, err)
		// A real server's time is its own, so seconds go by in that every key
		// gets as much nearer to its end.
		return c, func(seconds int64) {
			keys, err := c.Do("KEYS", "*")
			must(t, err)
			for _, k := range keys.([]any) {
				end, err := c.Do("PEXPIRETIME", k.(string))
				must(t, err)
				if end.(int64) > 0 {
					_, err = c.Do("PEXPIREAT", k.(string), fmt.Sprint(end.(int64)-seconds*1000))
					must(t, err)
				}
			}
		}
	})
}
