package des

import "math"

// Time is virtual time in µs since the run began.
type Time = int64

// never is the end of time: what is scheduled beyond it is scheduled for it.
const never Time = math.MaxInt64

// Env is a world with a time of its own. Make it with NewEnv, end it with Close.
type Env struct {
	now     Time
	seq     int64   // of what was scheduled last; orders events at the same time
	agenda  agenda  // what will happen later
	ready   ring    // what happens now, in order
	cur     *Proc   // whose goroutine has the baton; nil: the engine's
	budget  int64   // events allowed at one instant
	spent   int64   // events executed at this instant
	err     error   // *Stuck
	procs   procSet // those that have not ended, in the order of their start
	life    life
	inside  bool // Run… or Close is at work
	stopped bool // Stop was called while it is
}

// life says whether an Env still takes things on.
type life uint8

const (
	open    life = iota
	closing      // Close is killing the processes
	closed
)

// NewEnv makes an empty environment at time 0.
func NewEnv() *Env {
	return &Env{budget: math.MaxInt64}
}

// Now gives the present virtual time in µs.
func (e *Env) Now() Time { return e.now }

// Schedule lets h.Fire happen after a delay in µs. A delay of 0 means now, after
// what is already scheduled for now. It panics when the delay is negative or
// the environment was closed.
func (e *Env) Schedule(delay Time, h Handler) {
	t := e.after("Env.Schedule", delay)
	if !e.takes("Env.Schedule") {
		return
	}
	e.seq++
	if t == e.now {
		e.ready.push(e.seq, h)
		return
	}
	e.agenda.add(t, e.seq, h)
}

// after gives the moment after a delay; method is named when it is negative.
func (e *Env) after(method string, delay Time) Time {
	if delay < 0 {
		panic("des: " + method + ": negative delay")
	}
	if delay > never-e.now {
		return never
	}
	return e.now + delay
}

// takes says whether something new may be scheduled. While Close is at work
// nothing is, silently: what dies then may still say what it would have done.
func (e *Env) takes(method string) bool {
	if e.life == closed {
		panic("des: " + method + ": the Env is closed")
	}
	return e.life == open
}

// Peek gives the time of the next event; false when there is none.
func (e *Env) Peek() (Time, bool) {
	if e.ready.len() > 0 {
		return e.now, true
	}
	if first := e.agenda.first(); first != nil {
		return first.at, true
	}
	return 0, false
}

// SetBudget limits the events at one and the same instant to n: when there are
// more, Run… stops, now and for good, and Err says so. Without a budget events
// that go on and on without letting time pass would never come back. It
// panics when n is less than 1.
func (e *Env) SetBudget(n int64) {
	if n < 1 {
		panic("des: Env.SetBudget: less than one event")
	}
	e.budget = n
}

// Err is a *Stuck when the budget of an instant was used up, else nil.
func (e *Env) Err() error { return e.err }

// Close kills every process, in the order of their start, so that no goroutine
// is left. What is scheduled meanwhile is dropped; afterwards scheduling and
// starting panic. It may be called again, but not from within an event.
func (e *Env) Close() {
	if e.life == closed {
		return
	}
	e.enter("Env.Close")
	defer e.leave()
	e.life = closing
	for e.procs.first != nil {
		e.procs.first.Kill()
	}
	e.life = closed
	e.agenda, e.ready = agenda{}, ring{}
}
