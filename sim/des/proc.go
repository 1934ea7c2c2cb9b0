package des

import (
	"errors"
	"iter"
	"runtime/debug"
)

// ErrKilled is how a process ended that was killed.
var ErrKilled = errors.New("des: the process was killed")

// ErrGoexit is how a process ended that called runtime.Goexit, as the FailNow
// of a test does.
var ErrGoexit = errors.New("des: the process called runtime.Goexit")

// Proc is a process of the simulated world: a goroutine that runs only when the
// engine hands it the baton. It waits in one way alone, Park, until somebody
// wakes it: a timer, a handler or another process.
type Proc struct {
	// OnExit, when set, is called once when the process has ended: with nil,
	// *Panic, ErrKilled or ErrGoexit. It must not wait.
	OnExit func(err error)

	env   *Env
	label Label
	body  func(p *Proc)
	state state
	err   error // how it ended

	returned bool // the body came to its end
	dying    bool // it was killed

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
	scheduled state = iota // it will run now: it was started or woken
	running                // it has the baton, or is killing the one that has it
	parked                 // it waits to be woken
	ended
)

// Start makes a process, which begins now, after what is already scheduled for
// now. It panics when the Env was closed.
func (e *Env) Start(label Label, body func(p *Proc)) *Proc {
	p := &Proc{env: e, label: label, body: body}
	if !e.takes("Env.Start") {
		p.state, p.err = ended, ErrKilled
		return p
	}
	e.procs.add(p)
	p.ready()
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
	e.cur, p.state = p, running
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
	p.body, p.hand, p.back, p.stop = nil, nil, nil, nil
	if p.OnExit != nil {
		p.OnExit(p.err)
	}
}
