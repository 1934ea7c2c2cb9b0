package main

// callbacks is the limit of what an engine could reach without goroutines: a
// typed binary heap of values, and a function call an event. It is no engine,
// for it can do nothing else.
type callbacks struct {
	now  int64
	seq  int64
	heap []callback
}

type callback struct {
	at, seq int64
	do      int32 // what to do, for the caller's own switch
}

func (c callback) before(d callback) bool {
	return c.at < d.at || c.at == d.at && c.seq < d.seq
}

func (q *callbacks) add(delay int64, do int32) {
	q.seq++
	x := callback{q.now + delay, q.seq, do}
	q.heap = append(q.heap, x)
	i := len(q.heap) - 1
	for i > 0 && x.before(q.heap[(i-1)/2]) {
		q.heap[i] = q.heap[(i-1)/2]
		i = (i - 1) / 2
	}
	q.heap[i] = x
}

func (q *callbacks) next() int32 {
	first := q.heap[0]
	n := len(q.heap) - 1
	x := q.heap[n]
	q.heap = q.heap[:n]
	i := 0
	for {
		child := 2*i + 1
		if child >= n {
			break
		}
		if child+1 < n && q.heap[child+1].before(q.heap[child]) {
			child++
		}
		if !q.heap[child].before(x) {
			break
		}
		q.heap[i] = q.heap[child]
		i = child
	}
	if n > 0 {
		q.heap[i] = x
	}
	q.now = first.at
	return first.do
}
