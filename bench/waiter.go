package main

import "procession/sim/des"

// waiter is a process that waits for 1 µs again and again, as the simulator's do:
// it parks, and a timer wakes it.
type waiter struct {
	env   *des.Env
	proc  *des.Proc
	timer des.Timer
	woken func(now int64)
}

func startWaiter(env *des.Env, woken func(now int64)) {
	w := &waiter{env: env, woken: woken}
	w.timer.Init(env, w)
	w.proc = env.Start(des.Label{}, w.run)
}

func (w *waiter) run(p *des.Proc) {
	for {
		w.timer.Set(1)
		p.Park()
		w.woken(w.env.Now())
	}
}

// Fire is the timer's.
func (w *waiter) Fire() { w.proc.Wake() }
