package cluster

import (
	"slices"

	"procession/sim/des"
	"procession/sim/machine"
	"procession/sim/scenario"
	"procession/sim/trace"
)

// workerState says what a worker's process does.
type workerState uint8

const (
	down workerState = iota
	starting
	up // it listens
)

// String gives the state's word in the picture.
func (s workerState) String() string { return [...]string{"down", "starting", "up"}[s] }

// worker is a place in pm2's list: an instance now, another one after a
// restart. In mode=threads there is one, with threads inside.
type worker struct {
	c          *Cluster
	pid        int
	mem        trace.Memory // of its present or last life
	inst       *instance    // nil while it is down
	state      workerState
	until      int64
	threads    int
	done       int       // requests answered, in all lives
	born       int64     // when its present process was spawned
	young      int       // processes in a row that died young
	waits      bool      // does not listen before it has reached the store
	restarting bool      // is one of the two that "restart" restarts now
	timer      des.Timer // starting: listens; down: is spawned
	fresh      *instance // reload: starts beside the old one
}

// instance is one process of the app: a life of a worker.
type instance struct {
	c        *Cluster
	pid      int
	mem      trace.Memory
	proc     *machine.Process
	sessions sessions       // the session middleware with its store
	client   *client        // of the shared store
	written  map[string]int // how often each account was written: what the onlooker knows
	load     int            // requests and offered connections that it has not finished
	draining bool           // replaced: finishes what it has, then ends
	reply    des.Timer
	idle     []int      // mode=threads: threads without a request, by tid
	backlog  []*request // mode=threads: requests without a thread
}

// slots is how many processes there should be.
func (c *Cluster) slots() int {
	if c.sc.Mode == scenario.Threads {
		return 1
	}
	return c.sc.Processes()
}

func (c *Cluster) worker(pid int) *worker {
	for _, w := range c.workers {
		if w.pid == pid {
			return w
		}
	}
	return nil
}

func (c *Cluster) anyListens() bool {
	return slices.ContainsFunc(c.workers, func(w *worker) bool { return w.state == up })
}

// deploy puts the app in place: processes that listen at once. Those of the
// version before finish what they have and end; what they remembered is gone.
func (c *Cluster) deploy() {
	for len(c.workers) > 0 {
		w := c.workers[0]
		c.workers = c.workers[1:]
		c.stop(w, trace.WhyDeploy, 0, true)
	}
	for pid := 1; pid <= c.slots(); pid++ {
		w := c.addWorker(pid)
		w.spawn(c.now())
		w.listen()
	}
	c.primary.restart()
	for _, v := range c.visitors {
		v.again = c.sc.Traffic == scenario.Auto && v.started
	}
}

// addWorker puts a new worker in the list.
func (c *Cluster) addWorker(pid int) *worker {
	w := &worker{c: c, pid: pid}
	w.timer.Init(c.env, w)
	i, _ := slices.BinarySearchFunc(c.workers, pid, func(w *worker, pid int) int { return w.pid - pid })
	c.workers = slices.Insert(c.workers, i, w)
	return w
}

// newInstance makes the next process of a worker.
func (c *Cluster) newInstance(pid int) *instance {
	threads := 1
	if c.sc.Mode == scenario.Threads {
		threads = c.sc.Processes()
	}
	c.lives[pid]++
	in := &instance{c: c, pid: pid, written: map[string]int{}}
	in.proc = c.machine.Spawn(machine.Spec{Pid: pid, Life: c.lives[pid], Threads: threads,
		// A handler is our own code and never means to panic: it is the run that
		// broke, not the process that is shown.
		OnPanic: func(_ *machine.Process, p *des.Panic) { panic(p) }})
	in.mem = in.proc.Mem()
	in.reply.Init(c.env, (*replying)(in))
	for tid := 1; tid <= threads; tid++ {
		in.idle = append(in.idle, tid)
	}
	if c.sc.Mode == scenario.Store {
		in.storeClient()
	}
	in.sessions = c.newSessions(in)
	return in
}

// storeClient gives the process's client of the store; it is made when it is needed.
func (in *instance) storeClient() *client {
	if in.client == nil {
		in.client = in.c.store.newClient(in)
	}
	return in.client
}

// spawn starts a process that will listen at a moment.
func (w *worker) spawn(listens int64) {
	w.start(w.c.newInstance(w.pid), listens)
}

func (w *worker) start(in *instance, listens int64) {
	w.inst, w.mem, w.born, w.waits = in, in.mem, w.c.now(), false
	w.state, w.until, w.threads = starting, listens, in.proc.Threads
	w.c.emit(trace.Event{Kind: trace.WorkerStarting, Pid: int16(w.pid), Mem: w.mem, Threads: int16(w.threads), Until: listens})
}

