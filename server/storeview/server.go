package storeview

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"sync"
	"syscall"
	"time"

	"procession/sim/redis"
)

const (
	// maxClients is how many may look in at once: this is a window for the
	// person at the keyboard, not a service. One more takes the place of the
	// one who was silent longest.
	maxClients = 32
	// defaultIdle is how long a client may say nothing, unless it monitors.
	defaultIdle = 5 * time.Minute
	// defaultPatience is how long a client may take to read a reply.
	defaultPatience = 10 * time.Second
	// restMost is how long the store rests at most after a command of somebody
	// who looks in.
	restMost = 100 * time.Millisecond
	// acceptAgain is how long it waits when no connection can be accepted just
	// now, such as when there are too many open files.
	acceptAgain = 100 * time.Millisecond
)

// Options say how clients are treated.
type Options struct {
	Logger   *slog.Logger
	Idle     time.Duration // how long a client may say nothing; 0: 5 minutes
	Patience time.Duration // how long a client may take to read a reply; 0: 10 s
}

// Server listens on a port and shows one store at a time.
type Server struct {
	listener net.Listener
	logger   *slog.Logger
	idle     time.Duration
	patience time.Duration
	clients  sync.WaitGroup // and the one who accepts them

	// looking is held by the one whose command is executed.
	looking sync.Mutex

	mu     sync.Mutex
	view   *redis.View           // nil: no room is open
	open   map[*client]time.Time // when they were heard last
	broken map[string]bool       // commands whose panic was logged
	closed bool
}

// New listens on a TCP address. The error is a sentence that names it.
func New(addr string, o Options) (*Server, error) {
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		if errors.Is(err, syscall.EADDRINUSE) {
			return nil, fmt.Errorf("the store cannot be shown on %s: another program listens there; choose another port with -store-addr", addr)
		}
		return nil, fmt.Errorf("the store cannot be shown on %q: %w; -store-addr wants a host and a port like 127.0.0.1:6390", addr, err)
	}
	s := &Server{listener: listener, logger: o.Logger, idle: o.Idle, patience: o.Patience, open: map[*client]time.Time{}, broken: map[string]bool{}}
	if s.idle == 0 {
		s.idle = defaultIdle
	}
	if s.patience == 0 {
		s.patience = defaultPatience
	}
	s.clients.Go(s.accept)
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

// source gives the store that is shown.
func (s *Server) source() *redis.View {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.view
}

// Close stops listening, closes every connection and waits for the end of all.
func (s *Server) Close() error {
	s.mu.Lock()
	s.closed = true
	for c := range s.open {
		_ = c.conn.Close()
	}
	s.mu.Unlock()
	err := s.listener.Close()
	s.clients.Wait()
	return err
}

// accept lets clients in until the listener is closed.
func (s *Server) accept() {
	for {
		conn, err := s.listener.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil {
			s.logger.Warn("nobody can look into the store just now", "error", err)
			time.Sleep(acceptAgain)
			continue
		}
		c := &client{server: s, conn: conn, in: newReader(conn)}
		if !s.enter(c) {
			_ = conn.Close()
			return
		}
		s.clients.Go(func() {
			defer s.leave(c)
			c.serve()
		})
	}
}

// enter gives a client a place, where all are taken that of the one who was
// silent longest. It says whether the server is still open.
func (s *Server) enter(c *client) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false
	}
	if len(s.open) >= maxClients {
		silent := c
		heard := time.Now()
		for other, at := range s.open {
			if at.Before(heard) {
				silent, heard = other, at
			}
		}
		delete(s.open, silent)
		_ = silent.conn.Close()
	}
	s.open[c] = time.Now()
	return true
}

// heard notes that a client said something, or read something.
func (s *Server) heard(c *client) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.open[c]; ok {
		s.open[c] = time.Now()
	}
}

// leave takes a client's place back.
func (s *Server) leave(c *client) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.open, c)
	_ = c.conn.Close()
}

// look executes a command of somebody who looks in, one at a time. The run
// needs the store, too: who asks without end has it for a quarter of the time.
func (s *Server) look(view *redis.View, name string, words []string) []byte {
	s.looking.Lock()
	defer s.looking.Unlock()
	began := time.Now()
	reply, err := view.Do(words...)
	if err != nil && s.firstTime(name) {
		s.logger.Error("a command of somebody who looks into the store panicked; the run is unharmed", "command", name, "error", err)
	}
	time.Sleep(min(3*time.Since(began), restMost))
	return reply
}

// firstTime says whether it is the first panic of a command: the log is not for
// those who look in to fill.
func (s *Server) firstTime(name string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	first := !s.broken[name]
	s.broken[name] = true
	return first
}
