package main

import (
	"procession/sim/des"
	"procession/sim/machine"
	"procession/sim/trace"
)

// shop is W2 on a simulated machine, with all that it notes in the trace.
type shop struct {
	env    *des.Env
	log    *trace.Log
	times  *w2Times
	next   des.Timer // when a job comes in
	came   int       // jobs
	queued []int     // jobs that no worker has
	idle   []*worker // first in, first out
	done   int       // jobs
}

// newShop opens a shop in which nothing has come in.
func newShop(times *w2Times) *shop {
	s := &shop{env: des.NewEnv(), log: trace.NewLog(), times: times}
	m := machine.New(s.env, s.log, w2Capacity, machine.Costs{})
	for i := range w2Workers {
		p := m.Spawn(machine.Spec{Pid: i + 1, Life: 1, Threads: 1})
		s.idle = append(s.idle, &worker{shop: s, thread: p.Thread(1)})
	}
	s.next.Init(s.env, s)
	s.wait()
	return s
}

// wait waits for the next job.
func (s *shop) wait() {
	arrival, _ := s.times.of(s.came)
	s.next.Set(arrival)
}

// Fire takes a job in.
func (s *shop) Fire() {
	s.queued = append(s.queued, s.came)
	s.came++
	s.assign()
	s.wait()
}

// assign gives the first job to the worker who has been idle longest.
func (s *shop) assign() {
	if len(s.queued) == 0 || len(s.idle) == 0 {
		return
	}
	w := s.idle[0]
	s.idle = s.idle[:copy(s.idle, s.idle[1:])]
	_, w.service = s.times.of(s.queued[0])
	s.queued = s.queued[:copy(s.queued, s.queued[1:])]
	w.thread.Run(w, 0)
}

// worker serves a job on a thread of its own.
type worker struct {
	shop    *shop
	thread  *machine.Thread
	service int64 // of its job, µs
}

// Run serves the job.
func (w *worker) Run(t *machine.Task) {
	t.Compute(w.service)
	w.shop.done++
	w.shop.idle = append(w.shop.idle, w)
	w.shop.assign()
}
