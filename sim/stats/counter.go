package stats

import (
	"maps"
	"math"
	"slices"
	"strings"

	"procession/sim/scenario"
	"procession/sim/trace"
)

// Counter adds up events.
type Counter struct {
	sum       Summary
	totals    trace.Totals // of the requests that are over
	sent      int
	durations map[int64]int // how many requests took so many µs
	workers   []*worker     // by pid
	visitors  map[trace.TextID]*Visitor
	joined    []*Visitor

	cores   cores
	ready   map[thread]int64   // since when a thread waits for a core
	locked  map[thread]int64   // since when a thread waits for a lock
	trips   map[trip]int64     // since when a command is on its way
	tripped int64              // µs of all trips
	scene   scenario.Scenario  // as it is now
	present struct{ n, t int } // processes and threads that there are
	peak    struct{ n, t int } // the same when they took most
}

// worker is a worker's share and the lives of its process.
type worker struct {
	Worker
	life    life
	leaving int // threads of the process before it, which was reloaded and still finishes what it has
}

// trip names a command on its way to the store: a request has one at a time,
// and so has a process for what it asks on its own account.
type trip struct {
	req int32
	pid int16
}

// NewCounter gives a counter of nothing yet.
func NewCounter() *Counter {
	return &Counter{durations: map[int64]int{}, visitors: map[trace.TextID]*Visitor{},
		ready: map[thread]int64{}, locked: map[thread]int64{}, trips: map[trip]int64{}}
}

// Add counts one event; every event of a run is wanted, in order.
func (c *Counter) Add(l *trace.Log, e *trace.Event) {
	c.sum.Duration = e.Ts
	switch e.Kind {
	case trace.RunStarted:
		c.begin(l.Text(e.Text))
	case trace.ScenarioSet:
		c.set(l.Text(e.Text), e.Ts)
	case trace.RunEnded:
		c.sum.Ended = true
	case trace.VisitorJoined:
		c.visitor(l, e.Visitor)
	case trace.WorkerStarting:
		c.born(e)
	case trace.WorkerCrashed:
		c.sum.Crashes++
		c.worker(e.Pid).Crashes++
		c.gone(e)
	case trace.WorkerStopped:
		c.gone(e)
	case trace.CoreSwitch:
		c.turn(e)
	case trace.CoreIdle:
		c.stop(e)
	case trace.ThreadReady:
		c.ready[threadOf(e)] = e.Ts
	case trace.ThreadDone:
		c.waited(e)
	case trace.LockWaited:
		c.sum.Locks.Waits++
		c.locked[threadOf(e)] = e.Ts
	case trace.LockAcquired:
		c.sum.Locks.Taken++
		if th := threadOf(e); c.waitsForLock(th) {
			c.unlock(th, e.Dur)
		}
	case trace.LockDeadlocked:
		c.sum.Deadlocks++
	case trace.UpdateLost:
		c.sum.LostUpdates++
	case trace.CookieReplaced:
		c.sum.ReplacedCookies++
	case trace.SessionRevived:
		c.sum.RevivedSessions++
	case trace.ChatDelivered:
		c.sum.Heard++
	case trace.ChatMissed:
		c.sum.Unheard++
	case trace.JobRan:
		c.sum.Jobs++
	case trace.StoreSent:
		c.trips[trip{e.Req, e.Pid}] = e.Ts
	case trace.StoreExecuted:
		c.sum.Commands++
		c.tripDone(e)
	case trace.StoreFailed:
		delete(c.trips, trip{e.Req, e.Pid})
	case trace.RequestSent:
		c.sent++
	case trace.RequestDone:
		c.done(l, e)
	}
}

// begin reads the scenario of the run.
func (c *Counter) begin(text string) {
	c.sum.Scenario = text
	sc, err := scenario.Parse(text)
	if err != nil {
		sc = scenario.Default() // a trace of another version: its machine is not known
	}
	c.scene = sc
	c.cores.set(sc.Cores, 0)
}

