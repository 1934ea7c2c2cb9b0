package des_test

import (
	"testing"

	"procession/sim/des"
)

func TestTimer(t *testing.T) {
	env, j := world(t)
	var timer des.Timer
	timer.Init(env, call(func() {
		j.note("fired, pending: %v", timer.Pending())
	}))
	want := func(at des.Time, pending bool) {
		t.Helper()
		if got, ok := timer.When(); got != at || ok != pending || timer.Pending() != pending {
			t.Errorf("When gives %d %v, Pending %v; want %d %v", got, ok, timer.Pending(), at, pending)
		}
	}
	want(0, false)
	timer.Stop()
	timer.Set(5)
	want(5, true)
	timer.Set(3) // moved
	want(3, true)
	env.RunUntil(4)
	want(0, false)
	timer.SetAt(9)
	timer.Stop() // called off
	want(0, false)
	env.RunUntil(10)
	timer.Set(1)
	finish(env)
	j.want(t, "3 fired, pending: false", "11 fired, pending: false")
	if at, ok := env.Peek(); ok {
		t.Errorf("more comes at %d; a timer that was called off is no event", at)
	}
}

// Timers far away and many: some wait in the heap and some in the lane.
func TestManyTimers(t *testing.T) {
	env, j := world(t)
	timers := make([]des.Timer, 200)
	for i := range timers {
		timers[i].Init(env, call(func() { j.note("%d", i) }))
		timers[i].Set(des.Time(1000 - i))
	}
	for i := range timers {
		if at, ok := timers[i].When(); at != des.Time(1000-i) || !ok {
			t.Errorf("timer %d is set for %d %v", i, at, ok)
		}
		if i%50 != 0 {
			timers[i].Stop()
		}
	}
	finish(env)
	j.want(t, "850 150", "900 100", "950 50", "1000 0")
}

func TestTimerOfClosedEnv(t *testing.T) {
	env := des.NewEnv()
	var timer des.Timer
	timer.Init(env, call(func() {}))
	timer.Set(5)
	env.Close()
	if _, ok := timer.When(); ok {
		t.Error("it will still fire")
	}
	timer.Stop()
	wantPanic(t, "des: Timer.SetAt: the Env is closed", func() { timer.Set(1) })
}
