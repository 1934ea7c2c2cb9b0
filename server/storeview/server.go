package storeview

import (
	"errors"
	"fmt"
	"net"
	"strings"
	"sync"
	"syscall"

	"github.com/tidwall/redcon"

	"procession/sim/redis"
)

// maxClients is how many may look in at once: this is a window for the person
// at the keyboard, not a service.
const maxClients = 32

// tooMany is what one more is told.
var tooMany = fmt.Sprintf("ERR %d clients look in already, and more are not let in", maxClients)

// Server listens on a port and shows one store at a time.
type Server struct {
	listener net.Listener
	served   chan struct{} // closed when nobody listens any more
	monitors sync.WaitGroup

	mu       sync.Mutex
	view     *redis.View // nil: no room is open
	clients  int
	detached map[net.Conn]struct{} // of those who monitor; redcon has forgotten them
	closed   bool
}

// New listens on a TCP address. The error is a sentence that names it.
func New(addr string) (*Server, error) {
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		if errors.Is(err, syscall.EADDRINUSE) {
			return nil, fmt.Errorf("the store cannot be shown on %s: another program listens there; choose another port with -store-addr", addr)
		}
		return nil, fmt.Errorf("the store cannot be shown on %q: %w; -store-addr wants a host and a port like 127.0.0.1:6390", addr, err)
	}
	s := &Server{listener: listener, served: make(chan struct{}), detached: map[net.Conn]struct{}{}}
	go func() {
		defer close(s.served)
		// Serve ends without an error when the listener is closed, and with
		// it the connections.
		_ = redcon.Serve(listener, s.serve, s.accept, s.gone)
	}()
	return s, nil
}

// Addr gives the address that it listens on.
func (s *Server) Addr() string { return s.listener.Addr().String() }

// SetSource says which store is shown from now on; nil: none.
func (s *Server) SetSource(v *redis.View) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.view = v
}

// Close stops listening, closes every connection and waits for the end of all.
func (s *Server) Close() error {
	s.mu.Lock()
	s.closed = true
	// NB: not redcon's Close, which writes what is buffered and so races with
	// the goroutine that monitors.
	for c := range s.detached {
		_ = c.Close()
	}
	s.mu.Unlock()
	err := s.listener.Close()
	<-s.served
	s.monitors.Wait()
	return err
}

// accept says whether one more may look in.
func (s *Server) accept(c redcon.Conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.clients >= maxClients {
		c.WriteError(tooMany)
		return false
	}
	s.clients++
	return true
}

// gone counts a client that left.
func (s *Server) gone(redcon.Conn, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.clients--
}

// serve answers one command.
func (s *Server) serve(c redcon.Conn, cmd redcon.Command) {
	args := make([]string, len(cmd.Args))
	for i, a := range cmd.Args {
		args[i] = string(a)
	}
	name := strings.ToUpper(args[0])
	if name == "QUIT" {
		c.WriteString("OK")
		_ = c.Close()
		return
	}
	if greet(c, name, args) {
		return
	}
	s.mu.Lock()
	view := s.view
	s.mu.Unlock()
	if view == nil {
		c.WriteError("ERR no room is open yet: open the page, then ask again")
		return
	}
	if name == "MONITOR" {
		s.monitor(c, view)
		return
	}
	c.WriteRaw(view.Do(args...))
}
