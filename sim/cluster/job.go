package cluster

import (
	"strconv"

	"procession/sim/des"
	"procession/sim/machine"
	"procession/sim/scenario"
	"procession/sim/trace"
)

// job is the timer of a process (setInterval): from its start to its end it
// runs its job again and again. No process knows of the timers of the others.
type job struct {
	in    *instance
	timer des.Timer
	busy  bool // the one before is still under way
}

// The lock in the store for which the timers of all processes ask
// (timer=store). It is gone a little before they ask again.
const (
	jobLock     = "lock:job"
	lockedShare = 10 // parts of the period, of which it is free for one
)

// start begins to count the period, or stops where there is no timer.
func (j *job) start() {
	j.timer.Stop()
	if sc := &j.in.c.sc; sc.Timer != scenario.None {
		j.timer.Set(sc.TimerEvery)
	}
}

// Fire is the end of a period. A job that takes longer than that is not begun
// a second time.
func (j *job) Fire() {
	in := j.in
	j.start()
	if j.busy || in.c.sc.Timer == scenario.First && in.pid != 1 { // NODE_APP_INSTANCE is not 0
		return
	}
	j.busy = true
	in.proc.Thread(1).Run(j, 0)
}

// Run runs the job. Nobody has asked for it, and nobody waits.
func (j *job) Run(t *machine.Task) {
	in, c := j.in, j.in.c
	defer func() { j.busy = false }()
	h, op := c.sc.Job()
	r := &request{c: c, v: &visitor{c: c}, op: op, closed: true, pid: int16(in.pid), tid: int16(t.Thread().Tid)}
	if c.sc.Timer == scenario.Store {
		free := false
		period := c.sc.TimerEvery / 1000
		ms := strconv.FormatInt(period-period/lockedShare, 10)
		err := in.storeClient().call(t, r, words{"SET", jobLock, strconv.Itoa(in.pid), "NX", "PX", ms}, func(reply any) { free = reply != nil })
		if err != nil || !free {
			return
		}
	}
	if w := c.worker(in.pid); w != nil {
		w.jobs++
	}
	c.totals.Jobs++
	c.emit(trace.Event{Kind: trace.JobRan, Pid: int16(in.pid), Tid: r.tid, Mem: in.mem, Count: int32(c.totals.Jobs)})
	t.Compute(c.costs.Handle)
	if h != nil {
		steps := steps{c: c, in: in, r: r, task: t}
		steps.take(h.Steps)
	}
}

// resetTimers lets all timers begin anew: their period is another one.
func (c *Cluster) resetTimers() {
	for _, list := range [...][]*worker{c.workers, c.leaving} {
		for _, w := range list {
			for _, in := range [...]*instance{w.inst, w.old} {
				if in != nil && w.state != starting {
					in.job.start()
				}
			}
		}
	}
}
