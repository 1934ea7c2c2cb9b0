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

// start starts a process whose end is noted.
func (j *journal) start(name string, body func(p *des.Proc)) *des.Proc {
	p := j.env.Start(des.Label{Process: name}, body)
	p.OnExit = func(err error) { j.note("%s ended: %v", name, err) }
	return p
}
