package redis

import "net"

// Client is the client of a Store, over a connection of the test's own.
type Client struct{ c *client }

// NewClient makes the very client that a Store uses.
func NewClient(dial func() (net.Conn, error)) Client { return Client{newClient(dial)} }

func (c Client) Set(key, value string, exSeconds int64) error {
	return c.c.set(key, value, exSeconds)
}
func (c Client) Get(key string) (string, bool, error) { return c.c.get(key) }
func (c Client) Expire(key string, exSeconds int64) (bool, error) {
	return c.c.expire(key, exSeconds)
}
func (c Client) Del(key string) (bool, error)   { return c.c.del(key) }
func (c Client) Do(args ...string) (any, error) { return c.c.do(args) }
func (c Client) Close() error                   { return c.c.close() }

// Cut takes the first command off what a client wrote.
func Cut(b []byte) (args []string, rest []byte, err error) { return cut(b) }
