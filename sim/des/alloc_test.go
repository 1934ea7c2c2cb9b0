package des_test

import (
	"testing"

	"procession/sim/des"
)

func TestEventsAllocateNothing(t *testing.T) {
	if raceOn {
		t.Skip("the race detector allocates by itself")
	}
	for name, begin := range map[string]func(env *des.Env){
		"timeouts": func(env *des.Env) {
			for i := range 100 {
				env.Start(des.Label{}, func(p *des.Proc) {
					for p.Timeout(des.Time(1+i%7)) == nil {
					}
				})
			}
		},
		"no delay": func(env *des.Env) {
			env.Start(des.Label{}, func(p *des.Proc) {
				for p.Timeout(0) == nil {
					_ = p.Timeout(1)
				}
			})
		},
		"handlers": func(env *des.Env) {
			for range 100 {
				env.Schedule(1, &again{env})
			}
		},
		"timers": func(env *des.Env) {
			var off, on des.Timer
			off.Init(env, call(func() {}))
			on.Init(env, call(func() {
				off.Set(50)
				on.Set(1)
			}))
			on.Set(1)
		},
		"queue and resource": func(env *des.Env) {
			q, r := des.NewQueue[int](env), env.NewResource(1)
			env.Start(des.Label{}, func(p *des.Proc) {
				for i := 0; p.Timeout(1) == nil; i++ {
					q.Put(i)
					q.Put(i)
				}
			})
			for range 3 {
				env.Start(des.Label{}, func(p *des.Proc) {
					for {
						if _, err := q.Get(p); err != nil {
							return
						}
						if r.Request(p) != nil {
							return
						}
						_ = p.Timeout(0)
						r.Release()
					}
				})
			}
		},
		"park and wake": func(env *des.Env) {
			p := env.Start(des.Label{}, func(p *des.Proc) {
				for p.Park() == nil {
				}
			})
			var timer des.Timer
			timer.Init(env, call(func() {
				p.Wake()
				timer.Set(1)
			}))
			timer.Set(1)
		},
	} {
		t.Run(name, func(t *testing.T) {
			env, _ := world(t)
			begin(env)
			env.RunUntil(100)
			steps := env.Steps()
			got := testing.AllocsPerRun(100, func() { env.RunUntil(env.Now() + 10) })
			if got != 0 {
				t.Errorf("%v allocations in 10 µs", got)
			}
			if env.Steps() < steps+1000 {
				t.Errorf("only %d events", env.Steps()-steps)
			}
		})
	}
}
