package des

import "runtime"

// Timeout waits for d µs. It returns nil or *Interrupt, and panics when d is
// negative.
func (p *Proc) Timeout(d Time) error {
	e := p.env
	t := e.after("Proc.Timeout", d)
	if err := p.enter("Proc.Timeout", e); err != nil {
		return err
	}
	if e.skip(t) {
		return nil
	}
	e.seq++
	if t == e.now {
		p.state = pausing
		e.ready.push(e.seq, (*turn)(p))
	} else {
		p.state = sleeping
		p.slot = e.agenda.add(t, e.seq, (*turn)(p)) + 1
	}
	p.back(struct{}{}) // The baton goes to the engine here, and is back when this returns.
	return p.resumed()
}

// Wait waits until ev has been triggered, and gives its error; or *Interrupt.
func (p *Proc) Wait(ev *Event) error {
	if err := p.enter("Proc.Wait", ev.env); err != nil {
		return err
	}
	if !ev.triggered {
		p.standIn(&ev.waiting)
		p.back(struct{}{}) // The baton goes to the engine here, and is back when this returns.
		if err := p.resumed(); err != nil {
			return err
		}
	}
	return ev.err
}

// Park waits until Wake. It returns nil or *Interrupt.
func (p *Proc) Park() error {
	if err := p.enter("Proc.Park", p.env); err != nil {
		return err
	}
	p.state = parked
	p.back(struct{}{}) // The baton goes to the engine here, and is back when this returns.
	return p.resumed()
}

// Wake lets a parked process go on now, after what is already scheduled for
// now. It panics when the process is not parked.
func (p *Proc) Wake() {
	if p.state != parked {
		panic("des: Proc.Wake: the process is not parked")
	}
	p.ready()
}

// enter is the beginning of each wait, for something of an Env; method is named
// when the process does not run there.
func (p *Proc) enter(method string, env *Env) error {
	if env.cur != p || p.dying || len(p.interrupts) > 0 {
		return p.refuse(method, env)
	}
	return nil
}

// refuse says why a wait cannot begin.
func (p *Proc) refuse(method string, env *Env) error {
	if env.cur != p {
		panic("des: " + method + ": called from outside the process, or for something of another Env")
	}
	if p.dying {
		runtime.Goexit()
	}
	return p.interrupted()
}

// standIn lets the process stand in a list, until the baton is back.
func (p *Proc) standIn(l *waitList) {
	p.state = inLine
	l.add(p)
}

// served is the end of a wait in a list. What the process was given is its own
// now. An interrupt that came after that is for the next wait, lest what was
// given be lost.
func (p *Proc) served() error {
	p.given = nil
	return p.resumed()
}

// resumed is the end of each wait.
func (p *Proc) resumed() error {
	if p.dying || p.broken {
		return p.disturbed()
	}
	return nil
}

// disturbed is the end of a wait that ended otherwise than it should.
func (p *Proc) disturbed() error {
	if p.dying {
		// NB: not by a panic, which a process that recovers would survive.
		runtime.Goexit()
	}
	p.broken = false
	return p.interrupted()
}

// interrupted gives the oldest interrupt not yet seen.
func (p *Proc) interrupted() error {
	cause := p.interrupts[0]
	p.interrupts = p.interrupts[1:]
	return &Interrupt{Cause: cause}
}

// ready lets the process run now, after what is already scheduled for now.
func (p *Proc) ready() {
	p.state = scheduled
	p.env.seq++
	p.env.ready.push(p.env.seq, (*turn)(p))
}
