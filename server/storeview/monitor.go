package storeview

import (
	"net"

	"github.com/tidwall/redcon"

	"procession/sim/redis"
)

// monitor sends every command of the run to a client until it leaves, the run
// is over or the client is too slow.
func (s *Server) monitor(c redcon.Conn, view *redis.View) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.detached) >= maxClients {
		c.WriteError(tooMany)
		return
	}
	conn := c.Detach()
	if s.closed {
		_ = conn.NetConn().Close()
		return
	}
	s.detached[conn.NetConn()] = struct{}{}
	lines, stop := view.Monitor()
	s.monitors.Go(func() {
		defer s.forget(conn.NetConn())
		defer stop()
		conn.WriteString("OK")
		for conn.Flush() == nil {
			line, ok := <-lines
			if !ok {
				return
			}
			conn.WriteString(line)
		}
	})
	// What the client says is not listened to; its leaving is.
	s.monitors.Go(func() {
		defer stop()
		for {
			if _, err := conn.ReadCommand(); err != nil {
				return
			}
		}
	})
}

// forget closes a client that monitored.
func (s *Server) forget(conn net.Conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.detached, conn)
	_ = conn.Close()
}
