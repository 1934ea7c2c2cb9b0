package des

// ring holds what happens now, in order: a queue that needs no sorting.
type ring struct {
	buf  []due // its length is 0 or a power of two
	head int   // of the first; only grows
	tail int   // behind the last; only grows
}

// due is something that happens now.
type due struct {
	seq int64
	h   Handler
}

// ringLen is the length of a ring's first buffer.
const ringLen = 16

func (r *ring) len() int { return r.tail - r.head }

// first gives the next one. The ring must not be empty.
func (r *ring) first() *due { return &r.buf[r.head&(len(r.buf)-1)] }

func (r *ring) push(seq int64, h Handler) {
	if r.len() == len(r.buf) {
		r.grow()
	}
	r.buf[r.tail&(len(r.buf)-1)] = due{seq, h}
	r.tail++
}

func (r *ring) pop() Handler {
	d := r.first()
	h := d.h
	d.h = nil
	r.head++
	return h
}

func (r *ring) grow() {
	buf := make([]due, max(ringLen, 2*len(r.buf)))
	n := 0
	for ; r.len() > 0; n++ {
		buf[n] = *r.first()
		r.head++
	}
	*r = ring{buf: buf, tail: n}
}
