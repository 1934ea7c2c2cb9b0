package cluster

import "iter"

// list keeps items in the order in which they were added. An item brings its
// own place, so that adding and removing cost nothing.
type list[T any] struct{ first, last *place[T] }

// place is an item's place in a list.
type place[T any] struct {
	item       T
	prev, next *place[T]
}

func (l *list[T]) add(p *place[T], item T) {
	p.item, p.prev = item, l.last
	if l.last != nil {
		l.last.next = p
	} else {
		l.first = p
	}
	l.last = p
}

func (l *list[T]) remove(p *place[T]) {
	if p.prev != nil {
		p.prev.next = p.next
	} else {
		l.first = p.next
	}
	if p.next != nil {
		p.next.prev = p.prev
	} else {
		l.last = p.prev
	}
	p.prev, p.next = nil, nil
}

// all gives the items in order. The one at hand may be removed meanwhile.
func (l *list[T]) all() iter.Seq[T] {
	return func(yield func(T) bool) {
		for p := l.first; p != nil; {
			next := p.next
			if !yield(p.item) {
				return
			}
			p = next
		}
	}
}
