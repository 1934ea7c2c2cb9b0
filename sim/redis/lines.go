package redis

import "sync"

// linesBehind is how many bytes of lines a reader of Monitor may be behind. A
// run that is caught up sends tens of thousands of commands in a moment, and
// waits for nobody.
const linesBehind = 1 << 20

// Lines are those of Monitor that were not read yet.
type Lines struct {
	ready chan struct{} // has a token while there is something to look at; closed at the end

	mu      sync.Mutex
	waiting []string
	bytes   int // of waiting
	ended   bool
}

func newLines() *Lines { return &Lines{ready: make(chan struct{}, 1)} }

// put adds a line. It says whether there was room.
func (l *Lines) put(line string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.bytes+len(line) > linesBehind {
		return false
	}
	l.waiting = append(l.waiting, line)
	l.bytes += len(line)
	select {
	case l.ready <- struct{}{}:
	default: // the reader was told before, and has not looked since
	}
	return true
}

// end says that there are no more lines than those that wait. It may be called
// more than once.
func (l *Lines) end() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.ended {
		l.ended = true
		close(l.ready)
	}
}

// Take waits for lines and gives all that there are; none means that there are
// no more. It has one caller at a time.
func (l *Lines) Take() []string {
	for {
		_, more := <-l.ready
		if lines := l.take(); len(lines) > 0 || !more {
			return lines
		}
	}
}

// take gives the lines that wait.
func (l *Lines) take() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	lines := l.waiting
	l.waiting, l.bytes = nil, 0
	return lines
}
