package stats

import (
	"maps"
	"math"
	"slices"

	"procession/sim/trace"
)

// Counter adds up events.
type Counter struct {
	sum       Summary
	sent      int
	durations map[int64]int // how many requests took so many µs
	workers   map[int16]*Worker
	visitors  map[trace.TextID]*Visitor
	joined    []*Visitor
}

// NewCounter gives a counter of nothing yet.
func NewCounter() *Counter {
	return &Counter{durations: map[int64]int{}, workers: map[int16]*Worker{}, visitors: map[trace.TextID]*Visitor{}}
}

// Of gives the summary of all events that a log still holds.
func Of(l *trace.Log) Summary {
	c := NewCounter()
	for seq := l.First(); seq <= l.Len(); seq++ {
		c.Add(l, l.At(seq))
	}
	return c.Summary()
}

// Add counts one event; every event of a run is wanted, in order.
func (c *Counter) Add(l *trace.Log, e *trace.Event) {
	c.sum.Duration = e.Ts
	switch e.Kind {
	case trace.RunStarted:
		c.sum.Scenario = l.Text(e.Text)
	case trace.RunEnded:
		c.sum.Ended = true
	case trace.VisitorJoined:
		c.visitor(l, e.Visitor)
	case trace.WorkerStarting:
		c.worker(e.Pid)
	case trace.WorkerCrashed:
		c.worker(e.Pid).Crashes++
	case trace.StoreExecuted:
		c.sum.Commands++
	case trace.RequestSent:
		c.sent++
	case trace.RequestDone:
		c.done(l, e)
	}
}

// done counts a request that is over.
func (c *Counter) done(l *trace.Log, e *trace.Event) {
	v := c.visitor(l, e.Visitor)
	w := &Worker{} // of a request that no worker got
	if e.Pid != 0 {
		w = c.worker(e.Pid)
	}
	c.sum.Requests++
	v.Requests++
	w.Requests++
	switch e.Session {
	case trace.Hit:
		c.sum.Hits++
		v.Hits++
		w.Hits++
	case trace.Miss:
		c.sum.Misses++
		v.Misses++
		w.Misses++
	}
	if e.Chance == 1 {
		c.sum.Logouts++
		v.Logouts++
	}
	switch {
	case e.Status == 0:
		c.sum.Resets++
	case e.Status >= 500:
		c.sum.Errors++
	case e.Op == trace.Visit && e.Status == 200:
		c.sum.Welcome++
	case e.Op == trace.Visit && e.Status == 401:
		c.sum.Denied++
	}
	c.durations[e.Dur]++
}

func (c *Counter) worker(pid int16) *Worker {
	w := c.workers[pid]
	if w == nil {
		w = &Worker{Pid: pid}
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

// Summary gives what was counted so far.
func (c *Counter) Summary() Summary {
	s := c.sum
	s.InFlight = c.sent - s.Requests
	if n := s.Hits + s.Misses; n > 0 {
		// Four digits: more would be noise to read and differ in its last bit.
		ratio := math.Round(float64(s.Hits)/float64(n)*1e4) / 1e4
		s.HitRatio = &ratio
	}
	s.Latency = c.latency()
	s.Workers = []Worker{}
	for _, pid := range slices.Sorted(maps.Keys(c.workers)) {
		s.Workers = append(s.Workers, *c.workers[pid])
	}
	s.Visitors = []Visitor{}
	for _, v := range c.joined {
		s.Visitors = append(s.Visitors, *v)
	}
	return s
}

// latency finds the percentiles.
func (c *Counter) latency() Latency {
	durations := slices.Sorted(maps.Keys(c.durations))
	rank := func(percent int) int64 {
		// The nearest rank: the smallest duration that is enough for so many.
		want := (c.sum.Requests*percent + 99) / 100
		for _, d := range durations {
			if want -= c.durations[d]; want <= 0 {
				return d
			}
		}
		return 0
	}
	return Latency{P50: rank(50), P95: rank(95), P99: rank(99)}
}
