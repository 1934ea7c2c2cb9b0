package fair

import (
	"container/heap"
	"time"
)

// account is what is known of an address or of one of its clients.
type account struct {
	key    string
	of     *account // a client's address; of an address, the root, which has none
	most   int      // turns that it may have at the same time
	rests  bool     // it is over its limit, and has no turn until it is not
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

func newAccount(key string, of *account, most int) *account {
	return &account{key: key, of: of, most: most, place: -1, below: map[string]*account{}}
}

// waiter is one who waits for a turn.
type waiter struct {
	turn chan struct{} // closed when it is its turn
}

// child gives the account below for a key.
func (a *account) child(key string, most int) *account {
	c := a.below[key]
	if c == nil {
		c = newAccount(key, a, most)
		a.below[key] = c
	}
	return c
}

// queue counts one more who waits.
func (a *account) queue() {
	for ; a.of != nil; a = a.of {
		a.waiting++
		a.lineUp()
	}
}

// unqueue counts one less.
func (a *account) unqueue() {
	for ; a.of != nil; a = a.of {
		a.waiting--
		a.lineUp()
	}
}

// lineUp puts the account into the line above or takes it out: it stands there
// while somebody waits for a turn that it may have.
func (a *account) lineUp() {
	switch wants := a.waiting > 0 && a.may(); {
	case wants && a.place < 0:
		// Who comes back after a rest has saved nothing up.
		a.tag = max(a.tag, a.of.clock)
		heap.Push(&a.of.line, a)
	case !wants && a.place >= 0:
		heap.Remove(&a.of.line, a.place)
	}
}

// may says whether it may have one more turn.
func (a *account) may() bool { return a.turns < a.most && !a.rests }

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
		a.lineUp()
	}
}

// end counts a turn that is over.
func (a *account) end() {
	for ; a.of != nil; a = a.of {
		a.turns--
		a.lineUp()
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