// set follows the number of cores.
func (c *Counter) set(setting string, now int64) {
	if key, value, _ := strings.Cut(setting, "="); key == "cores" && c.scene.Set(key, value) == nil {
		c.cores.set(c.scene.Cores, now)
	}
}

// born counts a process that begins.
func (c *Counter) born(e *trace.Event) {
	w := c.worker(e.Pid)
	if w.life.alive { // reloaded: the process before still finishes what it has
		w.leaving = w.life.threads
		w.life.end(e.Ts)
	}
	w.life.begin(e.Mem, int(e.Threads), e.Ts)
	c.present.n++
	c.present.t += int(e.Threads)
	if footprint(c.present.n, c.present.t).Resident > footprint(c.peak.n, c.peak.t).Resident {
		c.peak = c.present
	}
}

// gone counts a process that is no more; what its threads waited for, they
// wait for no longer.
func (c *Counter) gone(e *trace.Event) {
	w := c.worker(e.Pid)
	if w.leaving > 0 && e.Mem != w.life.mem {
		c.present.n--
		c.present.t -= w.leaving
		w.leaving = 0
		return
	}
	if w.life.alive {
		c.present.n--
		c.present.t -= w.life.threads
	}
	w.life.end(e.Ts)
	for tid := range int16(w.life.threads) {
		th := thread{e.Pid, tid + 1, e.Mem}
		if since, ok := c.locked[th]; ok {
			c.unlock(th, e.Ts-since)
		}
	}
}

func threadOf(e *trace.Event) thread { return thread{e.Pid, e.Tid, e.Mem} }

// turn counts a core that turns to a thread.
func (c *Counter) turn(e *trace.Event) {
	c.stop(e)
	c.waited(e)
	c.cores.turn(e.Core, threadOf(e), e.Ts, e.Until)
}

// stop counts what a core did until now.
func (c *Counter) stop(e *trace.Event) {
	if on, ran, switching := c.cores.stop(e.Core, e.Ts); on.pid != 0 {
		w := c.worker(on.pid)
		w.Run += ran
		w.Switching += switching
		w.life.used(on.mem, ran+switching)
	}
}

// waited ends a thread's wait for a core.
func (c *Counter) waited(e *trace.Event) {
	if len(c.ready) == 0 {
		return
	}
	th := threadOf(e)
	if since, ok := c.ready[th]; ok {
		delete(c.ready, th)
		w := c.worker(th.pid)
		w.Ready += e.Ts - since
		w.life.used(th.mem, e.Ts-since)
	}
}

// waitsForLock says whether a thread waits for a lock. One whose process was
// replaced meanwhile no longer does: its wait was ended then.
func (c *Counter) waitsForLock(th thread) bool {
	_, ok := c.locked[th]
	return ok
}

// unlock ends a thread's wait for a lock.
func (c *Counter) unlock(th thread, waited int64) {
	delete(c.locked, th)
	c.sum.Locks.Total += waited
	c.sum.Locks.Max = max(c.sum.Locks.Max, waited)
}

// tripDone counts a command whose reply is on its way.
func (c *Counter) tripDone(e *trace.Event) {
	way := trip{e.Req, e.Pid}
	if since, ok := c.trips[way]; ok {
		delete(c.trips, way)
		c.sum.Store.Trips++
		c.tripped += e.Until - since
	}
}

// done counts a request that is over.
func (c *Counter) done(l *trace.Log, e *trace.Event) {
	v := c.visitor(l, e.Visitor)
	w := &worker{} // of a request that no worker got
	if e.Pid != 0 {
		w = c.worker(e.Pid)
	}
	c.totals.Add(e)
	v.Requests++
	w.Requests++
	switch e.Session {
	case trace.Hit:
		v.Hits++
		w.Hits++
	case trace.Miss:
		v.Misses++
		w.Misses++
	}
	if e.Outcome() == trace.ByChance {
		v.Logouts++
	}
	c.durations[e.Dur]++
}

