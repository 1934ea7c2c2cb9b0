package machine

import (
	"fmt"
	"slices"
	"strings"

	"procession/sim/des"
	"procession/sim/trace"
)

// Spec says what a process is made of.
type Spec struct {
	Pid     int // number of the worker, from 1
	Life    int // which process of that worker it is, from 1
	Threads int
	// OnPanic is called when the program in the process fails. The process
	// still exists then; the caller kills it.
	OnPanic func(*Process, *des.Panic)
}

// Process is an operating system's process: threads and a memory that only
// they can reach.
type Process struct {
	Spec
	m       *Machine
	memory  Memory
	threads []*Thread
	idle    []*Task // stacks that wait to be used again, the last used first
	tasks   []*Task // all
	dead    bool
	locks   []*Mutex // by name
}

// Spawn makes a process.
func (m *Machine) Spawn(s Spec) *Process {
	p := &Process{Spec: s, m: m}
	p.memory = Memory{owner: p, cells: map[string]string{}}
	for tid := 1; tid <= s.Threads; tid++ {
		p.threads = append(p.threads, &Thread{process: p, Tid: tid})
	}
	return p
}

// Thread gives a thread by its number, from 1.
func (p *Process) Thread(tid int) *Thread { return p.threads[tid-1] }

// Mem names the process's memory in the trace.
func (p *Process) Mem() trace.Memory { return trace.ProcessMemory(p.Pid, p.Life) }

// Lock gives the mutex of a name in the memory of the process.
func (p *Process) Lock(name string) *Mutex {
	i, found := slices.BinarySearchFunc(p.locks, name, func(l *Mutex, name string) int { return strings.Compare(l.Name, name) })
	if !found {
		p.locks = slices.Insert(p.locks, i, &Mutex{Name: name, m: p.m})
	}
	return p.locks[i]
}

// Locks gives the mutexes that were ever asked for, by name.
func (p *Process) Locks() []*Mutex { return p.locks }

// Dead says whether the process was killed.
func (p *Process) Dead() bool { return p.dead }

// Each shows an onlooker what is in the memory, by key. Nothing in the
// simulated world may use it: there, a memory is reached by Task.Memory.
func (p *Process) Each(f func(key, value string)) {
	keys := make([]string, 0, len(p.memory.cells))
	for k := range p.memory.cells {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, k := range keys {
		f(k, p.memory.cells[k])
	}
}

// Kill ends the process wherever its threads are; its memory is gone. It must
// be called by the kernel (a callback of the engine), not by the process itself.
func (p *Process) Kill() {
	if p.dead {
		return
	}
	p.dead = true
	p.memory.cells = nil
	for {
		i := slices.IndexFunc(p.m.ready, func(t *Thread) bool { return t.process == p })
		if i < 0 {
			break
		}
		t := p.m.ready[i]
		p.m.ready = slices.Delete(p.m.ready, i, i+1)
		p.m.emit(t.event(trace.ThreadDone))
	}
	for _, t := range p.threads {
		t.loop, t.busy = nil, false
		if t.core != nil {
			t.core.release()
		}
	}
	for _, t := range p.tasks {
		if t.proc != nil {
			t.proc.OnExit = nil
			t.proc.Kill()
		}
	}
	p.tasks, p.idle = nil, nil
}

// task takes a stack for a job.
func (p *Process) task(th *Thread, j Job) *Task {
	if n := len(p.idle); n > 0 && p.idle[n-1].thread == th {
		t := p.idle[n-1]
		p.idle = p.idle[:n-1]
		t.job = j
		return t
	}
	for i := len(p.idle) - 1; i >= 0; i-- {
		if t := p.idle[i]; t.thread == th {
			p.idle = slices.Delete(p.idle, i, i+1)
			t.job = j
			return t
		}
	}
	t := &Task{thread: th, job: j}
	p.tasks = append(p.tasks, t)
	return t
}

// label names a goroutine, so that the goroutine profile of the running
// program shows the simulated processes and threads.
func (p *Process) label(t *Thread) des.Label {
	thread := "event loop"
	if p.Threads > 1 {
		thread = fmt.Sprintf("thread %d", t.Tid)
	}
	return des.Label{Process: fmt.Sprintf("worker %d, life %d", p.Pid, p.Life), Thread: thread}
}
