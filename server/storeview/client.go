package storeview

import (
	"errors"
	"io"
	"net"
	"strings"
	"time"

	"procession/sim/redis"
)

const (
	// leaveTime is how long a client that was told why it is let go has for
	// reading that, and leaveBytes how much of what it still says is thrown
	// away meanwhile: closing at once would take the sentence back.
	leaveTime  = time.Second
	leaveBytes = 1 << 20
)

// client is one who looks in.
type client struct {
	server *Server
	conn   net.Conn
	in     *reader
}

// serve answers commands until the client leaves or is let go.
func (c *client) serve() {
	for {
		// NB: the whole command must be there by then, not only its first byte.
		_ = c.conn.SetReadDeadline(time.Now().Add(c.server.idle))
		words, err := c.in.next()
		var wrong protocolError
		if errors.As(err, &wrong) {
			c.dismiss(wrong.Error())
		}
		if err != nil {
			return
		}
		c.server.heard(c)
		if len(words) > 0 && !c.answer(words) {
			return
		}
	}
}

// answer answers one command. It says whether the connection goes on.
func (c *client) answer(words []string) bool {
	name := strings.ToUpper(words[0])
	if http(name, words) {
		c.server.logger.Debug("something sent HTTP to the port for redis-cli, and was cut off", "from", c.conn.RemoteAddr())
		return false
	}
	if name == "QUIT" {
		c.write(simple("OK"))
		return false
	}
	if reply := greet(name, words); reply != nil {
		return c.write(reply)
	}
	view := c.server.source()
	if view == nil {
		return c.write(failed("ERR no room is open yet: open the page, then ask again"))
	}
	if name == "MONITOR" {
		c.monitor(view)
		return false
	}
	return c.write(c.server.look(view, name, words))
}

// http says whether a command is what a browser sends, on behalf of a page that
// may be anybody's. Redis ends a connection at these two words; the end of a
// request's first line is there before.
func http(name string, words []string) bool {
	return name == "POST" || name == "HOST:" || strings.HasPrefix(words[len(words)-1], "HTTP/1.")
}

// monitor sends every command of the run to the client until it leaves, the run
// is over or the client is too slow.
func (c *client) monitor(view *redis.View) {
	lines, stop := view.Monitor()
	defer stop()
	if !c.write(simple("OK")) {
		return
	}
	c.server.clients.Go(func() {
		// What the client says is not listened to; its leaving is. A client
		// that waits for a run to go on is not idle.
		_ = c.conn.SetReadDeadline(time.Time{})
		_, _ = io.Copy(io.Discard, c.in.in)
		stop()
	})
	for {
		some := lines.Take()
		if len(some) == 0 || !c.write(list(some)) {
			return
		}
		c.server.heard(c)
	}
}

// dismiss tells the client why it is let go.
func (c *client) dismiss(why string) {
	if !c.write(failed(why)) {
		return
	}
	if tcp, ok := c.conn.(*net.TCPConn); ok {
		_ = tcp.CloseWrite()
	}
	_ = c.conn.SetReadDeadline(time.Now().Add(leaveTime))
	_, _ = io.CopyN(io.Discard, c.conn, leaveBytes)
}

// write sends a reply, and says whether the client took it in time. The next
// command is not read before, so no more than one reply waits.
func (c *client) write(reply []byte) bool {
	_ = c.conn.SetWriteDeadline(time.Now().Add(c.server.patience))
	_, err := c.conn.Write(reply)
	return err == nil
}
