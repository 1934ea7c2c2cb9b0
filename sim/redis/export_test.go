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
// µs, 0 for never. f must not use the store.
func (s *Store) Each(f func(key, value string, expiresAt int64)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, k := range s.keys() {
		if k.expires == never {
			k.expires = 0
		}
		f(k.key, k.value, k.expires)
	}
}
