package program

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"procession/lessons"
	"procession/server/fair"
	"procession/server/room"
	"procession/server/storeview"
	"procession/server/web"
	"procession/sim"
	"procession/sim/redis"
	"procession/sim/scenario"
	"procession/static"
)

// Time limits of the HTTP server. Websockets have their own.
const (
	readHeaderTimeout = 5 * time.Second
	readTimeout       = 15 * time.Second
	writeTimeout      = 30 * time.Second
	idleTimeout       = 90 * time.Second
	// shutdownTimeout is how long requests under way get when the server
	// stops. Together with the goodbyes of the websockets it stays under 5 s.
	shutdownTimeout = 2 * time.Second

	// readHeader is more than the site takes, so that those whose request is
	// somewhat too long are told so in a sentence.
	readHeader = 4 * web.MaxHeader
)

// DefaultAddr is not open to the network: who wants that says so.
const DefaultAddr = "127.0.0.1:8080"

// Main is one server.
type Main struct {
	Addr      string // host:port, or a port of this computer
	StoreAddr string // where redis-cli can look in; empty: nowhere
	DebugAddr string // where the program's profiles are; empty: nowhere
	Rooms     int    // 0: room.DefaultLimit
	Sockets   int    // 0: web.DefaultSockets
	Memory    int64  // bytes that all rooms may take together; 0: room.DefaultMemory
	// Processor time in a second that a room or a connection, and all of an
	// address together, may use in the long run; 0: fair's defaults.
	ClientCPU, AddressCPU time.Duration
	Turns                 int         // how many processors are for what costs; 0: fair's default
	Hosts                 []string    // names of the server besides those of this computer
	Proxies               web.Proxies // that are believed what they say of requests
	Lessons               string      // a folder of lessons that its author works on; empty: those that come with the program
	Logger                *slog.Logger

	listener net.Listener
	server   *http.Server
	rooms    *room.Rooms
	web      *web.Web
	store    *storeview.Server
	debug    *http.Server
	lessons  *lessons.Folder
	failed   chan error
	stopping chan struct{} // closed when it stops

	mu     sync.Mutex
	latest room.Run // whose store is shown
}

// Run starts the server and returns. The error is a sentence.
func (m *Main) Run() (err error) {
	if m.Logger == nil {
		m.Logger = slog.Default()
	}
	if m.Rooms == 0 {
		m.Rooms = room.DefaultLimit
	}
	if m.listener, err = listen(m.Addr); err != nil {
		return err
	}
	// What is open already is closed again when the rest fails.
	defer func() {
		if err != nil {
			m.close()
		}
	}()
	if m.DebugAddr != "" {
		l, err := listen(m.DebugAddr)
		if err != nil {
			return fmt.Errorf("-pprof: %w", err)
		}
		m.debug = &http.Server{Handler: debugHandler(), ReadHeaderTimeout: readHeaderTimeout}
		go m.debug.Serve(l) // ends with Close
	}
	shown := ""
	if m.StoreAddr != "" {
		if m.store, err = storeview.New(m.StoreAddr, storeview.Options{Logger: m.Logger}); err != nil {
			return err
		}
		shown = m.store.Addr()
	}
	var course fs.FS
	if m.Lessons != "" {
		if m.lessons, err = lessons.OpenFolder(m.Lessons); err != nil {
			return fmt.Errorf("-lessons: %w; it is a folder that has one for each language, and lessons in it, such as lessons/en/01-mine.md", err)
		}
		course = m.lessons
	}
	turns := fair.New(fair.Options{Turns: m.Turns, Client: fair.Rate{PerSecond: m.ClientCPU}, Address: fair.Rate{PerSecond: m.AddressCPU}})
	m.rooms = room.NewRooms(room.Options{
		Limit:     m.Rooms,
		Memory:    m.Memory,
		Turns:     turns,
		New:       func(sc scenario.Scenario) room.Run { return sim.New(sc) },
		StoreAddr: shown,
		Opened:    m.show,
		Closing:   m.hide,
		Logger:    m.Logger,
	})
	if m.web, err = web.New(web.Options{
		Rooms: m.rooms, Static: static.FS, Sockets: m.Sockets, Lessons: course, Live: m.lessons != nil, Turns: turns,
		Proxies: m.Proxies, Known: names(m.listener.Addr(), m.Hosts), Logger: m.Logger,
		Reach: func() web.Reach { return reach(m.listener.Addr().(*net.TCPAddr)) },
	}); err != nil {
		return err
	}
	m.server = &http.Server{
		Handler:           m.web,
		ReadHeaderTimeout: readHeaderTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    readHeader,
		ErrorLog:          slog.NewLogLogger(m.Logger.Handler(), slog.LevelDebug),
	}
	m.server.RegisterOnShutdown(m.web.Stop)
	m.failed = make(chan error, 1)
	m.stopping = make(chan struct{})
	go tidy(m.stopping)
	go func() {
		if err := m.server.Serve(m.listener); !errors.Is(err, http.ErrServerClosed) {
			m.failed <- fmt.Errorf("the server stopped: %w", err)
		}
	}()
	return nil
}

