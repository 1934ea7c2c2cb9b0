package room

import (
	"sync"
	"time"
)

// queue holds what waits for a client. It never makes the room wait: a client
// that does not read loses all that waits.
type queue struct {
	bell chan struct{} // has room for one: there may be something new

	mu      sync.Mutex
	waiting [][]byte
	bytes   int       // of all that waits
	lagging bool      // something was thrown away, and the client has not read on yet
	since   time.Time // when that began
	closed  bool      // nothing more comes
	end     End       // why
}

func newQueue() *queue { return &queue{bell: make(chan struct{}, 1)} }

// offer adds messages that belong together. Where they have no place, a whole
// picture takes that of all that waits. false: they were thrown away, with all
// that waited, and so is what comes until the client reads on.
func (q *queue) offer(messages [][]byte, whole bool, now time.Time) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	switch {
	case q.closed:
		return true // nobody misses it
	case q.lagging:
		return false
	}
	size := 0
	for _, m := range messages {
		size += len(m) + messageSize
	}
	if n := len(q.waiting); n > 0 && (n+len(messages) > queueLen || q.bytes+size > queueBytes) {
		q.drop()
		if !whole {
			q.lagging, q.since = true, now
			return false
		}
	}
	q.waiting = append(q.waiting, messages...)
	q.bytes += size
	q.ring()
	return true
}

// next takes the first message; nil: there is none now. more: others may come,
// else end says why not. behind: the client reads on after something was thrown
// away, and needs the whole picture.
func (q *queue) next() (data []byte, more, behind bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.waiting) > 0 {
		data = q.waiting[0]
		q.waiting[0] = nil
		q.waiting = q.waiting[1:]
		q.bytes -= len(data) + messageSize
		return data, true, false
	}
	q.waiting = nil // gives the memory back
	behind = q.lagging && !q.closed
	q.lagging = false
	return nil, !q.closed, behind
}

// finish ends the queue with a last message, if any.
func (q *queue) finish(end End, last []byte) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return
	}
	q.closed, q.end = true, end
	if end == TooMuch || end == TooSlow {
		q.drop() // nobody would wait for it
	}
	if last != nil {
		q.waiting = append(q.waiting, last)
		q.bytes += len(last) + messageSize
	}
	q.ring()
}

// lags says whether something was thrown away and the client has not read on,
// and for how long it has not.
func (q *queue) lags(now time.Time) (silent time.Duration, ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.lagging || q.closed {
		return 0, false
	}
	return now.Sub(q.since), true
}

// size gives the bytes that wait.
func (q *queue) size() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.bytes
}

// drop throws away what waits. The caller holds mu.
func (q *queue) drop() { q.waiting, q.bytes = nil, 0 }

// ring says that there may be something new.
func (q *queue) ring() {
	select {
	case q.bell <- struct{}{}:
	default:
	}
}
