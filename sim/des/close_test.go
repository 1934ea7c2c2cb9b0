package des_test

import (
	"runtime"
	"testing"

	"procession/sim/des"
)

func TestCloseLeavesNoGoroutine(t *testing.T) {
	before := runtime.NumGoroutine()
	env := des.NewEnv()
	j := &journal{env: env}
	for i := range 50 {
		env.Start(des.Label{}, func(p *des.Proc) {
			defer p.Park()
			for {
				sleep(env, p, des.Time(i))
				if i%3 == 0 {
					p.Park()
				}
				if i == 49 {
					panic("one of them")
				}
				sleep(env, p, 1)
			}
		})
	}
	env.Start(des.Label{}, func(*des.Proc) {})
	env.Schedule(3, call(func() {
		for range 10 {
			env.Start(des.Label{}, (*des.Proc).Park)
		}
	}))
	env.RunUntil(100)
	if now := runtime.NumGoroutine(); now < before+50 {
		t.Errorf("only %d goroutines for 59 processes", now-before)
	}
	for range 10 {
		env.Start(des.Label{}, func(p *des.Proc) { t.Error("it began") })
	}
	env.Close()
	env.Close()
	wantGoroutines(t, before)
	j.want(t)
}

func TestCloseKillsInOrderOfStart(t *testing.T) {
	env, j := world(t)
	started := false
	for _, name := range []string{"a", "b", "c", "d"} {
		p := j.start(name, func(p *des.Proc) {
			if name == "b" {
				return
			}
			defer func() {
				// What a dying process still wants is dropped.
				env.Schedule(0, call(func() { t.Error("it happened") }))
				child := env.Start(des.Label{}, func(*des.Proc) { started = true })
				child.Kill() // it does not mind
				j.note("%s dies", name)
			}()
			sleep(env, p, 100)
		})
		if name == "d" {
			p.OnExit = nil
		}
	}
	env.RunUntil(10)
	j.lines = nil
	env.Close()
	j.want(t, "10 a dies", "10 a ended: des: the process was killed",
		"10 c dies", "10 c ended: des: the process was killed", "10 d dies")
	if started {
		t.Error("a child began")
	}
}

func TestAfterClose(t *testing.T) {
	env := des.NewEnv()
	env.Schedule(1, call(func() { t.Error("it happened") }))
	env.Close()
	if _, ok := env.Peek(); ok {
		t.Error("there is something to do")
	}
	env.RunUntil(10)
	wantPanic(t, "des: Env.Schedule: the Env is closed", func() { env.Schedule(1, call(func() {})) })
	wantPanic(t, "des: Env.Start: the Env is closed", func() { env.Start(des.Label{}, func(*des.Proc) {}) })
}
