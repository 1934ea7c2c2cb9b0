package web

import (
	"net/netip"
	"slices"
	"sync"
)

const (
	// listenersMost is how many pages are told of changes.
	listenersMost = 100
	// listenersOfOne is how many of them may be of one address, unless it is
	// this machine: an author has many pages open.
	listenersOfOne = 8
)

// listeners are the pages that are told of changes.
type listeners struct {
	mu  sync.Mutex
	all []*listener // the oldest first
}

// listener is one of them.
type listener struct {
	address string
	gone    chan struct{} // closed when another one has taken its place
}

// here says whether it is a page on this machine, which is the author's own.
func (l *listener) here() bool {
	ip, err := netip.ParseAddr(l.address)
	return err == nil && ip.Unmap().IsLoopback()
}

// enter gives a page a place. Where there is none, the oldest page of the
// address that has most gives way, but those on this machine only for one
// another; nil: there is no such page.
func (ls *listeners) enter(address string) *listener {
	ls.mu.Lock()
	defer ls.mu.Unlock()
	l := &listener{address, make(chan struct{})}
	switch {
	case !l.here() && ls.of(address) >= listenersOfOne:
		ls.dismiss(ls.oldest(address))
	case len(ls.all) >= listenersMost:
		address, found := ls.crowded(l.here())
		if !found {
			return nil
		}
		ls.dismiss(ls.oldest(address))
	}
	ls.all = append(ls.all, l)
	return l
}

// leave takes a page's place back.
func (ls *listeners) leave(l *listener) {
	ls.mu.Lock()
	defer ls.mu.Unlock()
	ls.all = slices.DeleteFunc(ls.all, func(other *listener) bool { return other == l })
}

// of counts the pages of an address.
func (ls *listeners) of(address string) (n int) {
	for _, l := range ls.all {
		if l.address == address {
			n++
		}
	}
	return n
}

// crowded gives the address that has most pages. This machine is it when there
// is no other, and only for a page of its own.
func (ls *listeners) crowded(here bool) (address string, found bool) {
	most := -1
	for _, l := range ls.all {
		n := ls.of(l.address)
		if l.here() {
			n = 0
		}
		if n > most && (here || !l.here()) {
			address, most = l.address, n
		}
	}
	return address, most >= 0
}

// oldest gives the oldest page of an address.
func (ls *listeners) oldest(address string) *listener {
	i := slices.IndexFunc(ls.all, func(l *listener) bool { return l.address == address })
	return ls.all[i]
}

// dismiss lets a page go. The caller holds the lock.
func (ls *listeners) dismiss(l *listener) {
	ls.all = slices.DeleteFunc(ls.all, func(other *listener) bool { return other == l })
	close(l.gone)
}
