package des_test

import (
	"errors"
	"runtime"
	"strings"
	"testing"

	"procession/sim/des"
)

func TestKillWhereverItWaits(t *testing.T) {
	env, _ := world(t)
	r, q, ev := env.NewResource(1), des.NewQueue[int](env), env.NewEvent()
	r.TryRequest()
	waits := map[string]func(p *des.Proc) error{
		"Timeout":    func(p *des.Proc) error { return p.Timeout(1000) },
		"Timeout(0)": func(p *des.Proc) error { env.Schedule(0, call(func() { p.Kill() })); return p.Timeout(0) },
		"Wait":       func(p *des.Proc) error { return p.Wait(ev) },
		"Park":       (*des.Proc).Park,
		"Request":    r.Request,
		"Get":        func(p *des.Proc) error { _, err := q.Get(p); return err },
		"itself":     func(p *des.Proc) error { p.Kill(); return nil },
	}
	for name, wait := range waits {
		deferred, after := false, false
		var exits []error
		p := env.Start(des.Label{}, func(p *des.Proc) {
			defer func() { deferred = true }()
			_ = wait(p)
			after = true
		})
		p.OnExit = func(err error) { exits = append(exits, err) }
		env.RunUntil(env.Now() + 1)
		p.Kill()
		p.Kill()
		if !p.Done() || !deferred || after || len(exits) != 1 || exits[0] != des.ErrKilled {
			t.Errorf("%s: done %v, deferred %v, went on %v, OnExit %v", name, p.Done(), deferred, after, exits)
		}
		env.Run()
	}
	if r.Waiting() != 0 {
		t.Error("the dead still stand in line")
	}
	ev.Succeed()
	q.Put(1)
	if q.Len() != 1 {
		t.Error("the dead got the item")
	}
}

func TestKillBeforeItBegan(t *testing.T) {
	env, j := world(t)
	p := j.start("p", func(*des.Proc) { t.Error("it began") })
	p.Kill()
	env.Run()
	j.want(t, "0 p ended: des: the process was killed")
}

// Nothing that a process does with its panics keeps it alive.
func TestKillOneThatRecovers(t *testing.T) {
	env, j := world(t)
	p := j.start("p", func(p *des.Proc) {
		for {
			func() {
				defer func() { _ = recover() }()
				_ = p.Timeout(10)
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
			_ = p.Timeout(10)
			t.Error("it waited")
		}()
		_ = p.Park()
	})
	env.RunUntil(5)
	p.Kill()
	j.want(t, "5 first deferred", "5 second deferred", "5 p ended: des: the process was killed")
}

func TestDyingMayPanic(t *testing.T) {
	env, j := world(t)
	p := j.start("p", func(p *des.Proc) {
		defer func() { panic("late") }()
		_ = p.Park()
	})
	env.Run()
	p.Kill()
	j.want(t, "0 p ended: des: a process panicked: late")
}

// a kills b, which when dying kills c and a.
func TestKillsWithinKills(t *testing.T) {
	env, j := world(t)
	var a, b, c *des.Proc
	c = j.start("c", func(p *des.Proc) {
		defer j.note("c dies")
		_ = p.Park()
	})
	b = j.start("b", func(p *des.Proc) {
		defer func() {
			j.note("b dies")
			a.Kill() // it waits for us, so it dies a little later
			a.Interrupt(errors.New("too late"))
			c.Kill()
			j.note("b is dead")
		}()
		_ = p.Timeout(100)
	})
	a = j.start("a", func(p *des.Proc) {
		defer func() { j.note("a dies") }()
		_ = p.Timeout(10)
		b.Kill()
		t.Error("a goes on")
	})
	env.Run()
	j.want(t, "10 b dies", "10 c dies", "10 c ended: des: the process was killed", "10 b is dead",
		"10 b ended: des: the process was killed", "10 a dies", "10 a ended: des: the process was killed")
}

func TestOnExitKillsTheKiller(t *testing.T) {
	env, j := world(t)
	b := env.Start(des.Label{}, func(p *des.Proc) { _ = p.Park() })
	a := j.start("a", func(p *des.Proc) {
		_ = p.Timeout(1)
		b.Kill()
		t.Error("a goes on")
	})
	b.OnExit = func(error) { a.Kill() }
	env.Run()
	j.want(t, "1 a ended: des: the process was killed")
}

// What a process was given and did not take any more goes to the next in line.
func TestKillAfterBeingServed(t *testing.T) {
	env, j := world(t)
	q, r := des.NewQueue[int](env), env.NewResource(1)
	r.TryRequest()
	var first []*des.Proc
	for _, name := range []string{"a", "b"} {
		first = append(first, j.start(name+" getter", func(p *des.Proc) {
			v, _ := q.Get(p)
			j.note("%s got %d", name, v)
		}), j.start(name+" requester", func(p *des.Proc) {
			_ = r.Request(p)
			j.note("%s has a place", name)
		}))
	}
	env.Run()
	q.Put(7)
	r.Release()
	first[0].Kill()
	first[1].Kill()
	env.Run()
	j.want(t, "0 a getter ended: des: the process was killed", "0 a requester ended: des: the process was killed",
		"0 b got 7", "0 b getter ended: <nil>", "0 b has a place", "0 b requester ended: <nil>")
}

func TestPanicIsTheProcessesEnd(t *testing.T) {
	env, _ := world(t)
	var got error
	p := env.Start(des.Label{}, func(p *des.Proc) {
		_ = p.Timeout(5)
		explode()
	})
	p.OnExit = func(err error) { got = err }
	ticks := 0
	env.Start(des.Label{}, func(p *des.Proc) {
		for range 3 {
			_ = p.Timeout(3)
			ticks++
		}
	})
	env.Run()
	var failed *des.Panic
	if !errors.As(got, &failed) || failed.Value != "boom" || got.Error() != "des: a process panicked: boom" {
		t.Errorf("OnExit got %v", got)
	} else if !strings.Contains(string(failed.Stack), "des_test.explode") {
		t.Errorf("the stack does not show where it happened:\n%s", failed.Stack)
	}
	if !p.Done() || ticks != 3 {
		t.Errorf("done: %v; the other one ticked %d times, want 3", p.Done(), ticks)
	}
}

func explode() { panic("boom") }

// A process may wait while it panics.
func TestWaitWhilePanicking(t *testing.T) {
	env, j := world(t)
	j.start("p", func(p *des.Proc) {
		defer func() { j.note("%v", p.Timeout(5)) }()
		panic("boom")
	})
	env.Run()
	j.want(t, "5 <nil>", "5 p ended: des: a process panicked: boom")
}

func TestGoexitIsTheProcessesEnd(t *testing.T) {
	env, j := world(t)
	j.start("p", func(p *des.Proc) {
		defer func() { j.note("%v", p.Timeout(5)) }()
		runtime.Goexit()
	})
	j.start("q", func(p *des.Proc) {
		defer func() { panic("late") }()
		runtime.Goexit()
	})
	env.Run()
	j.want(t, "0 q ended: des: a process panicked: late", "5 <nil>",
		"5 p ended: des: the process called runtime.Goexit")
}
