package des

// waitList holds processes that wait for the same thing, first come first
// served. It goes through the processes themselves, for each waits for one thing
// at a time; so waiting allocates nothing.
type waitList struct {
	first, last *Proc
	len         int
}

// add puts p at the end.
func (l *waitList) add(p *Proc) {
	p.list, p.prev, p.next = l, l.last, nil
	if l.last == nil {
		l.first = p
	} else {
		l.last.next = p
	}
	l.last = p
	l.len++
}

// remove takes p out, wherever it stands.
func (l *waitList) remove(p *Proc) {
	if p.prev == nil {
		l.first = p.next
	} else {
		p.prev.next = p.next
	}
	if p.next == nil {
		l.last = p.prev
	} else {
		p.next.prev = p.prev
	}
	p.list, p.prev, p.next = nil, nil, nil
	l.len--
}
