package des

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

// Stop makes RunUntil or RunBefore come back after the present event, with Now
// at its time. What is scheduled stays so, and another Run… goes on with it.
func (e *Env) Stop() { e.stopped = true }

// enter guards against running inside of running; leave is its end.
func (e *Env) enter(method string) {
	if e.inside {
		panic("des: " + method + ": called from within an event")
	}
	e.inside = true
}

func (e *Env) leave() { e.inside = false }

// run executes events, but none later than limit, until there are no more or
// Stop is called. The limit has not passed.
func (e *Env) run(method string, limit Time) (stopped bool) {
	e.enter(method)
	defer e.leave()
	if e.err != nil {
		return false
	}
	return e.loop(limit)
}

// loop is run without its guard.
func (e *Env) loop(limit Time) (stopped bool) {
	for e.stopped = false; !e.stopped; {
		first := e.agenda.first()
		ready := e.isReady(first)
		if !ready {
			if first == nil || first.at > limit {
				return false
			}
			if first.at > e.now {
				e.now, e.spent = first.at, 0
			}
		}
		if e.spent >= e.budget {
			e.err = &Stuck{At: e.now, Events: e.spent}
			return false
		}
		e.spent++
		if !ready {
			h := e.agenda.pop(first)
			if a, ok := h.(*alarm); ok {
				// NB: this is h.Fire().
				a.slot = 0
				h = a.h
			}
			h.Fire()
			continue
		}
		h := e.ready.pop()
		t, ok := h.(*turn)
		if !ok || t.hand == nil { // it has not begun, or was killed meanwhile
			h.Fire()
			continue
		}
		// NB: this is p.resume(), but for a call less to return from. After a
		// switch of goroutines the processor predicts no return rightly, so
		// each frame between the two ends of the baton costs.
		p := (*Proc)(t)
		e.cur, p.state = p, running
		p.hand() // The baton goes to the process here, and is back when this returns.
		e.cur = nil
		if p.state == ended {
			p.finish()
		}
	}
	return true
}

// isReady says whether what is ready comes before the first of the agenda, which
// may be nil.
func (e *Env) isReady(first *entry) bool {
	return e.ready.len() > 0 && (first == nil || first.at > e.now || first.seq > e.ready.first().seq)
}
