package des

// Queue holds items from who puts them in for who gets them out, both first
// come, first served. It has no limit.
type Queue[T any] struct {
	env      *Env
	buf      []T // a ring; its length is 0 or a power of two
	head     int // of the first item; only grows
	tail     int // behind the last; only grows
	promised int // items at the front that belong to processes which will run now
	waiting  waitList
}

var _ giver = (*Queue[int])(nil)

// NewQueue makes an empty queue.
func NewQueue[T any](env *Env) *Queue[T] { return &Queue[T]{env: env} }

// Put adds an item. Who has waited longest gets it.
func (q *Queue[T]) Put(v T) {
	if q.tail-q.head == len(q.buf) {
		q.grow()
	}
	q.buf[q.tail&(len(q.buf)-1)] = v
	q.tail++
	q.serve()
}

// Get takes the first item out, for which p waits when there is none. The error
// is *Interrupt.
func (q *Queue[T]) Get(p *Proc) (T, error) {
	var none T
	if err := p.enter("Queue.Get", q.env); err != nil {
		return none, err
	}
	if q.Len() > 0 {
		return q.take(q.promised), nil
	}
	p.standIn(&q.waiting)
	p.back(struct{}{}) // The baton goes to the engine here, and is back when this returns.
	if err := p.served(); err != nil {
		return none, err
	}
	q.promised--
	return q.take(0), nil
}

// TryGet takes the first item out; false when there is none.
func (q *Queue[T]) TryGet() (T, bool) {
	if q.Len() == 0 {
		var none T
		return none, false
	}
	return q.take(q.promised), true
}

// Len gives the number of items that nobody was promised.
func (q *Queue[T]) Len() int { return q.tail - q.head - q.promised }

// serve promises the next item to who has waited longest.
func (q *Queue[T]) serve() {
	p := q.waiting.first
	if p == nil || q.Len() == 0 {
		return
	}
	q.waiting.remove(p)
	q.promised++
	p.given = q
	p.ready()
}

// takeBack breaks a promise to a process that died, for the next in line.
func (q *Queue[T]) takeBack() {
	q.promised--
	q.serve()
}

// take takes an item out, not the first but the one after skip others.
func (q *Queue[T]) take(skip int) T {
	mask := len(q.buf) - 1
	v := q.buf[(q.head+skip)&mask]
	for i := q.head + skip; i > q.head; i-- {
		q.buf[i&mask] = q.buf[(i-1)&mask]
	}
	var none T
	q.buf[q.head&mask] = none // lest it be kept alive
	q.head++
	return v
}

// firstLen is the length of a queue's first buffer.
const firstLen = 8

func (q *Queue[T]) grow() {
	buf := make([]T, max(firstLen, 2*len(q.buf)))
	n := 0
	for ; q.head < q.tail; n++ {
		buf[n] = q.take(0)
	}
	q.buf, q.head, q.tail = buf, 0, n
}