func (w *worker) listen() {
	w.state, w.until = up, 0
	w.c.emit(trace.Event{Kind: trace.WorkerListening, Pid: int16(w.pid), Mem: w.mem})
}

// Fire is the end of what the worker waited for.
func (w *worker) Fire() {
	switch {
	case w.fresh != nil:
		w.replace()
	case w.state == down:
		listens := w.c.now() + w.c.costs.Boot
		w.spawn(listens)
		w.timer.SetAt(listens)
	case w.waits:
		w.crash(trace.WhyStoreLost)
	case w.inst.client != nil && !w.inst.client.connected && w.c.connectsFirst():
		// Without an error handler the first failed try ends the app.
		w.waits = true
		if w.c.sc.StoreClient == scenario.NoErrorHandler {
			w.timer.Set(lonelyLife)
		}
	case w.state == starting:
		w.join()
	}
}

// connectsFirst says whether the app awaits its connection to the store before
// it listens. A client of ioredis is there at once: it gives nothing to await.
func (c *Cluster) connectsFirst() bool {
	return c.sc.StoreConnect == scenario.First && c.sc.StoreClient != scenario.IORedis
}

// join lets a process that has started take its part of the traffic.
func (w *worker) join() {
	w.waits = false
	w.timer.Stop()
	w.listen()
	w.c.primary.joined(w.inst)
	w.c.primary.restartIfAlone()
	if w.restarting {
		w.restarting = false
		w.c.restartNext()
	}
}

// restartAll is pm2 restart of everything: two at a time.
func (c *Cluster) restartAll() {
	c.toRestart = nil
	for _, w := range c.workers {
		if w.inst != nil {
			c.toRestart = append(c.toRestart, w.pid)
		}
	}
	c.restartNext()
}

// restartNext restarts the next two, once those before them listen.
func (c *Cluster) restartNext() {
	if slices.ContainsFunc(c.workers, func(w *worker) bool { return w.restarting }) {
		return
	}
	for range min(2, len(c.toRestart)) {
		w := c.worker(c.toRestart[0])
		c.toRestart = c.toRestart[1:]
		if w != nil && w.inst != nil {
			w.restarting = true
			w.restart()
		}
	}
}

// crash ends a worker's process in the middle of what it does; pm2 starts
// another one, with an empty memory.
func (w *worker) crash(why trace.Why) {
	w.fall(trace.WorkerCrashed, why)
}

// restart is pm2 restart: the same, on purpose.
func (w *worker) restart() {
	w.fall(trace.WorkerStopped, trace.WhyRestart)
}

func (w *worker) fall(kind trace.Kind, why trace.Why) {
	c, in := w.c, w.inst
	w.dropFresh(why)
	if kind == trace.WorkerCrashed && w.givenUp(why) {
		c.workers = slices.DeleteFunc(c.workers, func(other *worker) bool { return other == w })
		w.timer.Stop()
		w.inst = nil
		c.emit(trace.Event{Kind: kind, Pid: int16(w.pid), Mem: w.mem, Why: trace.WhyGaveUp})
		in.kill(why)
		return
	}
	w.inst = nil
	w.state, w.until = down, c.now()+c.costs.Respawn
	w.timer.SetAt(w.until)
	c.emit(trace.Event{Kind: kind, Pid: int16(w.pid), Mem: w.mem, Why: why, Until: w.until})
	if kind == trace.WorkerStopped && c.sc.Graceful {
		in.drain(why)
		c.primary.left(in)
		return
	}
	in.kill(why)
}

// givenUp says whether pm2 gives the worker up (errored): its processes died
// young too often in a row. Those that miss the store live long enough for pm2.
func (w *worker) givenUp(why trace.Why) bool {
	if w.c.now()-w.born >= minUptime || why == trace.WhyStoreLost {
		w.young = 0
		return false
	}
	w.young++
	return w.young >= maxRestarts
}

// reload starts the next process of the worker beside the present one, which
// ends when the new one listens.
func (w *worker) reload() {
	w.dropFresh(trace.WhyReload)
	w.fresh = w.c.newInstance(w.pid)
	w.timer.Set(w.c.costs.Boot)
}

// dropFresh ends the process that was starting beside the present one.
func (w *worker) dropFresh(why trace.Why) {
	if in := w.fresh; in != nil {
		w.fresh = nil
		in.kill(why)
	}
}

// replace lets the fresh process take over, and reloads the next worker.
func (w *worker) replace() {
	c, in := w.c, w.inst
	fresh := w.fresh
	w.inst, w.fresh = nil, nil
	w.state, w.until = down, c.now()
	c.emit(trace.Event{Kind: trace.WorkerStopped, Pid: int16(w.pid), Mem: w.mem, Why: trace.WhyReload, Until: w.until})
	w.start(fresh, c.now())
	w.listen()
	c.primary.joined(fresh)
	in.drain(trace.WhyReload)
	c.reloadAfter(w.pid)
}

