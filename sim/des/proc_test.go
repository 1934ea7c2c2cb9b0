package des_test

import (
	"errors"
	"testing"

	"procession/sim/des"
)

func TestProcessesTakeTurns(t *testing.T) {
	env, j := world(t)
	for _, name := range []string{"a", "b"} {
		j.start(name, func(p *des.Proc) {
			for range 2 {
				j.note("%s", name)
				sleep(env, p, 10)
			}
		})
	}
	j.note("started")
	finish(env)
	j.want(t, "0 started", "0 a", "0 b", "10 a", "10 b", "20 a ended: <nil>", "20 b ended: <nil>")
}

func TestParkAndWake(t *testing.T) {
	env, j := world(t)
	p := j.start("p", func(p *des.Proc) {
		for {
			p.Park()
			j.note("awake")
		}
	})
	wantPanic(t, "des: Proc.Wake: the process is not parked", p.Wake) // it was not even begun
	env.RunUntil(5)
	p.Wake()
	wantPanic(t, "des: Proc.Wake: the process is not parked", p.Wake)
	env.Schedule(0, call(func() { j.note("after") }))
	env.RunUntil(7)
	j.want(t, "5 awake", "5 after")
}

// A process may start and wake others, which run after it.
func TestProcessesWakeEachOther(t *testing.T) {
	env, j := world(t)
	b := j.start("b", func(p *des.Proc) {
		j.note("b waits")
		p.Park()
		j.note("b goes on")
	})
	j.start("a", func(p *des.Proc) {
		b.Wake()
		j.start("c", func(*des.Proc) { j.note("c begins") })
		j.note("a woke b and started c")
	})
	finish(env)
	j.want(t, "0 b waits", "0 a woke b and started c", "0 a ended: <nil>", "0 b goes on", "0 b ended: <nil>",
		"0 c begins", "0 c ended: <nil>")
}

func TestParkFromOutsideIsRefused(t *testing.T) {
	env, _ := world(t)
	const refused = "des: Proc.Park: called from outside the process"
	p := env.Start(des.Label{}, (*des.Proc).Park)
	finish(env)
	wantPanic(t, refused, p.Park)

	var failed *des.Panic
	other := env.Start(des.Label{}, func(*des.Proc) { p.Park() })
	other.OnExit = func(err error) { errors.As(err, &failed) }
	finish(env)
	if failed == nil || failed.Value != refused {
		t.Errorf("one process parks another: %v", failed)
	}
}
