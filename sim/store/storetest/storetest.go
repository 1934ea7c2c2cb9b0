package storetest

import (
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"procession/sim/store"
)

// Doer executes commands: a store, or the client of a real server.
type Doer interface {
	Do(words ...string) (any, error)
}

// Commands holds a server to what Redis does with commands. begin gives an
// empty one and a function that lets seconds go by in it.
func Commands(t *testing.T, begin func(t *testing.T) (s Doer, pass func(seconds int64))) {
	for _, c := range []struct{ about, script string }{
		{"get what was set", `
			SET a 1 EX 60 → OK
			GET a → 1
			SET a 2 → OK
			GET a → 2`},
		{"nothing there", `
			GET none → nil
			EXPIRE none 60 → 0
			DEL none → 0
			PTTL none → -2`},
		{"deleted", `
			SET a 1 EX 60 → OK
			DEL a → 1
			GET a → nil
			DEL a → 0`},
		{"expires", `
			SET a 1 EX 60 → OK
			pass 20
			life a → 40
			SET b 2 EX 60 → OK
			pass 30
			life a → 10
			life b → 30
			EXPIRE a 100 → 1
			pass 40
			life a → 60
			life b → -2
			GET b → nil
			pass 61
			EXPIRE a 100 → 0`},
		{"set anew has a new life", `
			SET a 1 EX 10 → OK
			pass 5
			SET a 2 EX 100 → OK
			pass 20
			life a → 80
			SET a 3 EX 10 → OK
			life a → 10
			SET a 4 → OK
			life a → -1
			pass 20
			GET a → 4`},
		{"a life of nothing", `
			SET a 1 EX 0 → error invalid expire time
			GET a → nil
			SET a 1 EX 10 → OK
			pass 1
			EXPIRE a 0 → 1
			GET a → nil
			SET a 1 EX 10 → OK
			EXPIRE a -1 → 1
			GET a → nil`},
		{"a counter", `
			INCR n → 1
			INCR n → 2
			GET n → 2
			life n → -1
			SET n 41 → OK
			INCR n → 42
			EXPIRE n 10 → 1
			pass 4
			INCR n → 43
			life n → 6
			pass 7
			INCR n → 1
			SET n x → OK
			INCR n → error not an integer`},
		{"nobody listens", `PUBLISH chat hello → 0`},
		{"mistakes", `
			NOSUCH x → error unknown command
			GET → error wrong number of arguments
			SET a → error wrong number of arguments
			SET a 1 EX many → error not an integer
			EXPIRE a many → error not an integer`},
	} {
		t.Run(c.about, func(t *testing.T) {
			s, pass := begin(t)
			for line := range strings.Lines(c.script) {
				if line = strings.TrimSpace(line); line != "" {
					step(t, s, pass, line)
				}
			}
		})
	}
	for about, value := range map[string]string{
		"odd bytes": "{\"user\":\"Zoë\\n\"}\r\n\x00",
		"empty":     "",
		"large":     strings.Repeat(`{"user":"Ada"}`, 10_000),
	} {
		t.Run(about, func(t *testing.T) {
			s, _ := begin(t)
			must(t, s, "SET", "a", value, "EX", "60")
			if got := must(t, s, "GET", "a"); got != value {
				t.Errorf("GET gave %.80q, want %.80q", got, value)
			}
		})
	}
}

