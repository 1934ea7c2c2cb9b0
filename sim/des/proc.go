package des

import (
	"errors"
	"iter"
	"runtime"
	"runtime/debug"
)

// ErrKilled is how a process ended that was killed.
var ErrKilled = errors.New("des: the process was killed")

// ErrGoexit is how a process ended that called runtime.Goexit, as the FailNow
// of a test does.
var ErrGoexit = errors.New("des: the process called runtime.Goexit")

// Proc is a process of the simulated world: a goroutine that runs only when the
// engine hands it the baton. Its waits (Timeout, Wait, Park, Resource.Request,
// Queue.Get) are for its own body to call; they return *Interrupt when somebody
// interrupts it, and do not return at all when it is killed.
type Proc struct {
	// OnExit, when set, is called once when the process has ended: with nil,
	// *Panic, ErrKilled or ErrGoexit. It must not wait.
	OnExit func(err error)

	env   *Env
	label Label
	body  func(p *Proc)
	state state
	err   error // how it ended

	returned   bool    // the body came to its end
	dying      bool    // it was killed
	broken     bool    // its wait was broken off by an interrupt
	interrupts []error // causes not yet seen, in order

	// What it waits for, one at a time.
	slot       int32     // number of its slot in the agenda + 1; 0: none
	list       *waitList // where it stands in line, nil: nowhere
	prev, next *Proc     // in the list
	given      giver     // who has served it, until it runs and takes it

	older, younger *Proc // in the Env's procSet

	// The two ends of the baton, and the way to let go of the goroutine.
	// They are nil before the process first runs and after it ended.
	hand func() (struct{}, bool)
	back func(struct{}) bool
	stop func()
}

// state says where in its life a process is.
type state uint8

const (
	scheduled state = iota // it will run now: it was started, or what it waited for has come
	pausing                // it will run now: it waits for no time
	running                // it has the baton, or is killing the one that has it
	sleeping               // it waits for a moment
	inLine                 // it stands in a waitList
	parked                 // it waits to be woken
	ended
)

// giver is something that serves those who wait for it.
type giver interface {
	// takeBack gets back what it gave to a process that died before taking it.
	takeBack()
}

// Start makes a process, which begins now, after what is already scheduled for
// now. It panics when the Env was closed.
func (e *Env) Start(label Label, body func(p *Proc)) *Proc {
	p := &Proc{env: e, label: label, body: body}
	if !e.takes("Env.Start") {
		p.state, p.err = ended, ErrKilled
		return p
	}
	e.procs.add(p)
	e.seq++
	e.ready.push(e.seq, (*turn)(p))
	return p
}

// turn is a process whose time to run has come.
type turn Proc

// Fire lets the process run.
func (t *turn) Fire() {
	if p := (*Proc)(t); p.state != ended { // else it was killed meanwhile
		p.resume()
	}
}

// resume lets the process run until it waits again or ends.
func (p *Proc) resume() {
	if p.hand == nil {
		p.hand, p.stop = iter.Pull(p.run)
	}
	e := p.env
	before := e.cur
	e.cur, p.state, p.slot = p, running, 0
	p.hand() // The baton goes to the process here, and is back when this returns.
	e.cur = before
	if p.state == ended {
		p.finish()
	}
}

// run is the whole life of the process's goroutine.
func (p *Proc) run(back func(struct{}) bool) {
	p.back = back
	defer p.end()
	p.label.wear()
	p.body(p)
	p.returned = true
}

// end is the last thing that the process's goroutine does, however it ends.
func (p *Proc) end() {
	v := recover()
	switch {
	case v != nil:
		p.err = &Panic{Value: v, Stack: debug.Stack()}
	case p.returned:
	case p.dying:
		p.err = ErrKilled
	default:
		p.err = ErrGoexit
	}
	p.state = ended
	if !p.returned {
		// NB: iter.Pull passes a Goexit on to the goroutine that handed over
		// the baton: the engine's. So the engine has it back before that, and
		// finish lets a goroutine of no importance be told.
		p.back(struct{}{})
	}
}

// finish tidies up after a process that has ended.
func (p *Proc) finish() {
	p.env.procs.remove(p)
	if p.stop != nil && !p.returned {
		gone := make(chan struct{})
		go func(stop func()) {
			defer close(gone)
			stop()
		}(p.stop)
		<-gone
	}
	p.body, p.hand, p.back, p.stop, p.interrupts = nil, nil, nil, nil, nil
	if p.OnExit != nil {
		p.OnExit(p.err)
	}
}

// Env gives the environment of the process.
func (p *Proc) Env() *Env { return p.env }

// Done says whether the process has ended.
func (p *Proc) Done() bool { return p.state == ended }

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
