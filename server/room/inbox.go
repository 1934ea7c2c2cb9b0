package room

import "sync"

// inbox holds what clients want of a room. The letters of one wait behind their
// own and not behind those of others: the room takes one of each in turn.
type inbox struct {
	bell chan struct{} // has room for one: there is something to take

	mu    sync.Mutex
	turns []*Subscriber // those who have letters, in the order of their turns
	left  []*Subscriber // those who are gone
}

func newInbox() *inbox { return &inbox{bell: make(chan struct{}, 1)} }

// put says that a subscriber has one more letter.
func (i *inbox) put(s *Subscriber) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if !s.waits {
		s.waits = true
		i.turns = append(i.turns, s)
	}
	i.ring()
}

// leave says that a subscriber is gone.
func (i *inbox) leave(s *Subscriber) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.left = append(i.left, s)
	i.ring()
}

// take gives the letter whose turn it is; not ok: there is none.
func (i *inbox) take() (from *Subscriber, letter any, ok bool) {
	i.mu.Lock()
	defer i.mu.Unlock()
	for len(i.turns) > 0 {
		s := i.turns[0]
		i.turns = i.turns[1:]
		select {
		case letter = <-s.letters:
			i.turns = append(i.turns, s) // behind the others
			return s, letter, true
		default:
			s.waits = false
		}
	}
	i.turns = nil
	return nil, nil, false
}

// empty says whether nobody has a letter.
func (i *inbox) empty() bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	return len(i.turns) == 0 && len(i.left) == 0
}

// gone takes those who are gone.
func (i *inbox) gone() []*Subscriber {
	i.mu.Lock()
	defer i.mu.Unlock()
	all := i.left
	i.left = nil
	return all
}

// ring wakes the room.
func (i *inbox) ring() {
	select {
	case i.bell <- struct{}{}:
	default:
	}
}
