package cluster

import (
	"slices"

	"procession/sim/scenario"
	"procession/sim/trace"
)

// abreast is how many processes of so many pm2 takes at a time when it restarts
// or reloads them all: one of two, two of more.
func abreast(processes int) int {
	if processes <= 2 {
		return 1
	}
	return 2
}

// restartAll is pm2 restart of everything.
func (c *Cluster) restartAll() {
	c.toRestart = nil
	for _, w := range c.workers {
		if w.runs() {
			c.toRestart = append(c.toRestart, w.pid)
		}
	}
	c.abreast = abreast(len(c.toRestart))
	c.restartNext()
}

// restartNext restarts the next ones. pm2 does not wait until those before them
// listen: it is enough that they run.
func (c *Cluster) restartNext() {
	turns := 0
	for _, w := range c.workers {
		if w.restarting {
			turns++
		}
	}
	for ; turns < c.abreast && len(c.toRestart) > 0; turns++ {
		w := c.worker(c.toRestart[0])
		c.toRestart = c.toRestart[1:]
		if w != nil && w.runs() {
			w.restarting = true
			w.restart()
		}
	}
}

// online is the moment at which pm2 hears from a process that it has started.
type online worker

// Fire passes the turn on, if the process was restarted with all.
func (o *online) Fire() {
	if o.restarting {
		o.restarting = false
		o.c.restartNext()
	}
}

// runs says whether the worker has a process that was not told to end.
func (w *worker) runs() bool { return w.inst != nil && w.state != stopping }

// restart is pm2 restart: the process is told to end, and the next one is
// spawned when it is gone.
func (w *worker) restart() {
	w.dropFresh(trace.WhyRestart)
	w.end(trace.WhyRestart)
}

// reloadAll is pm2 reload: worker after worker, the next one when the old
// process of one before is gone. In fork mode nobody but the process itself has
// its port, so a reload is a restart.
func (c *Cluster) reloadAll() {
	if c.sc.Forks() {
		c.restartAll()
		return
	}
	for _, w := range c.workers {
		c.toReload = append(c.toReload, w.pid)
	}
	c.abreast = abreast(len(c.workers))
	c.reloadNext()
}

// reloadNext reloads the next workers that listen.
func (c *Cluster) reloadNext() {
	for len(c.toReload) > 0 && len(c.reloading) < c.abreast {
		w := c.worker(c.toReload[0])
		c.toReload = c.toReload[1:]
		if w != nil && w.state == up {
			c.reloading = append(c.reloading, w)
			w.reload()
		}
	}
}

// reloaded passes the turn on, if the worker has one: it was reloaded, or
// something else became of it meanwhile.
func (c *Cluster) reloaded(w *worker) {
	if i := slices.Index(c.reloading, w); i >= 0 {
		c.reloading = slices.Delete(c.reloading, i, i+1)
		c.reloadNext()
	}
}

// reload starts the next process of the worker beside the present one, which
// is told to end when the new one listens, or does not in time.
func (w *worker) reload() {
	w.fresh = w.c.newInstance(w.pid)
	w.hurry = w.c.now() + listenTimeout
	w.timer.Set(w.c.costs.Boot)
}

// freshStarted is the moment at which the process beside the present one would
// listen, or at which pm2 has waited for that long enough.
func (w *worker) freshStarted() {
	in := w.fresh
	if in.missesStore() && w.c.now() < w.hurry {
		in.waits = true
		w.timer.SetAt(w.hurry)
		return
	}
	w.takeOver()
}

// dropFresh ends the process that was starting beside the present one.
func (w *worker) dropFresh(why trace.Why) {
	if in := w.fresh; in != nil {
		w.fresh = nil
		w.timer.Stop()
		in.kill(why)
		w.c.reloaded(w)
	}
}

// takeOver lets the fresh process take the place of the present one, which is
// told to end.
func (w *worker) takeOver() {
	c, old, fresh := w.c, w.inst, w.fresh
	w.fresh = nil
	finishes := old.finishes()
	if finishes {
		w.stop(trace.WhyReload)
		w.old = old
	} else {
		w.inst = nil
		w.state, w.until = down, c.now()
		c.emit(trace.Event{Kind: trace.WorkerStopped, Pid: int16(w.pid), Mem: w.mem, Why: trace.WhyReload, Until: w.until})
	}
	w.timer.Stop()
	w.start(fresh, c.now())
	if fresh.missesStore() {
		w.waitForStore()
	} else {
		w.join()
	}
	old.interrupt(trace.WhyReload)
	if !finishes {
		c.reloaded(w)
	}
}

// scale changes the number of processes: new ones join the end of the round,
// and the lowest numbers go first, as under pm2.
func (c *Cluster) scale(n int) {
	for len(c.workers) > n {
		w := c.workers[0]
		c.workers = c.workers[1:]
		c.leaving = append(c.leaving, w)
		w.dismiss()
	}
	for len(c.workers) < n {
		pid := 1
		for c.worker(pid) != nil {
			pid++
		}
		if pid > scenario.MaxWorkers { // one that is on its way out may come back
			w := c.leaving[0]
			c.leaving = c.leaving[1:]
			w.leaves = false
			c.insert(w)
			continue
		}
		w := c.addWorker(pid)
		listens := c.now() + c.costs.Boot
		w.spawn(listens)
		w.timer.SetAt(listens)
	}
	c.primary.restartIfAlone()
	c.restartNext()
}

// dismiss tells the process of a worker that is no longer wanted to end.
func (w *worker) dismiss() {
	w.leaves = true
	w.dropFresh(trace.WhyScale)
	switch {
	case w.inst == nil:
		w.gone(trace.WorkerStopped, trace.WhyScale)
	case w.state != stopping:
		w.end(trace.WhyScale)
	}
	w.c.reloaded(w)
}
