package fair

import (
	"container/heap"
	"time"
)

// account is what is known of an address or of one of its clients.
type account struct {
	key    string
	of     *account // a client's address; an address' root; nil: it is the root
	bucket bucket

	// tag is the moment, on the clock of those who share with it, at which it
	// has had what it was given; clock is that clock for those below it.
	tag, clock time.Duration

	below   map[string]*account // an address' clients
	line    line                // those below who have somebody waiting
	waiters []*waiter           // a client's, in the order of coming
	waiting int                 // in it or below
	turns   int                 // under way, in it or below
	place   int                 // in the line above; -1: not in it
}

func newAccount(key string, of *account) *account {
	return &account{key: key, of: of, place: -1, below: map[string]*account{}}
}

// waiter is one who waits for a turn.
type waiter struct {
	turn chan struct{} // closed when it is its turn
}

// child gives the account below for a key.
func (a *account) child(key string) *account {
	c := a.below[key]
	if c == nil {
		c = newAccount(key, a)
		a.below[key] = c
	}
	return c
}

// queue lines the account up, and those above it.
func (a *account) queue() {
	for ; a.of != nil; a = a.of {
		a.waiting++
		if a.place < 0 {
			// Who comes back after a rest has saved nothing up.
			a.tag = max(a.tag, a.of.clock)
			heap.Push(&a.of.line, a)
		}
	}
}

// unqueue is the end of one waiting.
func (a *account) unqueue() {
	for ; a.of != nil; a = a.of {
		if a.waiting--; a.waiting == 0 {
			heap.Remove(&a.of.line, a.place)
		}
	}
}

// charge adds to what was given to the account and those above it.
func (a *account) charge(d time.Duration) {
	for ; a.of != nil; a = a.of {
		a.tag += d
		if a.place >= 0 {
			heap.Fix(&a.of.line, a.place)
		}
	}
}

// begin counts a turn that begins.
func (a *account) begin() {
	for ; a.of != nil; a = a.of {
		a.tag = max(a.tag, a.of.clock)
		a.of.clock = a.tag
		a.turns++
	}
}

// line has those who have somebody waiting, who had least first.
type line []*account

func (l line) Len() int           { return len(l) }
func (l line) Less(i, j int) bool { return l[i].tag < l[j].tag }

func (l line) Swap(i, j int) {
	l[i], l[j] = l[j], l[i]
	l[i].place, l[j].place = i, j
}

func (l *line) Push(x any) {
	a := x.(*account)
	a.place = len(*l)
	*l = append(*l, a)
}

func (l *line) Pop() any {
	n := len(*l) - 1
	a := (*l)[n]
	a.place = -1
	(*l)[n] = nil
	*l = (*l)[:n]
	return a
}
