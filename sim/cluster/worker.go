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
	up       // it listens
	stopping // it was told to end and finishes what it has
)

// String gives the state's word in the picture.
func (s workerState) String() string { return [...]string{"down", "starting", "up", "stopping"}[s] }

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
	jobs       int       // how often it ran its job, in all lives
	born       int64     // when its present process was spawned
	young      int       // processes in a row that died young
	restarting bool      // it has its turn in a restart of all
	leaves     bool      // is taken out of the list when its process is gone
	timer      des.Timer // starting: listens; down: is spawned
	fresh      *instance // reload: starts beside the present one
	hurry      int64     // reload: the moment at which pm2 stops waiting for the fresh one
	old        *instance // reload: finishes what it has beside the present one
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
	waits    bool           // it does not listen before it has reached the store
	load     int            // requests and offered connections that it has not finished
	sockets  int            // websockets that it holds
	told     trace.Why      // why it was told to end: it finishes what it has; 0: it was not told
	throws   bool           // the handler of its next request throws
	job      job            // what its timer runs
	patience des.Timer      // pm2's, with a process that was told to end
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

// worker gives the worker of a number, also one that is on its way out of the
// list; nil when there is none.
func (c *Cluster) worker(pid int) *worker {
	for _, list := range [...][]*worker{c.workers, c.leaving} {
		for _, w := range list {
			if w.pid == pid {
				return w
			}
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
	c.toRestart, c.toReload, c.reloading = nil, nil, nil
	for len(c.workers)+len(c.leaving) > 0 {
		list := &c.workers
		if len(c.workers) == 0 {
			list = &c.leaving
		}
		w := (*list)[0]
		*list = (*list)[1:]
		w.replaced()
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
	c.insert(w)
	return w
}

// insert puts a worker into the list, at its place.
func (c *Cluster) insert(w *worker) {
	i, _ := slices.BinarySearchFunc(c.workers, w.pid, func(w *worker, pid int) int { return w.pid - pid })
	c.workers = slices.Insert(c.workers, i, w)
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
	in.job.in = in
	in.job.timer.Init(c.env, &in.job)
	in.reply.Init(c.env, (*replying)(in))
	in.patience.Init(c.env, (*sigkill)(in))
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
	w.inst, w.mem, w.born = in, in.mem, w.c.now()
	w.state, w.until, w.threads = starting, listens, in.proc.Threads
	w.c.emit(trace.Event{Kind: trace.WorkerStarting, Pid: int16(w.pid), Mem: w.mem, Threads: int16(w.threads), Until: listens})
}

func (w *worker) listen() {
	w.state, w.until = up, 0
	w.c.emit(trace.Event{Kind: trace.WorkerListening, Pid: int16(w.pid), Mem: w.mem})
	w.inst.job.start()
}

// Fire is the end of what the worker waited for.
func (w *worker) Fire() {
	switch {
	case w.fresh != nil:
		w.freshStarted()
	case w.state == down:
		listens := w.c.now() + w.c.costs.Boot
		w.spawn(listens)
		w.timer.SetAt(listens)
		if w.restarting {
			w.c.env.Schedule(w.c.costs.Online, (*online)(w))
		}
	case w.inst.waits:
		w.crash(trace.WhyStoreLost)
	case w.inst.missesStore():
		w.waitForStore()
	case w.state == starting:
		w.join()
	}
}

// missesStore says whether the process cannot listen yet: it has no connection
// to the store, and awaits it.
func (in *instance) missesStore() bool {
	return in.client != nil && !in.client.connected && in.c.connectsFirst()
}

// waitForStore lets the worker's process wait until it has reached the store.
// Without an error handler the first failed try ends the app.
func (w *worker) waitForStore() {
	w.inst.waits = true
	if w.c.sc.StoreClient == scenario.NoErrorHandler {
		w.timer.Set(lonelyLife)
	}
}

// connectsFirst says whether the app awaits its connection to the store before
// it listens. A client of ioredis is there at once: it gives nothing to await.
func (c *Cluster) connectsFirst() bool {
	return c.sc.StoreConnect == scenario.First && c.sc.StoreClient != scenario.IORedis
}

// join lets a process that has started take its part of the traffic.
func (w *worker) join() {
	w.inst.waits = false
	w.timer.Stop()
	w.listen()
	w.c.primary.joined(w.inst)
	w.c.primary.restartIfAlone()
}

// crash ends a worker's process in the middle of what it does; pm2 starts
// another one, with an empty memory.
func (w *worker) crash(why trace.Why) {
	c, in := w.c, w.inst
	w.dropFresh(why)
	if w.state != stopping && w.givenUp(why) {
		c.workers = slices.DeleteFunc(c.workers, func(other *worker) bool { return other == w })
		w.timer.Stop()
		w.inst = nil
		c.emit(trace.Event{Kind: trace.WorkerCrashed, Pid: int16(w.pid), Mem: w.mem, Why: trace.WhyGaveUp})
		in.kill(why)
		c.reloaded(w)
		c.restartNext()
		return
	}
	w.gone(trace.WorkerCrashed, why)
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

// replaced ends a worker that is no longer in the list: another version of the
// app has taken over. Its process finishes what it has.
func (w *worker) replaced() {
	in := w.inst
	w.timer.Stop()
	w.dropFresh(trace.WhyDeploy)
	w.inst = nil
	w.c.emit(trace.Event{Kind: trace.WorkerStopped, Pid: int16(w.pid), Mem: w.mem, Why: trace.WhyDeploy})
	if in != nil {
		in.drain(trace.WhyDeploy)
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

// die crashes the process.
func (in *instance) die(why trace.Why) {
	if w := in.c.worker(in.pid); w != nil && w.inst == in {
		w.crash(why)
		return
	}
	in.leave(trace.WorkerCrashed, why)
	in.kill(why)
}

// kill ends the process in the middle of what it does: its requests are lost,
// its connections break.
func (in *instance) kill(why trace.Why) {
	c := in.c
	in.exit()
	c.primary.left(in)
	for r := range c.requests.all() {
		switch {
		case r.inst == in && c.usesNginx() && r.conn.inst == nil:
			c.nginx.broken(r)
		case r.inst == in || r.conn.inst == in:
			r.reset(why)
		}
	}
	for t := range c.tails.all() {
		if t.inst == in {
			t.cut()
		}
	}
	broken := trace.WhyReset
	if why == trace.WhyKillTimeout {
		broken = why
	}
	in.hangUp(broken)
}

// exit is the end of the process itself.
func (in *instance) exit() {
	in.proc.Kill()
	in.reply.Stop()
	in.patience.Stop()
	in.job.timer.Stop()
	in.c.store.locks.leave(in)
	if in.client != nil {
		in.client.close()
	}
}

// hangUp closes the connections that belong to the process.
func (in *instance) hangUp(why trace.Why) {
	for cn := range in.c.conns.all() {
		if cn.inst == in {
			cn.retire(why)
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