// reloadAfter reloads the first running worker behind a pid: one by one.
func (c *Cluster) reloadAfter(pid int) {
	for _, w := range c.workers {
		if w.pid > pid && w.state == up {
			w.reload()
			return
		}
	}
}

// scale changes the number of processes: new ones join the end of the round,
// and the lowest numbers go first, as under pm2.
func (c *Cluster) scale(n int) {
	if len(c.workers) == 1 && n > 1 && c.workers[0].state == up {
		c.primary.joined(c.workers[0].inst) // until now it accepted for itself
	}
	for len(c.workers) > n {
		w := c.workers[0]
		c.workers = c.workers[1:]
		c.stop(w, trace.WhyScale, 0, c.sc.Graceful)
	}
	for len(c.workers) < n {
		pid := 1
		for c.worker(pid) != nil {
			pid++
		}
		w := c.addWorker(pid)
		listens := c.now() + c.costs.Boot
		w.spawn(listens)
		w.timer.SetAt(listens)
	}
	c.primary.restartIfAlone()
}

// stop takes a worker out of the list. Its process finishes what it has, or is
// killed in the middle of it.
func (c *Cluster) stop(w *worker, why trace.Why, until int64, finish bool) {
	in := w.inst
	w.timer.Stop()
	w.dropFresh(why)
	w.inst = nil
	c.emit(trace.Event{Kind: trace.WorkerStopped, Pid: int16(w.pid), Mem: w.mem, Why: why, Until: until})
	switch {
	case in == nil:
	case finish:
		in.drain(why)
	default:
		in.kill(why)
	}
}

// load is what nginx's least_conn counts.
func (w *worker) load() int {
	if w.inst == nil {
		return 0
	}
	return w.inst.load
}

// receive is a request's arrival at the process: to the event loop, or to the
// next thread that has nothing to do.
func (in *instance) receive(r *request) {
	if in.proc.Threads == 1 {
		in.proc.Thread(1).Run(r, 0)
		return
	}
	if len(in.idle) == 0 {
		in.backlog = append(in.backlog, r)
		return
	}
	tid := in.idle[0]
	in.idle = in.idle[:copy(in.idle, in.idle[1:])]
	in.proc.Thread(tid).Run(r, 0)
}

// finished is called by a thread that is done with a request: it takes the
// next one.
func (in *instance) finished(tid int) {
	if in.proc.Threads == 1 {
		return
	}
	if len(in.backlog) == 0 {
		in.idle = append(in.idle, tid)
		return
	}
	r := in.backlog[0]
	in.backlog = in.backlog[:copy(in.backlog, in.backlog[1:])]
	in.proc.Thread(tid).Run(r, 0)
}

// die crashes the worker whose present life this is.
func (in *instance) die(why trace.Why) {
	if w := in.c.worker(in.pid); w != nil && w.inst == in {
		w.crash(why)
		return
	}
	in.kill(why)
}

// kill ends the process in the middle of what it does: its requests are lost,
// its connections break.
func (in *instance) kill(why trace.Why) {
	c := in.c
	in.proc.Kill()
	in.reply.Stop()
	if in.client != nil {
		in.client.close()
	}
	c.primary.left(in)
	for r := range c.requests.all() {
		switch {
		case r.inst == in && c.usesNginx() && r.conn.inst == nil:
			c.nginx.broken(r)
		case r.inst == in || r.conn.inst == in:
			r.reset(why)
		}
	}
	in.hangUp(trace.WhyReset)
}

// drain lets the process finish what it has; then it ends.
func (in *instance) drain(why trace.Why) {
	in.draining = true
	in.c.primary.remove(in)
	in.hangUp(why)
	in.load++ // so that the process ends even if it has nothing to finish
	in.unload()
}

// hangUp closes the connections that belong to the process.
func (in *instance) hangUp(why trace.Why) {
	for cn := range in.c.conns.all() {
		if cn.inst == in {
			cn.retire(why)
		}
	}
}

// unload notes that one of the things that the process had to do is done.
func (in *instance) unload() {
	if in.load--; in.load == 0 && in.draining && !in.proc.Dead() {
		in.c.env.Schedule(0, (*ending)(in))
	}
}

// ending is the end of a process that has finished what it had.
type ending instance

// Fire kills the process, unless something came in at the last moment.
func (e *ending) Fire() {
	if in := (*instance)(e); in.load == 0 && !in.proc.Dead() {
		in.proc.Kill()
		in.reply.Stop()
		if in.client != nil {
			in.client.close()
		}
	}
}

// replying is a worker's message to the primary: the connection is taken.
type replying instance

// Fire makes the worker free for the next connection.
func (r *replying) Fire() {
	in := (*instance)(r)
	if w := in.c.worker(in.pid); w != nil && w.inst == in && w.state == up {
		in.c.primary.joined(in)
	}
}
