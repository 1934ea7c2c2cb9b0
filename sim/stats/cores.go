package stats

import (
	"procession/sim/scenario"
	"procession/sim/trace"
)

// thread names a thread of one life of a worker.
type thread struct {
	pid, tid int16
	mem      trace.Memory
}

// core adds up what one core does.
type core struct {
	there bool  // the machine has it
	since int64 // from then on, if it is there
	had   int64 // how long the machine had it before

	on        thread // which it runs; no pid: none
	last      thread // which it ran last
	switched  int64  // when it turned to it
	runs      int64  // when that was done, and the thread really ran
	busy      int64
	switching int64
}

// cores adds up what the cores do, and what they do for each worker.
type cores struct {
	all      [scenario.MaxCores + 1]core // by number
	switches Switches
}

// set changes the number of cores that the machine has.
func (c *cores) set(n int, now int64) {
	for i := 1; i < len(c.all); i++ {
		core := &c.all[i]
		switch {
		case i <= n && !core.there:
			core.there, core.since = true, now
		case i > n && core.there:
			core.there, core.had = false, core.had+now-core.since
		}
	}
}

// turn notes that a core turns to a thread, which runs from a moment on.
func (c *cores) turn(number int16, to thread, now, runs int64) {
	core := &c.all[number]
	switch {
	case core.last == to:
		c.switches.None++
	case core.last.pid == to.pid && core.last.mem == to.mem:
		c.switches.Threads++
	default:
		c.switches.Processes++
	}
	core.on, core.last, core.switched, core.runs = to, to, now, runs
}

// stop ends what a core does and gives the thread on it and its times.
func (c *cores) stop(number int16, now int64) (on thread, ran, switching int64) {
	core := &c.all[number]
	on = core.on
	ran, switching = core.times(now)
	core.busy += ran
	core.switching += switching
	core.on = thread{}
	return on, ran, switching
}

// times splits the time since the core turned to its thread.
func (c *core) times(now int64) (ran, switching int64) {
	if c.on.pid == 0 {
		return 0, 0
	}
	return max(0, now-c.runs), min(now, c.runs) - c.switched
}

// shares gives what the cores did until now.
func (c *cores) shares(now int64) []Core {
	list := []Core{}
	for i := 1; i < len(c.all); i++ {
		core := &c.all[i]
		had := core.had
		if core.there {
			had += now - core.since
		}
		if had == 0 && !core.there {
			continue
		}
		ran, switching := core.times(now)
		busy, turning := share(core.busy+ran, had), share(core.switching+switching, had)
		list = append(list, Core{Core: int16(i), Busy: busy, Switching: turning, Idle: max(0, round(1-busy-turning, 1e4))})
	}
	return list
}
