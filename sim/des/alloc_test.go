package des_test

import (
	"testing"

	"procession/internal/testenv"
	"procession/sim/des"
)

func TestEventsAllocateNothing(t *testing.T) {
	if testenv.Raced {
		t.Skip("the race detector allocates by itself")
	}
	for name, begin := range map[string]func(env *des.Env, happened func()){
		"processes that wait for a moment": func(env *des.Env, happened func()) {
			for i := range 100 {
				startSleeper(env, des.Time(1+i%7), func(*sleeper) { happened() })
			}
		},
		"no delay": func(env *des.Env, happened func()) {
			startSleeper(env, 0, func(s *sleeper) {
				happened()
				s.delay = 1 - s.delay
			})
		},
		"handlers": func(env *des.Env, happened func()) {
			for range 100 {
				env.Schedule(1, &again{env, happened})
			}
		},
		"timers": func(env *des.Env, happened func()) {
			var off, on des.Timer
			off.Init(env, call(func() {}))
			on.Init(env, call(func() {
				happened()
				off.Set(50)
				on.Set(1)
			}))
			on.Set(1)
		},
	} {
		t.Run(name, func(t *testing.T) {
			env, _ := world(t)
			events := 0
			begin(env, func() { events++ })
			env.RunUntil(100)
			before := events
			got := testing.AllocsPerRun(100, func() { env.RunUntil(env.Now() + 10) })
			if got != 0 {
				t.Errorf("%v allocations in 10 µs", got)
			}
			if events < before+1000 {
				t.Errorf("only %d events", events-before)
			}
		})
	}
}