// Store holds a store to the whole contract. It makes the stores itself.
func Store(t *testing.T, begin func() store.Store) {
	Commands(t, func(t *testing.T) (Doer, func(int64)) {
		s := begin()
		t.Cleanup(s.Close)
		now := int64(0)
		return s, func(seconds int64) {
			now += seconds * 1_000_000
			s.SetTime(now)
		}
	})
	t.Run("to the microsecond", func(t *testing.T) {
		s := begin()
		defer s.Close()
		s.SetTime(123_456)
		must(t, s, "SET", "first", "1", "EX", "3")
		s.SetTime(500_001)
		must(t, s, "SET", "a", "1", "EX", "2")
		s.SetTime(1_234_567)
		if got := must(t, s, "EXPIRE", "a", "2"); got != int64(1) {
			t.Fatal("no key to prolong")
		}
		s.SetTime(3_234_566)
		if got := must(t, s, "GET", "a"); got != "1" {
			t.Error("gone 1 µs too early")
		}
		if got := must(t, s, "GET", "first"); got != nil {
			t.Error("the first key outlived its time")
		}
		s.SetTime(3_234_567)
		if got := must(t, s, "GET", "a"); got != nil {
			t.Error("still there at the end of its life")
		}
	})
	t.Run("flushed", func(t *testing.T) {
		s := begin()
		defer s.Close()
		s.Flush() // before anything was started
		must(t, s, "SET", "a", "1", "EX", "60")
		must(t, s, "INCR", "n")
		s.Flush()
		if a, n := must(t, s, "GET", "a"), must(t, s, "INCR", "n"); a != nil || n != int64(1) {
			t.Errorf("after Flush: %v, %v", a, n)
		}
	})
	t.Run("saved and loaded", func(t *testing.T) {
		s := begin()
		defer s.Close()
		s.Save() // before anything was started
		s.Load()
		must(t, s, "SET", "a", "1", "EX", "60")
		must(t, s, "SET", "short", "1", "EX", "2")
		must(t, s, "INCR", "n")
		s.SetTime(500_000)
		s.Save()
		must(t, s, "SET", "a", "2", "EX", "90")
		must(t, s, "SET", "late", "1", "EX", "60")
		must(t, s, "DEL", "n")
		s.Flush()
		s.SetTime(59_999_999)
		s.Load()
		var got []any
		for _, key := range []string{"a", "short", "late", "n"} {
			got = append(got, must(t, s, "GET", key))
		}
		if want := []any{"1", nil, nil, "1"}; !slices.Equal(got, want) {
			t.Errorf("a, short, late and n are %v after Load, want %v", got, want)
		}
		s.SetTime(60_000_000)
		if got := must(t, s, "GET", "a"); got != nil {
			t.Error("a key that was loaded outlived its time")
		}
		if got := must(t, s, "INCR", "n"); got != int64(2) {
			t.Errorf("INCR of what was loaded is %v", got)
		}
	})
	t.Run("closed", func(t *testing.T) {
		before := runtime.NumGoroutine()
		for i := range 20 {
			s := begin()
			if i%2 == 0 {
				must(t, s, "SET", "a", "1", "EX", "60")
			}
			s.Close()
			s.Close()
			s.Flush()
			s.Save()
			s.Load()
			if _, err := s.Do("SET", "a", "1", "EX", "60"); err == nil {
				t.Error("a command after Close gave no error")
			}
		}
		for runtime.NumGoroutine() > before { // the last may still be on its way out
			runtime.Gosched()
		}
	})
}

// step does a line of a script: a command and its reply, "pass SECONDS", or
// "life KEY" and the seconds that it has left.
func step(t *testing.T, s Doer, pass func(int64), line string) {
	t.Helper()
	left, want, _ := strings.Cut(line, " → ")
	words := strings.Fields(left)
	switch words[0] {
	case "pass":
		pass(number(t, words[1]))
		return
	case "life":
		// In ms and rounded up: on a real server a little time goes by between.
		ms := must(t, s, "PTTL", words[1]).(int64)
		if ms > 0 {
			ms = (ms + 999) / 1000
		}
		if ms != number(t, want) {
			t.Errorf("%s: %d s", line, ms)
		}
		return
	}
	reply, err := s.Do(words...)
	if message, refused := strings.CutPrefix(want, "error "); refused {
		if err == nil || !strings.Contains(err.Error(), message) {
			t.Errorf("%s: got %v, %v", line, reply, err)
		}
		return
	}
	if got := text(reply); err != nil || got != want {
		t.Errorf("%s: got %s, %v", line, got, err)
	}
}

func must(t *testing.T, s Doer, words ...string) any {
	t.Helper()
	reply, err := s.Do(words...)
	if err != nil {
		t.Fatalf("%s: %v", words[0], err)
	}
	return reply
}

// text gives a reply as the scripts write it.
func text(reply any) string {
	if reply == nil {
		return "nil"
	}
	return fmt.Sprint(reply)
}

func number(t *testing.T, word string) int64 {
	t.Helper()
	n, err := strconv.ParseInt(word, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
