package machine

import (
	"procession/sim/des"
	"procession/sim/trace"
)

// Core runs one thread at a time.
type Core struct {
	m      *Machine
	number int // from 1
	thread *Thread
	last   *Thread // whose registers and address space the core still holds

	timer     des.Timer
	switching bool  // the timer is the end of a context switch, not of a slice
	slice     int64 // length of the present slice, µs
	used      int64 // of the thread's quantum, µs
}

// take puts a thread on an idle core; what it takes to switch comes first.
func (c *Core) take(t *Thread) {
	cost := int64(0)
	switch {
	case c.last == t:
	case c.last != nil && c.last.process == t.process:
		cost = c.m.switchTime(c.m.costs.SwitchThread)
	default:
		cost = c.m.switchTime(c.m.costs.SwitchProcess)
	}
	c.thread, c.last, c.used = t, t, 0
	t.core, t.last = c, c
	c.m.ran = max(c.m.ran, c.number)
	now := c.m.env.Now()
	e := t.event(trace.CoreSwitch)
	e.Core, e.Until = int16(c.number), now+cost
	c.m.emit(e)
	if cost == 0 {
		c.run()
		return
	}
	c.switching = true
	c.timer.Set(cost)
}

// run lets the thread compute what it needs, or as much as its quantum allows.
func (c *Core) run() {
	t := c.thread
	if t.need == 0 {
		t.complete()
		return
	}
	c.slice = t.need
	if q := c.m.costs.Quantum; q > 0 {
		left := q - c.used
		if left <= 0 {
			if len(c.m.ready) > 0 {
				c.preempt()
				return
			}
			c.used, left = 0, q
		}
		c.slice = min(c.slice, left)
	}
	c.timer.Set(c.slice)
}

// Fire ends a context switch or a slice.
func (c *Core) Fire() {
	if c.switching {
		c.switching = false
		c.run()
		return
	}
	c.used += c.slice
	c.thread.need -= c.slice
	c.run()
}

// preempt sends the thread to the end of the ready queue and takes the first one there.
func (c *Core) preempt() {
	t := c.thread
	c.m.wait(t)
	c.leave()
	c.take(c.m.next())
}

// leave takes the thread off the core, in the middle of a slice if need be.
func (c *Core) leave() {
	if at, ok := c.timer.When(); ok && !c.switching {
		c.thread.need -= c.slice - (at - c.m.env.Now())
	}
	c.timer.Stop()
	c.switching = false
	c.thread.core = nil
	c.thread = nil
}

// release gives the core of a thread that waits or has ended to the next one.
func (c *Core) release() {
	c.leave()
	if len(c.m.ready) > 0 {
		c.take(c.m.next())
		return
	}
	c.m.emit(trace.Event{Kind: trace.CoreIdle, Core: int16(c.number)})
}
