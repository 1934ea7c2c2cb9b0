package des_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"procession/sim/des"
)

// TestOrderAgainstList holds handlers and timers against a sorted list.
func TestOrderAgainstList(t *testing.T) {
	const timers = 64 // their ids are 0 to 63
	delays := rapid.OneOf(rapid.Int64Range(0, 3), rapid.Int64Range(0, 200))
	rapid.Check(t, func(t *rapid.T) {
		env := des.NewEnv()
		defer env.Close()
		var model list
		var got, want []string
		// Each thing that fires schedules what its number says, if anything.
		follow := map[int]des.Time{}
		next := timers
		stopping := false
		fired := func(id int) {
			got = append(got, fmt.Sprint(env.Now(), " ", id))
			if stopping {
				env.Stop()
			}
		}
		var handler func(id int) call
		handler = func(id int) call {
			return func() {
				fired(id)
				if d, ok := follow[id]; ok {
					env.Schedule(d, handler(-id))
				}
			}
		}
		step := func(limit des.Time) bool {
			p, ok := model.pop(limit)
			if !ok {
				return false
			}
			want = append(want, fmt.Sprint(model.now, " ", p.id))
			if d, ok := follow[p.id]; ok {
				model.add(model.now+d, -p.id)
			}
			return true
		}
		clocks := make([]des.Timer, timers)
		for i := range clocks {
			clocks[i].Init(env, call(func() { fired(i) }))
		}
		t.Repeat(map[string]func(*rapid.T){
			"schedule": func(t *rapid.T) {
				for range rapid.SampledFrom([]int{1, 1, 1, 50}).Draw(t, "times") {
					d := delays.Draw(t, "delay")
					if rapid.Bool().Draw(t, "more") {
						follow[next] = delays.Draw(t, "follow")
					}
					env.Schedule(d, handler(next))
					model.add(model.now+d, next)
					next++
				}
			},
			"set": func(t *rapid.T) {
				for range rapid.SampledFrom([]int{1, 1, 1, 50}).Draw(t, "times") {
					i, d := rapid.IntRange(0, timers-1).Draw(t, "timer"), delays.Draw(t, "delay")
					clocks[i].Set(d)
					model.remove(i)
					model.add(model.now+d, i)
				}
			},
			"call off": func(t *rapid.T) {
				i := rapid.IntRange(0, timers-1).Draw(t, "timer")
				clocks[i].Stop()
				model.remove(i)
			},
			"stop": func(t *rapid.T) {
				// After the next event nothing happens, though more is due.
				at, ok := env.Peek()
				if !ok {
					return
				}
				stopping = true
				env.RunUntil(at)
				stopping = false
				step(at)
			},
			"run until": func(t *rapid.T) {
				to := env.Now() + delays.Draw(t, "by")
				env.RunUntil(to)
				for step(to) {
				}
				model.now = to
			},
			"run before": func(t *rapid.T) {
				to := env.Now() + delays.Draw(t, "by")
				env.RunBefore(to)
				for to > model.now && step(to-1) {
				}
				model.now = to
			},
			"": func(t *rapid.T) {
				if !slices.Equal(got, want) {
					t.Fatalf("got  %q\nwant %q", got, want)
				}
				at, ok := env.Peek()
				if p, pok := model.peek(); ok != pok || at != p.at || env.Now() != model.now {
					t.Fatalf("at %d Peek gives %d %v; want at %d %d %v", env.Now(), at, ok, model.now, p.at, pok)
				}
				for i := range clocks {
					at, ok := clocks[i].When()
					j := slices.IndexFunc(model.all, func(p pending) bool { return p.id == i })
					if ok != (j >= 0) || ok && at != model.all[j].at {
						t.Fatalf("timer %d is set for %d %v, want %v", i, at, ok, model.all)
					}
				}
			},
		})
	})
}
