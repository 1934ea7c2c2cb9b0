package web

import (
	"io/fs"
	"log/slog"
	"net/http"
	"sync"

	"procession/lessons"
	"procession/lessons/guide"
	"procession/server/fair"
	"procession/server/room"
)

// Options are what the web needs to know.
type Options struct {
	Rooms   *room.Rooms
	Static  fs.FS       // the files under /static/
	Sockets int         // websockets at once; 0: DefaultSockets
	Lessons fs.FS       // a folder for each language; nil: those that come with the program
	Live    bool        // the lessons' files may change, and their author looks on
	Turns   *fair.Queue // of the processor
	Proxies Proxies
	Known   func(name string) bool // whether the server is called by a name, without a port; nil: by any
	Reach   func() Reach           // how other devices come to the server; nil: nobody is told
	Logger  *slog.Logger
}

// Web is the whole site.
type Web struct {
	logger    *slog.Logger
	assets    *assets
	languages languages
	courses   *courses
	guides    *courses
	known     func(name string) bool
	reached   func() Reach
	listeners *listeners
	stopping  chan struct{} // closed when the server stops
	stop      sync.Once
	sockets   *sockets
	player    *player
	memo      *memo[[]byte] // what was asked about runs
	about     func() (*asset, error)
	code      func() (*asset, error)
	handler   http.Handler
}

var _ http.Handler = (*Web)(nil)

// New makes the site. Its static files are packed while it serves already.
func New(o Options) (*Web, error) {
	a, err := readAssets(o.Static)
	if err != nil {
		return nil, err
	}
	l, err := newLanguages(o.Static)
	if err != nil {
		return nil, err
	}
	if o.Lessons == nil {
		o.Lessons = lessons.FS
	}
	player := newPlayer(o.Turns, o.Logger)
	w := &Web{
		logger:    o.Logger,
		assets:    a,
		languages: l,
		courses:   newCourses(o.Lessons, o.Live, player.turn(teller), o.Logger),
		guides:    newCourses(guide.FS, false, player.turn(teller), o.Logger),
		known:     o.Known,
		reached:   o.Reach,
		listeners: &listeners{},
		stopping:  make(chan struct{}),
		player:    player,
		memo:      newMemo(func(body []byte) int { return len(body) }),
		about:     sync.OnceValues(newAbout),
		code:      sync.OnceValues(newCode),
	}
	w.sockets = newSockets(o, w.fail)
	w.handler = o.Proxies.behind(w.guard(w.routes()))
	go a.pack(w.stopping)
	if o.Live {
		go w.courses.watch(w.stopping)
	}
	return w, nil
}

func (w *Web) ServeHTTP(rw http.ResponseWriter, r *http.Request) { w.handler.ServeHTTP(rw, r) }

// Stop ends the answers that go on until the browser goes away. It may be
// called more than once.
func (w *Web) Stop() { w.stop.Do(func() { close(w.stopping) }) }

// Close returns when all websockets are closed. The rooms must be closed
// before: that is what closes most of them.
func (w *Web) Close() {
	w.Stop()
	w.sockets.close()
}
