package des_test

import (
	"testing"

	"procession/sim/des"
)

func TestEqualTimesInOrderOfScheduling(t *testing.T) {
	env, j := world(t)
	for _, name := range []string{"a", "b", "c"} {
		env.Schedule(5, call(func() { j.note("%s", name) }))
	}
	env.Schedule(4, call(func() {
		j.note("d")
		env.Schedule(1, call(func() { j.note("e") })) // for 5 as well, but scheduled last
	}))
	finish(env)
	j.want(t, "4 d", "5 a", "5 b", "5 c", "5 e")
}

func TestNoDelayComesAfterWhatIsScheduledForNow(t *testing.T) {
	env, j := world(t)
	env.Schedule(5, call(func() {
		j.note("a")
		env.Schedule(0, call(func() { j.note("c") }))
		env.Start(des.Label{}, func(p *des.Proc) {
			j.note("d")
			sleep(env, p, 0)
			j.note("f")
		})
		env.Schedule(0, call(func() { j.note("e") }))
	}))
	env.Schedule(5, call(func() { j.note("b") }))
	finish(env)
	j.want(t, "5 a", "5 b", "5 c", "5 d", "5 e", "5 f")
}

func TestTimerAndNoDelayAreOneOrder(t *testing.T) {
	env, j := world(t)
	var timer des.Timer
	timer.Init(env, call(func() { j.note("b") }))
	env.Schedule(0, call(func() { j.note("a") }))
	timer.Set(0)
	env.Schedule(0, call(func() { j.note("c") }))
	finish(env)
	j.want(t, "0 a", "0 b", "0 c")
}

func TestRunUntilRunBefore(t *testing.T) {
	env, j := world(t)
	for _, at := range []des.Time{0, 3, 5, 7} {
		env.Schedule(at, call(func() { j.note("event") }))
	}
	env.RunBefore(5)
	j.want(t, "0 event", "3 event")
	if env.Now() != 5 {
		t.Errorf("Now is %d after RunBefore(5)", env.Now())
	}
	env.RunBefore(5)
	if at, ok := env.Peek(); at != 5 || !ok {
		t.Errorf("Peek gives %d %v, want 5 true", at, ok)
	}
	env.RunUntil(5)
	j.want(t, "0 event", "3 event", "5 event")
	env.RunUntil(6)
	if env.Now() != 6 {
		t.Errorf("Now is %d after RunUntil(6)", env.Now())
	}
	env.RunUntil(7)
	if at, ok := env.Peek(); ok {
		t.Errorf("Peek gives %d %v after everything", at, ok)
	}
	wantPanic(t, "des: Env.RunUntil: that time has passed", func() { env.RunUntil(6) })
	wantPanic(t, "des: Env.RunBefore: that time has passed", func() { env.RunBefore(6) })
}

func TestRunBeforeLeavesWhatIsDueNow(t *testing.T) {
	env, j := world(t)
	env.Schedule(0, call(func() { j.note("event") }))
	env.RunBefore(0)
	j.want(t)
	env.RunBefore(1)
	j.want(t, "0 event")
}

func TestProcessesStopWhereTheyShould(t *testing.T) {
	env, j := world(t)
	env.Start(des.Label{}, func(p *des.Proc) {
		for {
			sleep(env, p, 10)
			j.note("tick")
		}
	})
	env.RunUntil(25)
	j.want(t, "10 tick", "20 tick")
	if env.Now() != 25 {
		t.Errorf("Now is %d after RunUntil(25)", env.Now())
	}
	env.RunBefore(30)
	j.want(t, "10 tick", "20 tick")
	env.RunBefore(31)
	j.want(t, "10 tick", "20 tick", "30 tick")
}

func TestStop(t *testing.T) {
	env, j := world(t)
	env.Start(des.Label{}, func(p *des.Proc) {
		for {
			sleep(env, p, 10)
			j.note("tick")
			if env.Now() == 20 {
				env.Stop()
				sleep(env, p, 0)
				j.note("tock")
			}
		}
	})
	env.Schedule(25, call(env.Stop))
	env.RunUntil(1000)
	j.want(t, "10 tick", "20 tick")
	if env.Now() != 20 {
		t.Errorf("Now is %d, want 20, where it was stopped", env.Now())
	}
	env.RunBefore(1000)
	j.want(t, "10 tick", "20 tick", "20 tock")
	if env.Now() != 25 {
		t.Errorf("Now is %d, want 25, where it was stopped", env.Now())
	}
	env.RunUntil(30)
	j.want(t, "10 tick", "20 tick", "20 tock", "30 tick")
}

func TestScheduleRefuses(t *testing.T) {
	env, _ := world(t)
	env.RunUntil(10)
	h := call(func() {})
	var timer des.Timer
	timer.Init(env, h)
	wantPanic(t, "des: Env.Schedule: negative delay", func() { env.Schedule(-1, h) })
	wantPanic(t, "des: Timer.Set: negative delay", func() { timer.Set(-1) })
	wantPanic(t, "des: Timer.SetAt: that time has passed", func() { timer.SetAt(9) })
	wantPanic(t, "des: Env.SetBudget: less than one event", func() { env.SetBudget(0) })
	if _, ok := env.Peek(); ok {
		t.Error("something was scheduled all the same")
	}
}

func TestBeyondTheEndOfTimeIsItsEnd(t *testing.T) {
	env, _ := world(t)
	const end = 1<<63 - 1
	env.RunUntil(10)
	env.Schedule(end, call(func() {}))
	if at, ok := env.Peek(); at != end || !ok {
		t.Errorf("Peek gives %d %v", at, ok)
	}
}

func TestRunningInsideOfRunningIsRefused(t *testing.T) {
	env, _ := world(t)
	for method, f := range map[string]func(){
		"Close": env.Close, "RunUntil": func() { env.RunUntil(9) }, "RunBefore": func() { env.RunBefore(9) },
	} {
		env.Schedule(0, call(f))
		wantPanic(t, "des: Env."+method+": called from within an event", func() { finish(env) })
	}
}

// A panic of a handler is ours, and who lets time pass gets it; it can go on.
func TestHandlerPanics(t *testing.T) {
	env, j := world(t)
	env.Schedule(1, call(func() { panic("broken") }))
	env.Schedule(1, call(func() { j.note("next") }))
	wantPanic(t, "broken", func() { env.RunUntil(1) })
	finish(env)
	j.want(t, "1 next")
}
