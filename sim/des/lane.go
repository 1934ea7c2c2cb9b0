package des

// laneLen is the most that a lane holds, a power of two. Up to about here a
// sorted row beats a heap.
const laneLen = 32

// lane holds a few entries in their order, the next first. Most of what is
// scheduled happens after most of what already is, so its place is at the end
// or near it, and is found faster than one in a heap.
type lane struct {
	buf  [laneLen]entry // a ring
	head uint           // of the first; only grows
	tail uint           // behind the last; only grows
}

func (l *lane) len() int { return int(l.tail - l.head) }

// at gives the entry with an index in the ring.
func (l *lane) at(i uint) *entry { return &l.buf[i%laneLen] }

// first gives the next entry. The lane must not be empty.
func (l *lane) first() *entry { return l.at(l.head) }

// add puts x behind all that is not later. There must be room.
//
// NB: x was scheduled last, so it comes after those of its own time.
func (l *lane) add(x entry) {
	i := l.tail
	for ; i != l.head && x.at < l.at(i-1).at; i-- {
		*l.at(i) = *l.at(i - 1)
	}
	*l.at(i) = x
	l.tail++
}

// find gives the index of the entry with a slot, which must be there.
func (l *lane) find(s int32) uint {
	i := l.head
	for l.at(i).slot != s {
		i++
	}
	return i
}

// remove takes out the entry with an index.
func (l *lane) remove(i uint) {
	for ; i != l.head; i-- {
		*l.at(i) = *l.at(i - 1)
	}
	l.head++
}
