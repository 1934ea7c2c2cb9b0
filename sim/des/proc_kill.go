package des

import "runtime"

// Interrupt makes what the process waits for return *Interrupt with the cause.
// When it does not wait, or was already served at this instant, the next thing
// that it waits for does. A process that has ended does not mind.
func (p *Proc) Interrupt(cause error) {
	if p.state == ended || p.dying {
		return
	}
	p.interrupts = append(p.interrupts, cause)
	switch p.state {
	case pausing:
		p.broken = true
	case sleeping, inLine, parked:
		p.broken = true
		p.leave()
		p.ready()
	}
}

// Kill ends the process wherever it waits: its deferred functions run, and
// nothing else of it does. They cannot wait: a wait in them ends them. Kill
// returns when that is done; a process that kills itself does not return from
// it. A process that never ran just ends, and one that has ended does not mind.
func (p *Proc) Kill() {
	e := p.env
	switch {
	case p.state == ended || p.dying:
		return
	case p == e.cur:
		p.dying = true
		runtime.Goexit()
	case p.state == running:
		// It is itself killing the one that has the baton, and dies when it
		// has the baton back.
		p.dying = true
		return
	}
	p.dying = true
	p.leave()
	if p.hand == nil {
		p.state, p.err = ended, ErrKilled
		p.finish()
		return
	}
	killer := e.cur
	doomed := killer != nil && killer.dying
	p.resume()
	if killer != nil && killer.dying && !doomed {
		runtime.Goexit()
	}
}

// leave ends whatever the process waits for.
func (p *Proc) leave() {
	if p.slot != 0 {
		p.env.agenda.remove(p.slot - 1)
		p.slot = 0
	}
	if p.list != nil {
		p.list.remove(p)
	}
	if g := p.given; g != nil {
		p.given = nil
		g.takeBack()
	}
}
