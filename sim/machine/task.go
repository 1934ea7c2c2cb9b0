package machine

import (
	"errors"

	"procession/sim/des"
)

// Task is a stack in a process: the place where a program is, with its local
// variables. It is a coroutine of the engine.
type Task struct {
	thread *Thread
	proc   *des.Proc // nil before its first use
	job    Job
	// waitsFor is the lock for which the task waits.
	waitsFor *Mutex
}

// Thread gives the thread on which the task runs.
func (t *Task) Thread() *Thread { return t.thread }

// Process gives the process to which the task belongs.
func (t *Task) Process() *Process { return t.thread.process }

// Memory gives the memory of the task's own process; there is no way to another one.
func (t *Task) Memory() *Memory { return &t.thread.process.memory }

// Compute keeps the thread on a core for d µs. Others may have the core in
// between, but nothing else runs on this thread.
func (t *Task) Compute(d int64) {
	if d <= 0 {
		return
	}
	t.thread.need = d
	t.thread.core.run()
	t.proc.Park()
}

// Block waits for something that is not computing. The thread may turn to
// other tasks meanwhile, and leaves its core if there are none.
func (t *Task) Block() {
	t.thread.yield()
	t.proc.Park()
}

// Pause blocks for d µs.
func (t *Task) Pause(d int64) {
	t.thread.process.m.env.Schedule(d, (*awakening)(t))
	t.Block()
}

// awakening is the end of a pause.
type awakening Task

// Fire lets the task go on.
func (a *awakening) Fire() { (*Task)(a).Unblock(0) }

// Unblock makes a blocked task go on after cpu µs on a core, behind what waits
// for its thread already. The kernel calls it, or another task.
func (t *Task) Unblock(cpu int64) {
	if !t.thread.process.dead {
		t.thread.submit(work{task: t, cpu: cpu})
	}
}

// Halt stops the task for good: what it did cannot go on, and somebody will
// kill its process.
func (t *Task) Halt() {
	for {
		t.proc.Park()
	}
}

// wake runs the task until it waits again; it has a core.
func (t *Task) wake() {
	if t.proc != nil {
		t.proc.Wake()
		return
	}
	p := t.thread.process
	t.proc = p.m.env.Start(p.label(t.thread), t.body)
	t.proc.OnExit = func(err error) {
		var failed *des.Panic
		if errors.As(err, &failed) && p.OnPanic != nil {
			p.OnPanic(p, failed)
		}
	}
}

// body does one job after another: making a stack costs more than keeping it.
func (t *Task) body(*des.Proc) {
	for {
		t.job.Run(t)
		t.job = nil
		t.thread.process.idle = append(t.thread.process.idle, t)
		t.thread.yield()
		t.proc.Park()
	}
}
