// Package machine is a small operating system: cores, a ready queue with time
// slices, context switches that cost time, and processes whose memory only
// their own threads can reach.
//
// A Process has one or more Threads; a Thread is what the kernel puts on a
// Core. The program itself runs in Tasks: a Task is a stack. A thread of a
// threaded server has one task at a time, from the beginning of a request to
// its end. The event loop of a Node process is one thread that interleaves many
// tasks, as Node interleaves async functions: a task keeps the thread until it
// waits for something that is not computing.
//
//	m := machine.New(env, log, 2, machine.Costs{Quantum: 3000})
//	p := m.Spawn(machine.Spec{Pid: 1, Life: 1, Threads: 1})
//	p.Thread(1).Run(job, 160) // job.Run(task) begins after 160 µs on a core
//
//	func (j *job) Run(t *machine.Task) {
//		t.Memory().Put(t, "7f3a", `{"user":"Ada"}`)
//		t.Compute(320) // µs on a core
//		t.Block()      // off the core until somebody calls t.Unblock
//	}
//
// Every task is a coroutine of the engine. The kernel's own events (the end of
// a slice, of a switch) are plain callbacks.
package machine
