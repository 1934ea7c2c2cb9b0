package machine

import (
	"procession/sim/des"
	"procession/sim/trace"
)

// Thread is what the kernel puts on a core. It does one piece of work after
// another, in the order in which they came.
type Thread struct {
	process *Process
	Tid     int   // from 1
	core    *Core // on which it is
	last    *Core // on which it was last

	busy bool   // there is present work
	work work   // the present one
	need int64  // µs of CPU that it still needs before it goes on
	loop []work // what waits for the thread
}

// work is a stack that wants to go on, or a callback that wants to be called,
// after some µs of CPU.
type work struct {
	task *Task
	call des.Handler
	cpu  int64
}

// Job is a program that runs on a stack of its own.
type Job interface{ Run(t *Task) }

// Run runs a job on the thread, behind what waits already; it begins after
// cpu µs on a core.
func (t *Thread) Run(j Job, cpu int64) {
	t.submit(work{task: t.process.task(t, j), cpu: cpu})
}

// Call calls a handler on the thread, behind what waits already, after cpu µs
// on a core. It must not wait.
func (t *Thread) Call(h des.Handler, cpu int64) { t.submit(work{call: h, cpu: cpu}) }

// Process gives the process whose thread it is.
func (t *Thread) Process() *Process { return t.process }

// event makes an event of a kind about the thread.
func (t *Thread) event(k trace.Kind) trace.Event {
	return trace.Event{Kind: k, Pid: int16(t.process.Pid), Tid: int16(t.Tid), Mem: t.process.Mem()}
}

func (t *Thread) submit(w work) {
	if t.process.dead {
		panic("machine: Thread.submit: the process is dead")
	}
	if t.busy {
		t.loop = append(t.loop, w)
		return
	}
	t.busy, t.work, t.need = true, w, w.cpu
	t.process.m.makeReady(t)
}

// complete lets the present work go on: it has had the CPU that it needed.
func (t *Thread) complete() {
	if t.work.task != nil {
		t.work.task.wake()
		return
	}
	t.work.call.Fire()
	if !t.process.dead {
		t.yield()
	}
}

// yield ends the present work, or lets it wait: the thread turns to what waits
// for it, without leaving its core, or it leaves the core.
func (t *Thread) yield() {
	if len(t.loop) == 0 {
		t.busy, t.work = false, work{}
		t.core.release()
		return
	}
	t.work = t.loop[0]
	t.loop = t.loop[:copy(t.loop, t.loop[1:])]
	t.need = t.work.cpu
	t.core.run()
}
