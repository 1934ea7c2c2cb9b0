package redis_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"procession/sim/redis"
	"procession/sim/store"
)

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
				do(t, s, "SET", key, v, "EX", fmt.Sprint(ex))
				model[key] = entry{v, now + ex*1_000_000}
			case what < 7:
				if ok := do(t, s, "EXPIRE", key, fmt.Sprint(ex)) == int64(1); ok != has {
					t.Fatalf("seed %d step %d: Expire(%s) = %v, want %v", seed, step, key, ok, has)
				}
				if has {
					model[key] = entry{model[key].value, now + ex*1_000_000}
				}
			case what < 8:
				if ok := do(t, s, "DEL", key) == int64(1); ok != has {
					t.Fatalf("seed %d step %d: Del(%s) = %v, want %v", seed, step, key, ok, has)
				}
				delete(model, key)
			case what < 9:
				v := fmt.Sprint(step)
				do(t, s, "SET", key, v, "PX", fmt.Sprint(ex*333))
				model[key] = entry{v, now + ex*333_000}
			case what < 10 && rnd.IntN(10) == 0:
				s.Flush()
				clear(model)
			default:
				v, ok := do(t, s, "GET", key).(string)
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
			if !slices.Equal(got, want) {
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
	got := do(t, s, "TIME")
	if want := fmt.Sprint([]any{fmt.Sprint((store.Epoch + 2_500_000) / 1_000_000), "0"}); fmt.Sprint(got) != want {
		t.Errorf("TIME = %v, want %v", got, want)
	}
}