func (c *Counter) worker(pid int16) *worker {
	for int(pid) >= len(c.workers) {
		c.workers = append(c.workers, nil)
	}
	w := c.workers[pid]
	if w == nil {
		w = &worker{Worker: Worker{Pid: pid}}
		c.workers[pid] = w
	}
	return w
}

func (c *Counter) visitor(l *trace.Log, id trace.TextID) *Visitor {
	v := c.visitors[id]
	if v == nil {
		v = &Visitor{Name: l.Text(id)}
		c.visitors[id] = v
		c.joined = append(c.joined, v)
	}
	return v
}

// Summary gives what was counted so far, up to the last event.
func (c *Counter) Summary() Summary { return c.SummaryAt(c.sum.Duration) }

// SummaryAt gives what was counted so far for a run that was watched until a
// moment (virtual µs), which is not before the last event.
func (c *Counter) SummaryAt(now int64) Summary {
	s, t := c.sum, c.totals
	s.Duration = now
	s.Requests, s.InFlight = t.Requests, c.sent-t.Requests
	s.Hits, s.Misses, s.Logouts = t.Hits, t.Misses, t.Logouts
	s.Welcome, s.Denied, s.Errors, s.Resets = t.Welcome, t.Denied, t.Errors, t.Resets
	if n := s.Hits + s.Misses; n > 0 {
		ratio := share(int64(s.Hits), int64(n))
		s.HitRatio = &ratio
	}
	if now > 0 {
		s.Throughput = round(float64(s.Requests)*1e6/float64(now), 100)
	}
	s.Latency = c.latency()
	s.Cores, s.Switches = c.cores.shares(now), c.cores.switches
	for _, since := range c.locked {
		s.Locks.Total += now - since
		s.Locks.Max = max(s.Locks.Max, now-since)
	}
	if s.Store.Trips > 0 {
		s.Store.Mean = c.tripped / int64(s.Store.Trips)
	}
	s.Memory = footprint(c.peak.n, c.peak.t)
	s.Workers = c.workersAt(now)
	s.Visitors = []Visitor{}
	for _, v := range c.joined {
		s.Visitors = append(s.Visitors, *v)
	}
	return s
}

// workersAt gives the workers with what their threads are in the middle of.
func (c *Counter) workersAt(now int64) []Worker {
	list := []Worker{}
	for _, w := range c.workers {
		if w == nil {
			continue
		}
		one, total := w.Worker, w.life.total(now)
		for i := range c.cores.all {
			if core := &c.cores.all[i]; core.on.pid == w.Pid {
				ran, switching := core.times(now)
				one.Run += ran
				one.Switching += switching
			}
		}
		for th, since := range c.ready {
			if th.pid == w.Pid {
				one.Ready += now - since
			}
		}
		one.Blocked = max(0, total-one.Run-one.Ready-one.Switching)
		list = append(list, one)
	}
	return list
}

// latency finds the percentiles.
func (c *Counter) latency() Latency {
	durations := slices.Sorted(maps.Keys(c.durations))
	rank := func(percent int) int64 {
		// The nearest rank: the smallest duration that is enough for so many.
		want := (c.totals.Requests*percent + 99) / 100
		for _, d := range durations {
			if want -= c.durations[d]; want <= 0 {
				return d
			}
		}
		return 0
	}
	return Latency{P50: rank(50), P95: rank(95), P99: rank(99)}
}

// share gives a part of a whole in four digits: more would be noise to read
// and differ in its last bit.
func share(part, whole int64) float64 {
	if whole == 0 {
		return 0
	}
	return round(float64(part)/float64(whole), 1e4)
}

// round keeps so many parts of a whole one: 100 for two digits.
func round(x, parts float64) float64 { return math.Round(x*parts) / parts }