// Failed tells when the server cannot go on.
func (m *Main) Failed() <-chan error { return m.failed }

// URL gives the address of the page.
func (m *Main) URL() string {
	addr := m.listener.Addr().(*net.TCPAddr)
	host := "localhost"
	if !addr.IP.IsLoopback() && !addr.IP.IsUnspecified() {
		host = addr.IP.String()
	}
	return "http://" + net.JoinHostPort(host, strconv.Itoa(addr.Port))
}

// NetworkURL gives the address for other devices, empty when they are not let
// in or this computer is in no network.
func (m *Main) NetworkURL() string {
	addr := m.listener.Addr().(*net.TCPAddr)
	if all := reach(addr).Addresses; addr.IP.IsUnspecified() && len(all) > 0 {
		return all[0]
	}
	return ""
}

// Close stops the server: no new requests, every room ended, every browser
// told that it may come back.
func (m *Main) Close() {
	ctx, cancel := context.WithTimeout(context.Background(), shutdownTimeout)
	defer cancel()
	close(m.stopping)
	if err := m.server.Shutdown(ctx); err != nil {
		m.server.Close()
	}
	m.rooms.Close()
	m.web.Close()
	m.close()
}

// close closes what stands beside the site.
func (m *Main) close() {
	m.listener.Close()
	if m.store != nil {
		m.store.Close()
	}
	if m.debug != nil {
		m.debug.Close()
	}
	if m.lessons != nil {
		m.lessons.Close()
	}
}

// show lets redis-cli look into the store of a run that has just begun.
func (m *Main) show(r room.Run) {
	if m.store == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.latest = r
	m.store.SetSource(r.(*sim.Run).Store().(*redis.Store).View())
}

// hide ends that, if it is still this run's store that is shown.
func (m *Main) hide(r room.Run) {
	if m.store == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.latest == r {
		m.latest = nil
		m.store.SetSource(nil)
	}
}

// listen listens on an address as people write it.
func listen(addr string) (net.Listener, error) {
	if !strings.Contains(addr, ":") {
		addr = "127.0.0.1:" + addr
	}
	l, err := net.Listen("tcp", addr)
	switch {
	case err == nil:
		return l, nil
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("%s is taken by another program; choose another port, for example with -addr %s", addr, next(addr))
	case errors.Is(err, syscall.EACCES):
		return nil, fmt.Errorf("%s needs more rights than this program has; choose a port from 1024 on, for example with -addr 8080", addr)
	}
	return nil, fmt.Errorf("%q cannot be listened on (%w); -addr takes HOST:PORT such as %s, or a port alone", addr, err, DefaultAddr)
}

// next gives the address with the port after that of addr.
func next(addr string) string {
	host, port, err := net.SplitHostPort(addr)
	n, err2 := strconv.Atoi(port)
	if err != nil || err2 != nil || n >= 65535 {
		return "127.0.0.1:8081"
	}
	return net.JoinHostPort(host, strconv.Itoa(n+1))
}
