package des_test

import (
	"errors"
	"runtime"
	"strings"
	"testing"

	"procession/sim/des"
)

func TestKillWhereverItIs(t *testing.T) {
	env, _ := world(t)
	for name, wait := range map[string]func(p *des.Proc){
		"sleeping":  func(p *des.Proc) { sleep(env, p, 1000) },
		"parked":    (*des.Proc).Park,
		"woken":     func(p *des.Proc) { env.Schedule(0, call(func() { p.Wake(); p.Kill() })); p.Park() },
		"by itself": (*des.Proc).Kill,
	} {
		deferred, after := false, false
		var exits []error
		p := env.Start(des.Label{}, func(p *des.Proc) {
			defer func() { deferred = true }()
			wait(p)
			after = true
		})
		p.OnExit = func(err error) { exits = append(exits, err) }
		env.RunUntil(env.Now() + 1)
		p.Kill()
		p.Kill()
		if !deferred || after || len(exits) != 1 || exits[0] != des.ErrKilled {
			t.Errorf("%s: deferred %v, went on %v, OnExit %v", name, deferred, after, exits)
		}
		wantPanic(t, "des: Proc.Wake: the process is not parked", p.Wake)
		finish(env)
	}
}

func TestKillBeforeItBegan(t *testing.T) {
	env, j := world(t)
	p := j.start("p", func(*des.Proc) { t.Error("it began") })
	p.Kill()
	finish(env)
	j.want(t, "0 p ended: des: the process was killed")
}

// Nothing that a process does with its panics keeps it alive.
func TestKillOneThatRecovers(t *testing.T) {
	env, j := world(t)
	p := j.start("p", func(p *des.Proc) {
		for {
			func() {
				defer func() { _ = recover() }()
				sleep(env, p, 10)
				panic("again")
			}()
		}
	})
	env.RunUntil(35)
	p.Kill()
	j.want(t, "35 p ended: des: the process was killed")
}

func TestDyingCannotWait(t *testing.T) {
	env, j := world(t)
	p := j.start("p", func(p *des.Proc) {
		defer j.note("second deferred")
		defer func() {
			j.note("first deferred")
			sleep(env, p, 10)
			t.Error("it waited")
		}()
		p.Park()
	})
	env.RunUntil(5)
	p.Kill()
	j.want(t, "5 first deferred", "5 second deferred", "5 p ended: des: the process was killed")
}

func TestDyingMayPanic(t *testing.T) {
	env, j := world(t)
	p := j.start("p", func(p *des.Proc) {
		defer func() { panic("late") }()
		p.Park()
	})
	finish(env)
	p.Kill()
	j.want(t, "0 p ended: des: a process panicked: late")
}

// a kills b, which when dying kills c and a.
func TestKillsWithinKills(t *testing.T) {
	env, j := world(t)
	var a, b, c *des.Proc
	c = j.start("c", func(p *des.Proc) {
		defer j.note("c dies")
		p.Park()
	})
	b = j.start("b", func(p *des.Proc) {
		defer func() {
			j.note("b dies")
			a.Kill() // it waits for us, so it dies a little later
			c.Kill()
			j.note("b is dead")
		}()
		sleep(env, p, 100)
	})
	a = j.start("a", func(p *des.Proc) {
		defer func() { j.note("a dies") }()
		sleep(env, p, 10)
		b.Kill()
		t.Error("a goes on")
	})
	finish(env)
	j.want(t, "10 b dies", "10 c dies", "10 c ended: des: the process was killed", "10 b is dead",
		"10 b ended: des: the process was killed", "10 a dies", "10 a ended: des: the process was killed")
}

func TestOnExitKillsTheKiller(t *testing.T) {
	env, j := world(t)
	b := env.Start(des.Label{}, (*des.Proc).Park)
	a := j.start("a", func(p *des.Proc) {
		sleep(env, p, 1)
		b.Kill()
		t.Error("a goes on")
	})
	b.OnExit = func(error) { a.Kill() }
	finish(env)
	j.want(t, "1 a ended: des: the process was killed")
}

func TestPanicIsTheProcessesEnd(t *testing.T) {
	env, _ := world(t)
	var got error
	p := env.Start(des.Label{}, func(p *des.Proc) {
		sleep(env, p, 5)
		explode()
	})
	p.OnExit = func(err error) { got = err }
	ticks := 0
	env.Start(des.Label{}, func(p *des.Proc) {
		for range 3 {
			sleep(env, p, 3)
			ticks++
		}
	})
	finish(env)
	var failed *des.Panic
	if !errors.As(got, &failed) || failed.Value != "boom" || got.Error() != "des: a process panicked: boom" {
		t.Errorf("OnExit got %v", got)
	} else if !strings.Contains(string(failed.Stack), "des_test.explode") {
		t.Errorf("the stack does not show where it happened:\n%s", failed.Stack)
	}
	if ticks != 3 {
		t.Errorf("the other one ticked %d times, want 3", ticks)
	}
}

func explode() { panic("boom") }

// A process may wait while it panics.
func TestWaitWhilePanicking(t *testing.T) {
	env, j := world(t)
	j.start("p", func(p *des.Proc) {
		defer func() { sleep(env, p, 5); j.note("slept") }()
		panic("boom")
	})
	finish(env)
	j.want(t, "5 slept", "5 p ended: des: a process panicked: boom")
}

func TestGoexitIsTheProcessesEnd(t *testing.T) {
	env, j := world(t)
	j.start("p", func(p *des.Proc) {
		defer func() { sleep(env, p, 5); j.note("slept") }()
		runtime.Goexit()
	})
	j.start("q", func(p *des.Proc) {
		defer func() { panic("late") }()
		runtime.Goexit()
	})
	finish(env)
	j.want(t, "0 q ended: des: a process panicked: late", "5 slept",
		"5 p ended: des: the process called runtime.Goexit")
}
