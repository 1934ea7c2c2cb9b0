package des_test

import (
	"errors"
	"testing"

	"procession/sim/des"
)

func TestProcessesTakeTurns(t *testing.T) {
	env, j := world(t)
	if p := env.Start(des.Label{}, func(*des.Proc) {}); p.Env() != env {
		t.Error("Env gives another one")
	}
	for _, name := range []string{"a", "b"} {
		j.start(name, func(p *des.Proc) {
			for range 2 {
				j.note("%s", name)
				if err := p.Timeout(10); err != nil {
					t.Error(err)
				}
			}
		})
	}
	j.note("started")
	env.Run()
	j.want(t, "0 started", "0 a", "0 b", "10 a", "10 b", "20 a ended: <nil>", "20 b ended: <nil>")
}

func TestParkAndWake(t *testing.T) {
	env, j := world(t)
	p := j.start("p", func(p *des.Proc) {
		for {
			if err := p.Park(); err != nil {
				t.Error(err)
			}
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

func TestWaitFromOutsideIsRefused(t *testing.T) {
	env, _ := world(t)
	const outside = ": called from outside the process, or for something of another Env"
	p := env.Start(des.Label{}, func(p *des.Proc) { _ = p.Park() })
	env.Run()
	other := des.NewEnv()
	q, r := des.NewQueue[int](env), env.NewResource(1)
	wantPanic(t, "des: Proc.Timeout"+outside, func() { _ = p.Timeout(1) })
	wantPanic(t, "des: Proc.Park"+outside, func() { _ = p.Park() })
	wantPanic(t, "des: Proc.Wait"+outside, func() { _ = p.Wait(env.NewEvent()) })
	wantPanic(t, "des: Resource.Request"+outside, func() { _ = r.Request(p) })
	wantPanic(t, "des: Queue.Get"+outside, func() { _, _ = q.Get(p) })

	p = env.Start(des.Label{}, func(p *des.Proc) { _ = p.Wait(other.NewEvent()) })
	var failed *des.Panic
	p.OnExit = func(err error) { errors.As(err, &failed) }
	env.Run()
	if failed == nil || failed.Value != "des: Proc.Wait"+outside {
		t.Errorf("a wait for another Env's event: %v", failed)
	}
}

func TestNegativeTimeoutIsTheProcessesPanic(t *testing.T) {
	env, j := world(t)
	j.start("p", func(p *des.Proc) { _ = p.Timeout(-1) })
	env.Run()
	j.want(t, "0 p ended: des: a process panicked: des: Proc.Timeout: negative delay")
}

func TestEvent(t *testing.T) {
	env, j := world(t)
	good, bad := env.NewEvent(), env.NewEvent()
	for _, name := range []string{"a", "b"} {
		j.start(name, func(p *des.Proc) { j.note("%s: %v, %v", name, p.Wait(good), p.Wait(bad)) })
	}
	env.RunUntil(3)
	good.Succeed()
	env.RunUntil(5)
	bad.Fail(errors.New("bad"))
	env.Run()
	j.start("c", func(p *des.Proc) { j.note("c: %v, %v", p.Wait(good), p.Wait(bad)) }) // too late to wait
	env.Run()
	j.want(t, "5 a: <nil>, bad", "5 a ended: <nil>", "5 b: <nil>, bad", "5 b ended: <nil>",
		"5 c: <nil>, bad", "5 c ended: <nil>")
	if !good.Triggered() || env.NewEvent().Triggered() {
		t.Error("Triggered is wrong")
	}
	wantPanic(t, "des: Event.Succeed: the event has happened already", good.Succeed)
	wantPanic(t, "des: Event.Fail: the event has happened already", func() { good.Fail(errors.New("x")) })
	wantPanic(t, "des: Event.Fail: no error", func() { env.NewEvent().Fail(nil) })
}

func TestResource(t *testing.T) {
	env, j := world(t)
	r := env.NewResource(2)
	for _, name := range []string{"a", "b", "c", "d"} {
		j.start(name, func(p *des.Proc) {
			if err := r.Request(p); err != nil {
				t.Error(err)
			}
			j.note("%s in, %d waiting", name, r.Waiting())
			_ = p.Timeout(10)
			r.Release()
		})
	}
	env.RunUntil(1)
	if r.InUse() != 2 || r.Waiting() != 2 || r.TryRequest() {
		t.Errorf("%d in use, %d waiting; want 2, 2 and no free place", r.InUse(), r.Waiting())
	}
	env.Run()
	j.want(t, "0 a in, 0 waiting", "0 b in, 0 waiting",
		"10 a ended: <nil>", "10 b ended: <nil>", "10 c in, 0 waiting", "10 d in, 0 waiting",
		"20 c ended: <nil>", "20 d ended: <nil>")
	if !r.TryRequest() || r.InUse() != 1 {
		t.Error("no place is free at the end")
	}
	r.Release()
	wantPanic(t, "des: Resource.Release: nothing is in use", r.Release)
}

func TestQueue(t *testing.T) {
	env, j := world(t)
	q := des.NewQueue[string](env)
	for _, name := range []string{"a", "b"} {
		j.start(name, func(p *des.Proc) {
			for {
				v, err := q.Get(p)
				if err != nil {
					t.Error(err)
				}
				j.note("%s: %s", name, v)
				if v == "long" {
					_ = p.Timeout(10)
				}
			}
		})
	}
	env.RunUntil(1)
	for _, v := range []string{"long", "1", "2", "long", "3"} {
		q.Put(v)
	}
	if v, ok := q.TryGet(); v != "2" || !ok || q.Len() != 2 {
		t.Errorf("TryGet gives %q, and %d are left: the first two belong to those who waited", v, q.Len())
	}
	env.RunUntil(20)
	j.want(t, "1 a: long", "1 b: 1", "1 b: long", "11 a: 3")
	if _, ok := q.TryGet(); ok || q.Len() != 0 {
		t.Error("something is left")
	}
}

// An item that was promised to who waits is not for who comes later, though
// that one runs first.
func TestQueueKeepsItsPromises(t *testing.T) {
	env, j := world(t)
	q := des.NewQueue[int](env)
	j.start("a", func(p *des.Proc) {
		v, err := q.Get(p)
		j.note("a: %d, %v", v, err)
	})
	j.start("b", func(p *des.Proc) {
		q.Put(1)
		q.Put(2)
		v, err := q.Get(p)
		j.note("b: %d, %v", v, err)
	})
	env.Run()
	j.want(t, "0 b: 2, <nil>", "0 b ended: <nil>", "0 a: 1, <nil>", "0 a ended: <nil>")
}

func TestQueueGrows(t *testing.T) {
	env, _ := world(t)
	q := des.NewQueue[int](env)
	put, got := 0, 0
	for range 50 {
		for range 3 {
			q.Put(put)
			put++
		}
		if v, ok := q.TryGet(); v != got || !ok {
			t.Fatalf("got %d %v, want %d", v, ok, got)
		}
		got++
	}
	for ; q.Len() > 0; got++ {
		if v, _ := q.TryGet(); v != got {
			t.Fatalf("got %d, want %d", v, got)
		}
	}
	if got != put {
		t.Errorf("%d items put, %d got", put, got)
	}
}

func TestInterrupt(t *testing.T) {
	env, j := world(t)
	r, q, ev := env.NewResource(1), des.NewQueue[int](env), env.NewEvent()
	r.TryRequest()
	waits := map[string]func(p *des.Proc) error{
		"Timeout": func(p *des.Proc) error { return p.Timeout(1000) },
		"Wait":    func(p *des.Proc) error { return p.Wait(ev) },
		"Park":    (*des.Proc).Park,
		"Request": r.Request,
		"Get":     func(p *des.Proc) error { _, err := q.Get(p); return err },
	}
	cause := errors.New("cause")
	for name, wait := range waits {
		ended := false
		p := env.Start(des.Label{}, func(p *des.Proc) {
			began := env.Now()
			err := wait(p)
			var broken *des.Interrupt
			if !errors.As(err, &broken) || broken.Cause != cause || !errors.Is(err, cause) || env.Now() != began+5 {
				t.Errorf("%s: %v after %d µs, want the interrupt after 5", name, err, env.Now()-began)
			}
			if err := p.Timeout(7); err != nil || env.Now() != began+12 {
				t.Errorf("after %s, Timeout: %v after %d µs", name, err, env.Now()-began)
			}
			ended = true
		})
		env.RunUntil(env.Now() + 5)
		p.Interrupt(cause)
		env.Run()
		if !ended || !p.Done() {
			t.Errorf("%s: the process did not end", name)
		}
		p.Interrupt(cause) // it has ended and does not mind
	}
	if r.Waiting() != 0 {
		t.Error("the interrupted process still stands in line")
	}
	q.Put(1)
	if q.Len() != 1 {
		t.Error("the interrupted process got the item")
	}
	if _, ok := env.Peek(); ok {
		t.Error("something is left of the waits")
	}
	j.want(t)
}

func TestInterruptsWaitForTheNextWait(t *testing.T) {
	env, j := world(t)
	p := j.start("p", func(p *des.Proc) {
		j.note("%v", p.Timeout(10)) // interrupted before it began
		j.note("%v", p.Timeout(10)) // and once more
		j.note("%v", p.Timeout(10))
		p.Interrupt(errors.New("own"))
		j.note("%v", p.Park())
		j.note("%v", p.Timeout(0)) // by the handler below, within this instant
	})
	p.Interrupt(errors.New("one"))
	p.Interrupt(errors.New("two"))
	env.ScheduleAt(10, call(func() {
		env.Schedule(0, call(func() { p.Interrupt(errors.New("three")) }))
	}))
	env.Run()
	j.want(t, "0 des: interrupted: one", "0 des: interrupted: two", "10 <nil>", "10 des: interrupted: own",
		"10 des: interrupted: three", "10 p ended: <nil>")
}

// What was given is never lost: an interrupt after that is for the next wait.
func TestInterruptAfterBeingServed(t *testing.T) {
	env, j := world(t)
	q, r := des.NewQueue[int](env), env.NewResource(1)
	r.TryRequest()
	getter := j.start("getter", func(p *des.Proc) {
		v, err := q.Get(p)
		j.note("got %d, %v", v, err)
		j.note("%v", p.Park())
	})
	requester := j.start("requester", func(p *des.Proc) {
		j.note("%v", r.Request(p))
		j.note("%v", p.Timeout(1))
	})
	env.Run()
	q.Put(7)
	getter.Interrupt(errors.New("late"))
	r.Release()
	requester.Interrupt(errors.New("late"))
	env.Run()
	j.want(t, "0 got 7, <nil>", "0 des: interrupted: late", "0 getter ended: <nil>",
		"0 <nil>", "0 des: interrupted: late", "0 requester ended: <nil>")
}
