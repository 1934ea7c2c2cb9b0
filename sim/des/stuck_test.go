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
				sleep(env, p, 7)
				for {
					sleep(env, p, 0)
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
			}
			var stuck *des.Stuck
			if !errors.As(env.Err(), &stuck) || *stuck != (des.Stuck{At: 7, Events: 100}) || env.Now() != 7 {
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
	env.SetBudget(6) // a sleep is two events: the timer's, and the process's
	naps := 0
	env.Start(des.Label{}, func(p *des.Proc) {
		for range 100 {
			for _, d := range []des.Time{1, 0, 0} {
				sleep(env, p, d)
				naps++
			}
		}
	})
	finish(env)
	if env.Err() != nil || env.Now() != 100 || naps != 300 {
		t.Errorf("%v at %d after %d naps", env.Err(), env.Now(), naps)
	}
}
