package redis

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net"
	"time"

	"github.com/alicebob/miniredis/v2/server"
)

// errNothingToRead says that a client reads a reply to a command that it never
// sent. On a network it would wait for ever.
var errNothingToRead = errors.New("redis: no reply left to read: the client waits for what it never asked")

// conn is a connection to a server in this program. Write executes every
// complete command in the caller's goroutine; Read gives the replies.
type conn struct {
	server *server.Server
	saw    func(args []string) // called with each command, before it is executed
	peer   *server.Peer
	in     []byte       // of a command that is not complete yet
	out    bytes.Buffer // replies not yet read
	closed bool
}

var _ net.Conn = (*conn)(nil)

// dial connects to a server; saw is called with each command before it is
// executed.
func dial(srv *server.Server, saw func(args []string)) *conn {
	c := &conn{server: srv, saw: saw}
	c.peer = server.NewPeer(bufio.NewWriter(&c.out))
	return c
}

// Write executes the commands in b.
func (c *conn) Write(b []byte) (int, error) {
	if c.closed {
		return 0, net.ErrClosed
	}
	c.in = append(c.in, b...)
	rest := c.in
	for {
		args, next, err := cut(rest)
		if err != nil {
			return 0, err
		}
		if args == nil {
			break
		}
		rest = next
		c.saw(args)
		c.server.Dispatch(c.peer, args)
	}
	c.in = append(c.in[:0], rest...)
	c.peer.Flush()
	return len(b), nil
}

// Read gives what the server replied.
func (c *conn) Read(b []byte) (int, error) {
	if c.closed {
		return 0, net.ErrClosed
	}
	n, err := c.out.Read(b)
	if errors.Is(err, io.EOF) {
		return 0, errNothingToRead
	}
	return n, err
}

// Close ends the connection.
func (c *conn) Close() error {
	c.closed = true
	return nil
}

// LocalAddr gives an address that is none.
func (c *conn) LocalAddr() net.Addr { return inProcess{} }

// RemoteAddr gives an address that is none.
func (c *conn) RemoteAddr() net.Addr { return inProcess{} }

// SetDeadline does nothing: nothing here ever waits.
func (c *conn) SetDeadline(time.Time) error { return nil }

// SetReadDeadline does nothing: nothing here ever waits.
func (c *conn) SetReadDeadline(time.Time) error { return nil }

// SetWriteDeadline does nothing: nothing here ever waits.
func (c *conn) SetWriteDeadline(time.Time) error { return nil }

// inProcess is the address of both ends of a conn.
type inProcess struct{}

// Network names the kind of connection.
func (inProcess) Network() string { return "in-process" }

// String names the end.
func (inProcess) String() string { return "in-process" }
