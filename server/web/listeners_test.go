package web

import (
	"fmt"
	"testing"
)

// gone says whether a page had to give way.
func gone(l *listener) bool {
	select {
	case <-l.gone:
		return true
	default:
		return false
	}
}

// TestListeners: an address has eight places, the oldest of the one with most
// gives way, and the author's own pages to nobody but one another.
func TestListeners(t *testing.T) {
	ls := &listeners{}
	author := ls.enter("::1")
	var greedy []*listener
	for range 9 {
		greedy = append(greedy, ls.enter("192.0.2.1"))
	}
	for i, l := range greedy {
		if gone(l) != (i == 0) {
			t.Errorf("page %d of 9 of an address: gone %v", i+1, gone(l))
		}
	}
	others := 0
	for len(ls.all) < listenersMost {
		ls.enter(fmt.Sprintf("198.51.100.%d", others))
		others++
	}
	if newcomer := ls.enter("203.0.113.1"); newcomer == nil || !gone(greedy[1]) || gone(greedy[2]) || gone(author) {
		t.Error("a newcomer: the oldest of the address with most should give way")
	}
	if again := ls.enter("127.0.0.1"); again == nil || !gone(greedy[2]) || gone(author) {
		t.Error("the author's second page: the oldest of the address with most should give way")
	}
	ls.leave(greedy[3])
	if n := len(ls.all); n != listenersMost-1 {
		t.Errorf("after one has left there are %d", n)
	}

	ls = &listeners{}
	first := ls.enter("::ffff:127.0.0.1")
	for range listenersMost - 1 {
		ls.enter("::ffff:127.0.0.1")
	}
	if ls.enter("192.0.2.1") != nil || gone(first) {
		t.Error("a page of another address takes the author's place")
	}
	if ls.enter("127.0.0.1") == nil || !gone(first) {
		t.Error("the author is locked out by the author's own pages")
	}
}
