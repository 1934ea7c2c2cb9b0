package redis

import (
	"fmt"

	"procession/sim/store"
)

// Monitor gives a line for every command that the run sends from now on, as
// Redis' MONITOR writes it, with the moment of the virtual clock. There are no
// more after stop, when the run is over, and when their reader is too slow.
func (v *View) Monitor() (lines *Lines, stop func()) {
	s := v.store
	s.mu.Lock()
	defer s.mu.Unlock()
	lines = newLines()
	if s.closed {
		lines.end()
		return lines, func() {}
	}
	if s.monitors == nil {
		s.monitors = map[*Lines]struct{}{}
	}
	s.monitors[lines] = struct{}{}
	return lines, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.endMonitor(lines)
	}
}

// tell gives a command that the run sent to those who monitor. The caller
// holds the lock.
func (s *Store) tell(args []string) {
	if len(s.monitors) == 0 {
		return
	}
	us := store.Epoch + s.now
	line := fmt.Sprintf("%d.%06d [0 in-process] %s", us/1_000_000, us%1_000_000, store.Line(args...))
	for lines := range s.monitors {
		if !lines.put(line) {
			s.endMonitor(lines)
		}
	}
}

// endMonitor ends what a monitor is told. The caller holds the lock.
func (s *Store) endMonitor(lines *Lines) {
	delete(s.monitors, lines)
	lines.end()
}
