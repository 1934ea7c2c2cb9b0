package web

import (
	"cmp"
	"log/slog"
	"net/http"
	"runtime/debug"
	"sync"

	"github.com/gorilla/websocket"

	"procession/server/fair"
	"procession/server/problem"
	"procession/server/room"
	"procession/server/wire"
	"procession/sim/scenario"
)

// sockets are all websockets of the server.
type sockets struct {
	rooms    *room.Rooms
	turns    *fair.Queue
	logger   *slog.Logger
	limit    int
	upgrader websocket.Upgrader
	wg       sync.WaitGroup

	mu      sync.Mutex
	count   int                  // of all
	waiting map[*socket]struct{} // those that are in no room yet
	closed  bool
}

// DefaultSockets is how many websockets a server has at once unless told otherwise.
const DefaultSockets = 10_000

// newSockets makes the websockets of a site; fail answers those that asked for
// one and get none.
func newSockets(o Options, fail func(http.ResponseWriter, *http.Request, error)) *sockets {
	limit := cmp.Or(o.Sockets, DefaultSockets)
	return &sockets{
		rooms:   o.Rooms,
		turns:   o.Turns,
		logger:  o.Logger,
		limit:   limit,
		waiting: map[*socket]struct{}{},
		upgrader: websocket.Upgrader{
			CheckOrigin:     mayConnect,
			ReadBufferSize:  readBuffer,
			WriteBufferSize: writeBuffer,
			WriteBufferPool: &sync.Pool{}, // a buffer is held only while it is used
			Error: func(rw http.ResponseWriter, r *http.Request, status int, reason error) {
				fail(rw, r, noSocket(status, reason))
			},
		},
	}
}

// noSocket is the error of a request that no websocket can be made of.
func noSocket(status int, reason error) error {
	switch {
	case status == http.StatusForbidden:
		return problem.New(wire.WrongOrigin, "")
	case status >= http.StatusInternalServerError:
		return reason
	}
	return problem.New(wire.NoSocket, "", "reason", reason)
}

// serve makes a websocket of a request. The handler returns at once, so that
// the memory of the HTTP request is free again.
func (s *sockets) serve(rw http.ResponseWriter, r *http.Request) error {
	from := who(r)
	sc, bad := scenario.Parse(r.URL.RawQuery)
	conn, err := s.upgrader.Upgrade(rw, r, nil)
	if err != nil {
		return nil // Upgrade has answered
	}
	sock := &socket{conn: conn}
	full, ok := s.await(sock)
	if !ok {
		conn.Close() // the server stops; the browser tries again
		return nil
	}
	go s.guarded(sock, func() {
		defer s.done()
		switch debt := s.turns.Debt(from); {
		case full:
			s.seize(sock)
			sock.refuse(problem.New(wire.SocketsFull, "", "n", s.limit))
		case bad != nil:
			s.seize(sock)
			sock.refuse(problem.Scenario(wire.BadScenario, bad))
		case debt > 0:
			s.seize(sock)
			sock.refuse(problem.Say(wire.Busy, "busy-address", ""))
		default:
			s.attend(sock, from.Address, sc)
		}
	})
	return nil
}

// guarded does a part of a socket's life. A mistake of ours in it ends the
// socket, and not the server.
func (s *sockets) guarded(sock *socket, do func()) {
	defer func() {
		if v := recover(); v != nil {
			s.logger.Error("a socket broke", "panic", v, "stack", string(debug.Stack()))
			sock.conn.Close()
		}
	}()
	do()
}

// attend leads a socket, from an address, into its room and listens to it until it is gone.
func (s *sockets) attend(sock *socket, from string, sc scenario.Scenario) {
	open, err := sock.first()
	if !s.seize(sock) {
		return // the server stops
	}
	if err != nil {
		sock.refuse(err)
		return
	}
	sub, refused := s.rooms.Open(from, sc, open)
	if refused != nil {
		sock.refuse(refused)
		return
	}
	var wg sync.WaitGroup
	wg.Go(func() { s.guarded(sock, func() { sock.write(sub) }) })
	defer func() {
		sub.Leave()
		wg.Wait()
		sock.conn.Close()
	}()
	sock.read(sub)
}

// await counts a socket that is in no room yet, and says whether there are more
// than may be; not ok: the server stops.
func (s *sockets) await(sock *socket) (full, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false, false
	}
	s.waiting[sock] = struct{}{}
	s.wg.Add(1)
	s.count++
	return s.count > s.limit, true
}

// done says that a socket is gone.
func (s *sockets) done() {
	s.mu.Lock()
	s.count--
	s.mu.Unlock()
	s.wg.Done()
}

// seize takes a socket that waited; false: close has taken it.
func (s *sockets) seize(sock *socket) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, ok := s.waiting[sock]
	delete(s.waiting, sock)
	return ok
}

// close closes the sockets that are in no room and waits for the others, whose
// rooms were closed before.
func (s *sockets) close() {
	s.mu.Lock()
	s.closed = true
	for sock := range s.waiting {
		delete(s.waiting, sock)
		sock.goodbye(websocket.CloseGoingAway)
		sock.conn.Close()
	}
	s.mu.Unlock()
	s.wg.Wait()
}
