package redis

import (
	"fmt"

	"procession/sim/store"
)

// monitorBehind is how many lines a reader of Monitor may be behind. A run
// that is caught up sends tens of thousands of commands in a moment, and waits
// for nobody.
const monitorBehind = 1 << 12

// Monitor gives a line for every command that the run sends from now on, as
// Redis' MONITOR writes it, with the moment of the virtual clock. The channel
// is closed by stop, when the run is over, and when its reader is too slow.
func (v *View) Monitor() (lines <-chan string, stop func()) {
	s := v.store
	s.mu.Lock()
	defer s.mu.Unlock()
	ch := make(chan string, monitorBehind)
	if s.closed {
		close(ch)
		return ch, func() {}
	}
	if s.monitors == nil {
		s.monitors = map[chan string]struct{}{}
	}
	s.monitors[ch] = struct{}{}
	return ch, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.endMonitor(ch)
	}
}

// tell gives a command that the run sent to those who monitor. The caller
// holds the lock.
func (s *Store) tell(args []string) {
	if len(s.monitors) == 0 {
		return
	}
	us := store.EpochUnix*1_000_000 + s.now
	line := fmt.Sprintf("%d.%06d [0 in-process] %s", us/1_000_000, us%1_000_000, store.Line(args...))
	for ch := range s.monitors {
		select {
		case ch <- line:
		default:
			s.endMonitor(ch)
		}
	}
}

// endMonitor closes a channel of Monitor, once. The caller holds the lock.
func (s *Store) endMonitor(ch chan string) {
	if _, ok := s.monitors[ch]; ok {
		delete(s.monitors, ch)
		close(ch)
	}
}
