package des

// procSet holds the processes of an Env that have not ended, in the order of
// their start, so that they are killed in that order: what a dying process does
// may be seen.
type procSet struct {
	first, last *Proc
}

func (s *procSet) add(p *Proc) {
	p.older = s.last
	if s.last == nil {
		s.first = p
	} else {
		s.last.younger = p
	}
	s.last = p
}

func (s *procSet) remove(p *Proc) {
	if p.older == nil {
		s.first = p.younger
	} else {
		p.older.younger = p.younger
	}
	if p.younger == nil {
		s.last = p.older
	} else {
		p.younger.older = p.older
	}
	p.older, p.younger = nil, nil
}
