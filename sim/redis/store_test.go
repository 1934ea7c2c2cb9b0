package redis_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"procession/sim/redis"
)

// TestExpiryIsExact: a key is there in the last microsecond of its life and
// gone in the next, whatever was asked between.
func TestExpiryIsExact(t *testing.T) {
	s := redis.New()
	defer s.Close()
	s.SetTime(123_456)
	must(t, s.Set("sess:first", "1", 3))
	s.SetTime(500_001)
	must(t, s.Set("sess:a", "1", 2))
	s.SetTime(1_234_567)
	if ok, _ := s.Expire("sess:a", 2); !ok {
		t.Fatal("no key to prolong")
	}
	s.SetTime(3_234_566)
	if _, ok, _ := s.Get("sess:a"); !ok {
		t.Error("gone 1 µs too early")
	}
	if _, ok, _ := s.Get("sess:first"); ok {
		t.Error("the first key outlived its time")
	}
	s.SetTime(3_234_567)
	if _, ok, _ := s.Get("sess:a"); ok {
		t.Error("still there at the end of its life")
	}
}

// TestLivesAgainstModel compares the store with a plain map after each of many
// random commands at random times.
func TestLivesAgainstModel(t *testing.T) {
	for seed := range uint64(20) {
		rnd := rand.New(rand.NewPCG(seed, 1))
		s := redis.New()
		type entry struct {
			value   string
			expires int64
		}
		model := map[string]entry{}
		now := int64(0)
		for step := range 400 {
			now += rnd.Int64N(700_000)
			s.SetTime(now)
			for k, e := range model {
				if e.expires <= now {
					delete(model, k)
				}
			}
			key, ex := fmt.Sprintf("sess:%d", rnd.IntN(8)), 1+rnd.Int64N(4)
			_, has := model[key]
			what := rnd.IntN(12)
			switch {
			case what < 4:
				v := fmt.Sprint(step)
				must(t, s.Set(key, v, ex))
				model[key] = entry{v, now + ex*1_000_000}
			case what < 7:
				ok, err := s.Expire(key, ex)
				must(t, err)
				if ok != has {
					t.Fatalf("seed %d step %d: Expire(%s) = %v, want %v", seed, step, key, ok, has)
				}
				if has {
					model[key] = entry{model[key].value, now + ex*1_000_000}
				}
			case what < 8:
				ok, err := s.Del(key)
				must(t, err)
				if ok != has {
					t.Fatalf("seed %d step %d: Del(%s) = %v, want %v", seed, step, key, ok, has)
				}
				delete(model, key)
			case what < 9:
				v := fmt.Sprint(step)
				_, err := s.Do("SET", key, v, "PX", fmt.Sprint(ex*333))
				must(t, err)
				model[key] = entry{v, now + ex*333_000}
			case what < 10 && rnd.IntN(10) == 0:
				s.Flush()
				clear(model)
			default:
				v, ok, err := s.Get(key)
				must(t, err)
				if ok != has || v != model[key].value {
					t.Fatalf("seed %d step %d: Get(%s) = %q, %v, want %q, %v", seed, step, key, v, ok, model[key].value, has)
				}
			}
			if step%7 != 0 {
				continue // looking moves the server's time: do it now and then
			}
			var got, want []string
			s.Each(func(key, value string, expires int64) {
				got = append(got, fmt.Sprint(key, "=", value, " until ", expires))
			})
			for k, e := range model {
				want = append(want, fmt.Sprint(k, "=", e.value, " until ", e.expires))
			}
			slices.Sort(want)
			if !slices.Equal(got, want) || s.Len() != len(want) {
				t.Fatalf("seed %d step %d: the store holds\n%s\nwant\n%s", seed, step, strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		}
		s.Close()
	}
}

// TestTimeIsVirtual: the server knows no other clock.
func TestTimeIsVirtual(t *testing.T) {
	s := redis.New()
	defer s.Close()
	s.SetTime(2_500_000)
	got, err := s.Do("TIME")
	must(t, err)
	if want := fmt.Sprint([]any{fmt.Sprint(redis.EpochUnix + 2), "500000"}); fmt.Sprint(got) != want {
		t.Errorf("TIME = %v, want %v", got, want)
	}
}

func TestFlush(t *testing.T) {
	s := redis.New()
	defer s.Close()
	s.Flush() // before anything was started
	must(t, s.Set("sess:a", "1", 60))
	s.Flush()
	if _, ok, err := s.Get("sess:a"); ok || err != nil || s.Len() != 0 {
		t.Errorf("after Flush: ok=%v err=%v len=%d", ok, err, s.Len())
	}
}

// TestCloseLeavesNoGoroutine also covers a store that was never used and one
// that is used after its end.
func TestCloseLeavesNoGoroutine(t *testing.T) {
	before := runtime.NumGoroutine()
	for i := range 20 {
		s := redis.New()
		if i%2 == 0 {
			must(t, s.Set("sess:a", "1", 60))
			_ = s.View().Do("GET", "sess:a")
		}
		s.Close()
		s.Close()
		if err := s.Set("sess:a", "1", 60); err == nil {
			t.Error("Set after Close gave no error")
		}
	}
	for runtime.NumGoroutine() > before { // the last of a pipe may still be on its way out
		runtime.Gosched()
	}
}
