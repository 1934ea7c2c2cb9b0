package redis

import (
	"errors"
	"net"
	"sync"

	"github.com/alicebob/miniredis/v2"
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
	monitors map[chan string]struct{}

	// All nil until the first command.
	server *miniredis.Miniredis
	clock  *clock
	client *client
}

// errClosed says that a command came after Close.
var errClosed = errors.New("redis: the store is closed")

// New makes an empty store at virtual time 0.
func New() *Store { return &Store{} }

// SetTime moves the store's clock to a virtual time in µs. A key whose time is
// over is gone from that microsecond on.
func (s *Store) SetTime(us int64) {
	s.mu.Lock()
	s.now = us
	s.mu.Unlock()
}

// Set sends SET key value EX exSeconds. The store refuses a life under 1 s.
func (s *Store) Set(key, value string, exSeconds int64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.start(); err != nil {
		return err
	}
	s.clock.forGiven(s.now)
	if err := s.client.set(key, value, exSeconds); err != nil {
		return err
	}
	s.clock.lives(key, exSeconds, s.now)
	return nil
}

// Get sends GET key; ok says whether there was such a key.
func (s *Store) Get(key string) (value string, ok bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.start(); err != nil {
		return "", false, err
	}
	s.clock.forGiven(s.now)
	return s.client.get(key)
}

// Expire sends EXPIRE key exSeconds and says whether there was such a key.
// Without a positive number of seconds the key is gone.
func (s *Store) Expire(key string, exSeconds int64) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.start(); err != nil {
		return false, err
	}
	s.clock.forGiven(s.now)
	ok, err := s.client.expire(key, exSeconds)
	if ok && exSeconds > 0 {
		s.clock.lives(key, exSeconds, s.now)
	}
	return ok, err
}

// Del sends DEL key and says whether there was such a key.
func (s *Store) Del(key string) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.start(); err != nil {
		return false, err
	}
	s.clock.forGiven(s.now)
	return s.client.del(key)
}

// Do sends any other command that does not wait, and gives its reply: nil, an
// int64, a string or a []any of these.
func (s *Store) Do(args ...string) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.start(); err != nil {
		return nil, err
	}
	s.clock.forAny(s.now)
	return s.client.do(args)
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

// Flush empties the store, as a Redis server without persistence is when it
// died and came back.
func (s *Store) Flush() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.server != nil {
		s.server.FlushAll()
		s.clock.due = never
	}
}

// Each calls f for what is really in the store, by key. expiresAt is in virtual
// µs, 0 for never. It counts as no command. f must not use the store.
func (s *Store) Each(f func(key, value string, expiresAt int64)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.server == nil {
		return
	}
	s.clock.move(s.now)
	for _, key := range s.server.Keys() {
		value, err := s.server.Get(key)
		if err != nil {
			continue // not a string: no session
		}
		var expiresAt int64
		if ttl := s.server.TTL(key); ttl > 0 {
			expiresAt = s.now + ttl.Microseconds()
		}
		f(key, value, expiresAt)
	}
}

// Len gives the number of keys.
func (s *Store) Len() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.server == nil {
		return 0
	}
	s.clock.move(s.now)
	return len(s.server.Keys())
}

// Close ends the store and leaves no goroutine.
func (s *Store) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	for ch := range s.monitors {
		s.endMonitor(ch)
	}
	if s.server == nil {
		return
	}
	// Nothing waits for what a connection in memory has to say at its end.
	_ = s.client.close()
	s.server.Close()
	s.server, s.clock, s.client = nil, nil, nil
}
