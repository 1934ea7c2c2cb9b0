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
// Stop is called.
func (e *Env) run(method string, limit Time) (stopped bool) {
	e.enter(method)
	defer e.leave()
	for e.stopped = false; !e.stopped; {
		h := e.next(limit)
		if h == nil {
			return false
		}
		switch h := h.(type) {
		case *alarm:
			// NB: this is h.Fire().
			h.slot = 0
			h.h.Fire()
			continue
		case *turn:
			// NB: this is p.resume(), but for a call less to return from. After a
			// switch of goroutines the processor predicts no return rightly, so
			// each frame between the two ends of the baton costs.
			p := (*Proc)(h)
			if p.hand != nil { // else it has not begun, or was killed meanwhile
				e.cur, p.state = p, running
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
	if e.err != nil {
		return nil
	}
	first := e.agenda.first()
	if e.ready.len() > 0 {
		if d := e.ready.first(); first == nil || first.at > e.now || first.seq > d.seq {
			if e.now > limit {
				return nil
			}
			if e.spent >= e.budget {
				return e.stuck()
			}
			e.spent++
			return e.ready.pop()
		}
	}
	if first == nil || first.at > limit {
		return nil
	}
	if first.at > e.now {
		e.now, e.spent = first.at, 0
	} else if e.spent >= e.budget {
		return e.stuck()
	}
	e.spent++
	return e.agenda.pop(first)
}

// stuck ends the run for good.
func (e *Env) stuck() Handler {
	e.err = &Stuck{At: e.now, Events: e.spent}
	return nil
}
