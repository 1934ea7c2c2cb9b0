package des_test

import (
	"fmt"
	"runtime"
	"slices"
	"testing"
	"time"

	"procession/sim/des"
)

// journal notes what happened and when.
type journal struct {
	env   *des.Env
	lines []string
}

func (j *journal) note(format string, args ...any) {
	j.lines = append(j.lines, fmt.Sprintf("%d ", j.env.Now())+fmt.Sprintf(format, args...))
}

func (j *journal) want(t *testing.T, want ...string) {
	t.Helper()
	if !slices.Equal(j.lines, want) {
		t.Errorf("got  %q\nwant %q", j.lines, want)
	}
}

// call is a Handler that is a function.
type call func()

func (c call) Fire() { c() }

// world gives an environment, closed at the end, when no goroutine may be left.
func world(t *testing.T) (*des.Env, *journal) {
	t.Helper()
	before := runtime.NumGoroutine()
	env := des.NewEnv()
	t.Cleanup(func() {
		env.Close()
		wantGoroutines(t, before)
	})
	return env, &journal{env: env}
}

// wantGoroutines waits until no more than n goroutines are left.
func wantGoroutines(t *testing.T, n int) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); runtime.NumGoroutine() > n; runtime.Gosched() {
		if time.Now().After(deadline) {
			t.Fatalf("%d goroutines, want %d", runtime.NumGoroutine(), n)
		}
	}
}

// wantPanic wants f to panic with a message.
func wantPanic(t *testing.T, want string, f func()) {
	t.Helper()
	defer func() {
		t.Helper()
		if got := recover(); got != want {
			t.Errorf("got panic %v, want %q", got, want)
		}
	}()
	f()
}

// finish lets everything happen that is scheduled.
func finish(env *des.Env) {
	for at, ok := env.Peek(); ok && env.Err() == nil; at, ok = env.Peek() {
		env.RunUntil(at)
	}
}

// sleep lets a process wait for d µs.
func sleep(env *des.Env, p *des.Proc, d des.Time) {
	var timer des.Timer
	timer.Init(env, call(p.Wake))
	defer timer.Stop() // when it is killed meanwhile
	timer.Set(d)
	p.Park()
}

// sleeper is a process with a timer that wakes it. It allocates nothing.
type sleeper struct {
	proc  *des.Proc
	timer des.Timer
	delay des.Time
}

// startSleeper starts a process that waits for a delay in µs again and again,
// and calls woken after each.
func startSleeper(env *des.Env, delay des.Time, woken func(*sleeper)) {
	s := &sleeper{delay: delay}
	s.timer.Init(env, s)
	s.proc = env.Start(des.Label{}, func(p *des.Proc) {
		for {
			s.timer.Set(s.delay)
			p.Park()
			woken(s)
		}
	})
}

func (s *sleeper) Fire() { s.proc.Wake() }

// start starts a process whose end is noted.
func (j *journal) start(name string, body func(p *des.Proc)) *des.Proc {
	p := j.env.Start(des.Label{Process: name}, body)
	p.OnExit = func(err error) { j.note("%s ended: %v", name, err) }
	return p
}
