package des

// agenda holds what will happen later, the next first: the first few things in
// a lane, the others in a heap. What belongs to an entry stands in a slot, so
// that entries hold no pointers, and can be found and removed.
type agenda struct {
	lane  lane
	heap  []entry // each before its children
	slots []slot
	free  int32 // number of the first free slot + 1; 0: none is free
}

// entry is a place in the queue.
type entry struct {
	at   Time
	seq  int64
	slot int32
}

func (a *entry) before(b *entry) bool {
	return a.at < b.at || a.at == b.at && a.seq < b.seq
}

// slot is what an entry stands for.
type slot struct {
	h Handler
	// index is where in the heap its entry is, or inLane; in a free slot, the
	// number of the next free one + 1.
	index int32
}

// inLane is the index of what is not in the heap.
const inLane = -1

// arity is how many children a node of the heap has. Four make it half as deep
// as two, and they lie side by side in memory.
const arity = 4

// first gives the next entry, nil when there is none.
func (q *agenda) first() *entry {
	if q.lane.len() > 0 {
		if l := q.lane.first(); len(q.heap) == 0 || l.before(&q.heap[0]) {
			return l
		}
	}
	if len(q.heap) > 0 {
		return &q.heap[0]
	}
	return nil
}

// add puts h into the queue, behind all that is not later, and gives the number
// of its slot.
func (q *agenda) add(at Time, seq int64, h Handler) int32 {
	if q.free == 0 {
		q.more()
	}
	s := q.free - 1
	v := &q.slots[s]
	q.free = v.index
	v.h = h
	if q.lane.len() < laneLen {
		v.index = inLane
		q.lane.add(entry{at, seq, s})
	} else {
		q.push(entry{at, seq, s})
	}
	return s
}

// more makes a free slot when there is none.
func (q *agenda) more() {
	q.slots = append(q.slots, slot{})
	q.free = int32(len(q.slots))
}

// push puts x into the heap.
func (q *agenda) push(x entry) {
	q.heap = append(q.heap, x)
	q.up(len(q.heap)-1, x)
}

// pop takes out the next entry, which is what first gave.
func (q *agenda) pop(first *entry) Handler {
	s := first.slot
	if q.slots[s].index == inLane {
		q.lane.head++
	} else {
		q.cut(0)
	}
	return q.vacate(s)
}

// remove takes the entry with a slot out, and frees the slot.
func (q *agenda) remove(s int32) {
	if i := q.slots[s].index; i == inLane {
		q.lane.remove(q.lane.find(s))
	} else {
		q.cut(int(i))
	}
	q.vacate(s)
}

// when gives the time of the entry with a slot.
func (q *agenda) when(s int32) Time {
	if i := q.slots[s].index; i != inLane {
		return q.heap[i].at
	}
	return q.lane.at(q.lane.find(s)).at
}

// vacate frees a slot and gives what it had.
func (q *agenda) vacate(s int32) Handler {
	v := &q.slots[s]
	h := v.h
	*v = slot{index: q.free}
	q.free = s + 1
	return h
}

// cut takes out the entry of the heap with an index.
func (q *agenda) cut(i int) {
	n := len(q.heap) - 1
	last := q.heap[n]
	q.heap = q.heap[:n]
	switch {
	case i == n:
	case i > 0 && last.before(&q.heap[(i-1)/arity]):
		q.up(i, last)
	default:
		q.down(i, last)
	}
}

// up moves the hole at i towards the root until x fits into it.
func (q *agenda) up(i int, x entry) {
	for i > 0 {
		parent := (i - 1) / arity
		if !x.before(&q.heap[parent]) {
			break
		}
		q.put(i, q.heap[parent])
		i = parent
	}
	q.put(i, x)
}

// down moves the hole at i towards the leaves until x fits into it.
func (q *agenda) down(i int, x entry) {
	for {
		child := i*arity + 1
		if child >= len(q.heap) {
			break
		}
		least := child
		for c := child + 1; c < min(child+arity, len(q.heap)); c++ {
			if q.heap[c].before(&q.heap[least]) {
				least = c
			}
		}
		if !q.heap[least].before(&x) {
			break
		}
		q.put(i, q.heap[least])
		i = least
	}
	q.put(i, x)
}

func (q *agenda) put(i int, x entry) {
	q.heap[i] = x
	q.slots[x.slot].index = int32(i)
}
