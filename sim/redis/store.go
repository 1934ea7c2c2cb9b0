package redis

import (
	"errors"
	"net"
	"strconv"
	"sync"

	"github.com/alicebob/miniredis/v2"

	"procession/sim/store"
)

// Store is a session store. Nothing is started before the first command, so a
// run that never uses its store pays nothing for it.
//
// A Store belongs to one run; only its View may be used from another goroutine.
type Store struct {
	mu     sync.Mutex // between the run and those who look in
	now    int64      // virtual µs
	closed bool
	// monitors has who wants to see every command.
	monitors map[*Lines]struct{}

	// All nil until the first command.
	server *miniredis.Miniredis
	clock  *clock
	client *client
	disk   []saved
}

// errClosed says that a command came after Close.
var errClosed = errors.New("redis: the store is closed")

var _ store.Store = (*Store)(nil)

// New makes an empty store at virtual time 0.
func New() *Store { return &Store{} }

// SetTime moves the store's clock to a virtual time in µs. A key whose time is
// over is gone from that microsecond on.
func (s *Store) SetTime(us int64) {
	s.mu.Lock()
	s.now = us
	s.mu.Unlock()
}

// Do executes a command that does not wait, and gives its reply: nil, an int64,
// a string or a []any of these.
func (s *Store) Do(words ...string) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.start(); err != nil {
		return nil, err
	}
	given, known := lifeGiven(words)
	if known {
		s.clock.forGiven(s.now)
	} else {
		s.clock.forAny(s.now)
	}
	reply, err := s.client.do(words)
	if given > 0 && err == nil && reply != int64(0) { // 0: there is no such key
		s.clock.lives(words[1], given, s.now)
	}
	return reply, err
}

// lifeGiven says whether it is known what a command does to the lives of keys,
// as it is of those that workers send, and how many seconds from now on it
// gives its key; 0: none.
func lifeGiven(words []string) (seconds int64, known bool) {
	switch {
	case len(words) == 0:
	case words[0] == "GET" || words[0] == "DEL" || words[0] == "INCR" || words[0] == "PUBLISH" || words[0] == "SET" && len(words) == 3:
		return 0, true
	case words[0] == "SET" && len(words) == 5 && words[3] == "EX":
		seconds, _ = strconv.ParseInt(words[4], 10, 64) // the server refuses what is no number
		return seconds, true
	case words[0] == "EXPIRE" && len(words) == 3:
		seconds, _ = strconv.ParseInt(words[2], 10, 64)
		return seconds, true
	}
	return 0, false
}

// start starts the server, once. The caller holds the lock.
func (s *Store) start() error {
	if s.closed {
		return errClosed
	}
	if s.server != nil {
		return nil
	}
	server := miniredis.NewMiniRedis()
	// Dial is miniredis' only way to start without a listener. What it gives
	// is a pipe with two goroutines; ours needs none.
	pipe, err := server.Dial()
	if err != nil {
		return err
	}
	if err := pipe.Close(); err != nil {
		return err
	}
	s.server = server
	s.clock = newClock(server, s.now)
	s.client = newClient(func() (net.Conn, error) { return dial(server.Server(), s.tell), nil })
	return nil
}

// Flush empties the store, as the memory of a Redis server is when it dies.
func (s *Store) Flush() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.flush()
}

// flush empties the server. The caller holds the lock.
func (s *Store) flush() {
	if s.server != nil {
		s.server.FlushAll()
		s.clock.due = never
	}
}

// Forget removes a key, as a Redis server does that is full (eviction).
func (s *Store) Forget(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.server != nil {
		s.server.Del(key)
	}
}

// Close ends the store and leaves no goroutine.
func (s *Store) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	for lines := range s.monitors {
		s.endMonitor(lines)
	}
	if s.server == nil {
		return
	}
	// Nothing waits for what a connection in memory has to say at its end.
	_ = s.client.close()
	s.server.Close()
	s.server, s.clock, s.client, s.disk = nil, nil, nil, nil
}
