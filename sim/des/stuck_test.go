package des_test

import (
	"errors"
	"testing"

	"procession/sim/des"
)

func TestStuck(t *testing.T) {
	for name, begin := range map[string]func(env *des.Env){
		"a process": func(env *des.Env) {
			env.Start(des.Label{}, func(p *des.Proc) {
				_ = p.Timeout(7)
				for p.Timeout(0) == nil {
				}
			})
		},
		"handlers": func(env *des.Env) {
			var h call
			h = func() { env.Schedule(0, h) }
			env.Schedule(7, h)
		},
		"a timer": func(env *des.Env) {
			var timer des.Timer
			timer.Init(env, call(func() { timer.Set(0) }))
			timer.Set(7)
		},
	} {
		t.Run(name, func(t *testing.T) {
			env, _ := world(t)
			env.SetBudget(100)
			env.Schedule(20, call(func() { t.Error("time passed") }))
			begin(env)
			for range 3 { // for good
				env.RunUntil(1000)
				env.RunBefore(1000)
				env.Run()
			}
			var stuck *des.Stuck
			if !errors.As(env.Err(), &stuck) || *stuck != (des.Stuck{At: 7, Events: 100}) || env.Now() != 7 || env.Step() {
				t.Errorf("Err is %v at %d", env.Err(), env.Now())
			}
			const want = "des: time does not pass: 100 events at 7 µs, and still more"
			if got := env.Err().Error(); got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

func TestBudgetIsOfAnInstant(t *testing.T) {
	env, _ := world(t)
	env.SetBudget(3)
	env.Start(des.Label{}, func(p *des.Proc) {
		for range 100 {
			for _, d := range []des.Time{1, 0, 0} {
				if err := p.Timeout(d); err != nil {
					t.Error(err)
				}
			}
		}
	})
	env.Run()
	if env.Err() != nil || env.Now() != 100 || env.Steps() != 301 {
		t.Errorf("%v at %d after %d steps", env.Err(), env.Now(), env.Steps())
	}
}
