package machine

import (
	"procession/sim/des"
	"procession/sim/trace"
)

// Costs are the times that the machine itself takes.
type Costs struct {
	Quantum       int64 // how long a thread may run while others are ready, in virtual µs; 0: without end
	SwitchProcess int64 // a core turns to a thread of another process, in virtual ns
	SwitchThread  int64 // a core turns to another thread of the same process, in virtual ns
}

// Machine is the hardware and its kernel.
type Machine struct {
	env   *des.Env
	log   *trace.Log
	costs Costs
	cores []*Core
	ready []*Thread // first in, first out
	ran   int       // cores that ever ran something: these, from 1 on
	owed  int64     // ns of switches that took no time yet: less than a µs
}

// New makes a machine with cores from 1 on.
func New(env *des.Env, log *trace.Log, cores int, costs Costs) *Machine {
	m := &Machine{env: env, log: log, costs: costs}
	m.SetCores(cores)
	return m
}

// SetCosts changes the costs; what is under way ends as it began.
func (m *Machine) SetCosts(costs Costs) { m.costs = costs }

// SetCores changes the number of cores. A thread on a core that goes away gets
// another one, or waits for one.
func (m *Machine) SetCores(n int) {
	if n < 1 {
		panic("machine: Machine.SetCores: a machine needs a core")
	}
	for len(m.cores) > n {
		c := m.cores[len(m.cores)-1]
		m.cores = m.cores[:len(m.cores)-1]
		if t := c.thread; t != nil {
			c.leave()
			m.emit(trace.Event{Kind: trace.CoreIdle, Core: int16(c.number)})
			m.makeReady(t)
		}
	}
	for len(m.cores) < n {
		c := &Core{m: m, number: len(m.cores) + 1}
		c.timer.Init(m.env, c)
		m.cores = append(m.cores, c)
	}
	for _, c := range m.cores {
		if c.thread == nil && len(m.ready) > 0 {
			c.take(m.next())
		}
	}
}

// Core gives the thread on a core (from 1), nil when it is idle, and whether
// the core ever ran something.
func (m *Machine) Core(number int) (t *Thread, ever bool) {
	if number <= len(m.cores) {
		t = m.cores[number-1].thread
	}
	return t, number <= m.ran
}

// makeReady gives a thread a core, or lets it wait for one.
func (m *Machine) makeReady(t *Thread) {
	if c := m.idleCore(t); c != nil {
		c.take(t)
		return
	}
	m.wait(t)
}

// wait puts a thread at the end of the ready queue.
func (m *Machine) wait(t *Thread) {
	m.ready = append(m.ready, t)
	m.emit(t.event(trace.ThreadReady))
}

// Ready gives the threads that wait for a core, in the order of waiting.
func (m *Machine) Ready() []*Thread { return m.ready }

// idleCore chooses an idle core for a thread: the one on which it ran last,
// where nothing needs to be switched; else one that holds nobody's state; else
// the first.
func (m *Machine) idleCore(t *Thread) *Core {
	if c := t.last; c != nil && c.thread == nil && m.has(c) {
		return c
	}
	var first *Core
	for _, c := range m.cores {
		switch {
		case c.thread != nil:
		case c.last == nil:
			return c
		case first == nil:
			first = c
		}
	}
	return first
}

// has says whether the core still exists.
func (m *Machine) has(c *Core) bool {
	return c.number <= len(m.cores) && m.cores[c.number-1] == c
}

// switchTime gives the µs that a switch of so many ns takes. Virtual time has
// whole µs: the rest is owed to a later switch, so that the mean is exact.
func (m *Machine) switchTime(ns int64) int64 {
	m.owed += ns
	whole := m.owed / 1000
	m.owed -= whole * 1000
	return whole
}

// next takes the first thread out of the ready queue.
func (m *Machine) next() *Thread {
	t := m.ready[0]
	m.ready = m.ready[:copy(m.ready, m.ready[1:])]
	return t
}

func (m *Machine) emit(e trace.Event) {
	e.Ts = m.env.Now()
	m.log.Append(e)
}
