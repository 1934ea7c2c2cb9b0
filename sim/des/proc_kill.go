package des

import "runtime"

// Kill ends the process wherever it waits: its deferred functions run, and
// nothing else of it does. They cannot wait: Park in them ends them. Kill
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
