package des

import "runtime"

// Park waits until Wake; it is for the process's own body to call. It does not
// return when the process is killed, and panics when somebody else calls it.
func (p *Proc) Park() {
	if p.env.cur != p {
		panic("des: Proc.Park: called from outside the process")
	}
	p.endIfKilled()
	p.state = parked
	p.back(struct{}{}) // The baton goes to the engine here, and is back when this returns.
	p.endIfKilled()
}

// endIfKilled ends the process's goroutine when it was killed.
func (p *Proc) endIfKilled() {
	if p.dying {
		// NB: not by a panic, which a process that recovers would survive.
		runtime.Goexit()
	}
}

// Wake lets a parked process go on now, after what is already scheduled for
// now. It panics when the process is not parked.
func (p *Proc) Wake() {
	if p.state != parked {
		panic("des: Proc.Wake: the process is not parked")
	}
	p.ready()
}

// ready lets the process run now, after what is already scheduled for now.
func (p *Proc) ready() {
	p.state = scheduled
	p.env.seq++
	p.env.ready.push(p.env.seq, (*turn)(p))
}
