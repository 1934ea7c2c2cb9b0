package des_test

import (
	"cmp"
	"runtime"
	"slices"

	"procession/sim/des"
)

// pending is something in a list.
type pending struct {
	at  des.Time
	seq int
	id  int
}

// list is a naive queue of events: it looks through everything for what is next.
type list struct {
	now des.Time
	seq int
	all []pending
}

func (l *list) add(at des.Time, id int) {
	l.seq++
	l.all = append(l.all, pending{at, l.seq, id})
}

func (l *list) remove(id int) {
	l.all = slices.DeleteFunc(l.all, func(p pending) bool { return p.id == id })
}

func (l *list) peek() (pending, bool) {
	if len(l.all) == 0 {
		return pending{}, false
	}
	return slices.MinFunc(l.all, func(a, b pending) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.seq, b.seq))
	}), true
}

// pop takes out what is next if it is not later than limit.
func (l *list) pop(limit des.Time) (pending, bool) {
	p, ok := l.peek()
	if !ok || p.at > limit {
		return p, false
	}
	l.all = slices.DeleteFunc(l.all, func(q pending) bool { return q.seq == p.seq })
	l.now = p.at
	return p, true
}

// naive is an engine with goroutines and channels, a list, and functions: slow,
// and simple enough to be believed.
type naive struct {
	list
	calls []func() // by id
	procs []*naiveProc
	baton chan struct{}
}

type naiveProc struct {
	turn     chan bool // false: die
	turns    int       // the id of its turns
	alarms   int       // the id of what ends its sleep
	state    string    // ready, running, sleeping, parked, ended
	finished chan struct{}
}

// schedule lets f happen after a delay, and gives its id.
func (n *naive) schedule(delay des.Time, f func()) int {
	n.calls = append(n.calls, f)
	n.add(n.now+delay, len(n.calls)-1)
	return len(n.calls) - 1
}

func (n *naive) start(body func(p *naiveProc)) {
	p := &naiveProc{turn: make(chan bool), state: "ready", finished: make(chan struct{})}
	n.procs = append(n.procs, p)
	p.turns = n.schedule(0, func() {
		p.state = "running"
		p.turn <- true
		<-n.baton
	})
	go func() {
		defer close(p.finished)
		if !<-p.turn {
			return
		}
		body(p)
		p.state = "ended"
		n.baton <- struct{}{}
	}()
}

func (n *naive) run() {
	for {
		next, ok := n.pop(1 << 62)
		if !ok {
			break
		}
		n.calls[next.id]()
	}
	for _, p := range n.procs {
		select {
		case p.turn <- false:
		case <-p.finished:
		}
	}
}

// wait waits until it is p's turn again.
func (n *naive) wait(p *naiveProc, state string) {
	p.state = state
	n.baton <- struct{}{}
	if !<-p.turn {
		runtime.Goexit()
	}
}

func (n *naive) sleep(p *naiveProc, d des.Time) {
	p.alarms = n.schedule(d, func() { n.ready(p) })
	n.wait(p, "sleeping")
}

// wake lets a parked process go on.
func (n *naive) wake(p *naiveProc) {
	if p.state == "parked" {
		n.ready(p)
	}
}

func (n *naive) ready(p *naiveProc) {
	p.state = "ready"
	n.add(n.now, p.turns)
}

func (n *naive) kill(p, killer *naiveProc) {
	n.remove(p.turns)
	if p.state == "sleeping" {
		n.remove(p.alarms)
	}
	p.state = "ended"
	if p == killer {
		n.wait(p, "ended")
	}
}
