package des

import "math"

// Step executes the next event. It says false when there is none, or when the
// budget of an instant is used up (see Err).
func (e *Env) Step() bool {
	// NB: no process may let time pass by itself here, for that would be a
	// second event.
	e.enter("Env.Step")
	defer e.leave()
	return e.loop(never, 1)
}

// RunUntil executes every event up to and at t; then Now is t. It panics when t
// has passed.
func (e *Env) RunUntil(t Time) {
	if t < e.now {
		panic("des: Env.RunUntil: that time has passed")
	}
	if stopped := e.run("Env.RunUntil", t); !stopped {
		e.pass(t)
	}
}

// RunBefore executes every event before t; then Now is t, and what is
// scheduled for t is still to come. So what the caller does next comes before
// the events of its microsecond. It panics when t has passed.
func (e *Env) RunBefore(t Time) {
	if t < e.now {
		panic("des: Env.RunBefore: that time has passed")
	}
	if t == e.now {
		return
	}
	if stopped := e.run("Env.RunBefore", t-1); !stopped {
		e.pass(t)
	}
}

// pass lets time pass in which nothing happens.
func (e *Env) pass(t Time) {
	if e.err == nil && t > e.now {
		e.now, e.spent = t, 0
	}
}

// Run executes events until none is left.
func (e *Env) Run() { e.run("Env.Run", never) }

func (e *Env) run(method string, limit Time) (stopped bool) {
	e.enter(method)
	defer e.leave()
	e.limit = limit
	return e.loop(limit, math.MaxInt64)
}

// Stop makes RunUntil, RunBefore or Run come back after the present event, with
// Now at its time. What is scheduled stays so, and another Run… goes on with it.
func (e *Env) Stop() { e.left, e.limit = 0, -1 }

// enter guards against running inside of running; leave is its end.
func (e *Env) enter(method string) {
	if e.inside {
		panic("des: " + method + ": called from within an event")
	}
	e.inside = true
}

func (e *Env) leave() { e.inside, e.limit = false, -1 }

// loop executes n events, but none later than limit. It says false when there
// were fewer, and nobody stopped it.
func (e *Env) loop(limit Time, n int64) bool {
	for e.left = n; e.left > 0; e.left-- {
		h := e.next(limit)
		if h == nil {
			return false
		}
		if t, ok := h.(*turn); ok {
			// NB: this is p.resume(), but for a call less to return from. After a
			// switch of goroutines the processor predicts no return rightly, so
			// each frame between the two ends of the baton costs.
			p := (*Proc)(t)
			if p.hand != nil { // else it has not begun, or was killed meanwhile
				e.cur, p.state, p.slot = p, running, 0
				p.hand() // The baton goes to the process here, and is back when this returns.
				e.cur = nil
				if p.state == ended {
					p.finish()
				}
				continue
			}
		}
		h.Fire()
	}
	return true
}

// next takes out what happens next, nil when that is later than limit or the
// budget is used up, and lets it be now.
func (e *Env) next(limit Time) (h Handler) {
	switch {
	case e.err != nil:
		return nil
	case e.ready.len() > 0 && !e.agenda.before(e.now, e.ready.first().seq):
		if e.now > limit {
			return nil
		}
		if e.spent >= e.budget {
			return e.stuck()
		}
		h = e.ready.pop()
	case e.agenda.len() > 0:
		at := e.agenda.first().at
		if at > limit {
			return nil
		}
		if at > e.now {
			e.now, e.spent = at, 0
		} else if e.spent >= e.budget {
			return e.stuck()
		}
		h = e.agenda.pop()
	default:
		return nil
	}
	e.count()
	return h
}

// count notes that an event is being executed.
func (e *Env) count() {
	e.steps++
	e.spent++
	if e.OnStep != nil {
		e.OnStep()
	}
}

// skip lets the running process go on at t without a hand-off, if its wake-up
// would be the next event anyway.
func (e *Env) skip(t Time) bool {
	if t > e.limit || e.ready.len() > 0 || e.agenda.before(t, e.seq+1) || e.err != nil {
		return false
	}
	if t > e.now {
		e.now, e.spent = t, 0
	} else if e.spent >= e.budget {
		return false // the engine will find out
	}
	e.seq++
	e.count()
	return true
}

// stuck ends the run for good.
func (e *Env) stuck() Handler {
	e.err = &Stuck{At: e.now, Events: e.spent}
	return nil
}
