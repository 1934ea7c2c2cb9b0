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

// naive is an engine with goroutines and channels, a list, and slices: slow,
// and simple enough to be believed.
type naive struct {
	list
	procs    []*naiveProc
	baton    chan struct{}
	items    []int
	promised int // of the items
	getters  []*naiveProc
	inUse    int
	capacity int
	wanters  []*naiveProc // of the resource
}

type naiveProc struct {
	id       int
	turn     chan bool // false: die
	state    string    // ready, pausing, waiting, running, ended
	given    string    // item, place: given, and not yet taken
	broken   bool
	causes   int
	finished chan struct{}
}

func newNaive(capacity int) *naive {
	return &naive{baton: make(chan struct{}), capacity: capacity}
}

func (n *naive) start(body func(p *naiveProc)) {
	p := &naiveProc{id: len(n.procs), turn: make(chan bool), state: "ready", finished: make(chan struct{})}
	n.procs = append(n.procs, p)
	n.add(n.now, p.id)
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
		p := n.procs[next.id]
		p.state = "running"
		p.turn <- true
		<-n.baton
	}
	for _, p := range n.procs {
		select {
		case p.turn <- false:
		case <-p.finished:
		}
	}
}

// wait waits until it is p's turn again, and says whether all is well.
func (n *naive) wait(p *naiveProc, state string) bool {
	p.state = state
	n.baton <- struct{}{}
	if !<-p.turn {
		runtime.Goexit()
	}
	p.given = ""
	if p.broken {
		p.broken = false
		p.causes--
		return false
	}
	return true
}

// enter says whether a wait may begin.
func (n *naive) enter(p *naiveProc) bool {
	if p.causes > 0 {
		p.causes--
		return false
	}
	return true
}

func (n *naive) ready(p *naiveProc) {
	p.state = "ready"
	n.add(n.now, p.id)
}

func (n *naive) timeout(p *naiveProc, d des.Time) bool {
	if !n.enter(p) {
		return false
	}
	n.add(n.now+d, p.id)
	if d == 0 {
		return n.wait(p, "pausing")
	}
	return n.wait(p, "waiting")
}

func (n *naive) park(p *naiveProc) bool {
	return n.enter(p) && n.wait(p, "waiting")
}

func (n *naive) put(v int) {
	n.items = append(n.items, v)
	n.promise()
}

func (n *naive) promise() {
	if len(n.getters) > 0 && len(n.items) > n.promised {
		n.promised++
		n.getters[0].given = "item"
		n.ready(n.getters[0])
		n.getters = n.getters[1:]
	}
}

func (n *naive) get(p *naiveProc) (int, bool) {
	if !n.enter(p) {
		return 0, false
	}
	i := n.promised
	if len(n.items) == i {
		n.getters = append(n.getters, p)
		if !n.wait(p, "waiting") {
			return 0, false
		}
		i = 0
		n.promised--
	}
	v := n.items[i]
	n.items = slices.Delete(n.items, i, i+1)
	return v, true
}

func (n *naive) request(p *naiveProc) bool {
	if !n.enter(p) {
		return false
	}
	if n.inUse < n.capacity {
		n.inUse++
		return true
	}
	n.wanters = append(n.wanters, p)
	return n.wait(p, "waiting")
}

func (n *naive) release() {
	n.inUse--
	if len(n.wanters) > 0 {
		n.inUse++
		n.wanters[0].given = "place"
		n.ready(n.wanters[0])
		n.wanters = n.wanters[1:]
	}
}

func (n *naive) leave(p *naiveProc) {
	is := func(q *naiveProc) bool { return q == p }
	n.remove(p.id)
	n.getters = slices.DeleteFunc(n.getters, is)
	n.wanters = slices.DeleteFunc(n.wanters, is)
}

func (n *naive) interrupt(p *naiveProc) {
	if p.state == "ended" {
		return
	}
	p.causes++
	switch p.state {
	case "pausing":
		p.broken = true
	case "waiting":
		p.broken = true
		n.leave(p)
		n.ready(p)
	}
}

func (n *naive) kill(p, killer *naiveProc) {
	if p.state == "ended" {
		return
	}
	n.leave(p)
	p.state = "ended"
	switch p.given {
	case "item":
		n.promised--
		n.promise()
	case "place":
		n.release()
	}
	if p == killer {
		n.wait(p, "ended")
	}
}
