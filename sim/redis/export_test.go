package redis

import "net"

// Client is the client of a Store, over a connection of the test's own.
type Client struct{ c *client }

// NewClient makes the very client that a Store uses.
func NewClient(dial func() (net.Conn, error)) Client { return Client{newClient(dial)} }

func (c Client) Do(args ...string) (any, error) { return c.c.do(args) }
func (c Client) Close() error                   { return c.c.close() }

// Cut takes the first command off what a client wrote.
func Cut(b []byte) (args []string, rest []byte, err error) { return cut(b) }

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
