package cluster

import (
	"slices"

	"procession/sim/trace"
)

// pm2 ends a process by SIGINT. An app without a handler for it is gone at
// once. One that closes its server (graceful) takes nothing new, closes the
// connections on which nothing is asked, finishes what it has and exits.
// Websockets are not its server's any more: they stay open, and keep the
// process, until pm2 loses patience (kill_timeout) and sends SIGKILL.

// end tells the worker's process to end.
func (w *worker) end(why trace.Why) {
	in := w.inst
	if in.finishes() {
		w.stop(why)
	} else {
		w.gone(trace.WorkerStopped, why)
	}
	in.interrupt(why)
}

// stop notes that the worker's process was told to end and finishes what it has.
func (w *worker) stop(why trace.Why) {
	w.timer.Stop()
	w.state, w.until = stopping, w.c.now()+w.c.sc.KillTimeout
	w.c.emit(trace.Event{Kind: trace.WorkerStopping, Pid: int16(w.pid), Mem: w.mem, Why: why, Until: w.until})
}

// gone notes that the worker's process is no more. pm2 spawns the next one,
// unless the worker is no longer wanted.
func (w *worker) gone(kind trace.Kind, why trace.Why) {
	c := w.c
	w.inst = nil
	w.state, w.until = down, c.now()+c.costs.Respawn
	if w.leaves {
		w.until = 0
		w.timer.Stop()
		c.leaving = slices.DeleteFunc(c.leaving, func(other *worker) bool { return other == w })
	} else {
		w.timer.SetAt(w.until)
	}
	c.emit(trace.Event{Kind: kind, Pid: int16(w.pid), Mem: w.mem, Why: why, Until: w.until})
}

// busy says whether the process has something to finish before it can exit.
func (in *instance) busy() bool { return in.load > 0 || in.sockets > 0 }

// finishes says whether the process goes on for a while when it is told to end.
func (in *instance) finishes() bool { return in.c.sc.Graceful && in.busy() }

// interrupt is SIGINT.
func (in *instance) interrupt(why trace.Why) {
	if !in.c.sc.Graceful {
		in.kill(why)
		return
	}
	in.close(why)
	if !in.busy() {
		in.exit()
	}
}

// close is the app's handler for SIGINT: server.close.
func (in *instance) close(why trace.Why) {
	in.told = why
	in.patience.Set(in.c.sc.KillTimeout)
	in.c.primary.left(in)
	for cn := range in.c.conns.all() {
		if cn.inst == in && !cn.socket {
			cn.retire(why)
		}
	}
}

// drain lets a process that was replaced finish what it has, however long that
// takes; its websockets are closed.
func (in *instance) drain(why trace.Why) {
	in.told = why
	in.patience.Stop()
	in.c.primary.remove(in)
	in.hangUp(why)
	in.exitIfFinished()
}

// unload notes that one of the things that the process had to do is done.
func (in *instance) unload() {
	in.load--
	in.exitIfFinished()
}

// exitIfFinished ends a process that was told to end and has nothing left.
func (in *instance) exitIfFinished() {
	if in.told != 0 && !in.busy() && !in.proc.Dead() {
		in.c.env.Schedule(0, (*finishing)(in))
	}
}

// finishing is the end of a process that has finished what it had.
type finishing instance

// Fire ends the process, unless something came in at the last moment.
func (f *finishing) Fire() {
	if in := (*instance)(f); !in.busy() && !in.proc.Dead() {
		in.leave(trace.WorkerStopped, in.told)
		in.exit()
	}
}

// sigkill is the end of pm2's patience with a process that was told to end.
type sigkill instance

// Fire ends the process in the middle of what it does.
func (s *sigkill) Fire() {
	in := (*instance)(s)
	in.leave(trace.WorkerStopped, trace.WhyKillTimeout)
	in.kill(trace.WhyKillTimeout)
}

// leave takes a process that ends out of its worker.
func (in *instance) leave(kind trace.Kind, why trace.Why) {
	c := in.c
	w := c.worker(in.pid)
	switch {
	case w == nil:
	case w.inst == in:
		w.gone(kind, why)
	case w.old == in:
		w.old = nil
		c.emit(trace.Event{Kind: kind, Pid: int16(in.pid), Mem: in.mem, Why: why, Until: c.now()})
		c.reloaded(w)
	case w.fresh == in:
		w.fresh = nil
		w.timer.Stop()
		c.reloaded(w)
	}
}
