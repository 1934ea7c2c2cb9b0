package web

import (
	"errors"
	"fmt"
	"net/http"
	"sync"

	"github.com/labstack/echo/v4"

	"procession/server/problem"
	"procession/server/wire"
)

// handler is a net/http handler that may fail. It fails before it has written
// anything.
type handler func(http.ResponseWriter, *http.Request) error

// routes gives the router. It is all that knows echo.
func (w *Web) routes() http.Handler {
	e := echo.New()
	e.HTTPErrorHandler = func(err error, c echo.Context) {
		if c.Response().Committed {
			w.logger.Error("a request failed in the middle of its answer", "path", c.Request().URL.Path, "error", err)
			return
		}
		var routing *echo.HTTPError
		if errors.As(err, &routing) {
			err = unrouted(routing.Code)
		}
		w.fail(c.Response(), c.Request(), err)
	}
	get := func(path string, h handler) {
		h = w.unbroken(h)
		f := func(c echo.Context) error { return h(c.Response(), c.Request()) }
		e.GET(path, f)
		e.HEAD(path, f)
	}
	// failing answers the mistakes of a handler, too.
	failing := func(h handler, fail func(http.ResponseWriter, *http.Request, error)) handler {
		return func(rw http.ResponseWriter, r *http.Request) error {
			if err := w.unbroken(h)(rw, r); err != nil {
				fail(rw, r, err)
			}
			return nil
		}
	}
	// What programs ask for is answered to programs.
	told := func(h handler) handler { return failing(h, w.failData) }
	data := func(path string, h handler) { get(path, told(h)) }
	// What is asked about a run may be asked with POST, too: see long.
	question := func(path string, h handler) {
		data(path, h)
		h = told(long(h))
		e.POST(path, func(c echo.Context) error { return h(c.Response(), c.Request()) })
	}
	get("/", w.stage)
	get(embedPath, w.embed)
	get(lessonsPath, w.coursePage)
	get(lessonsPath+"/feed.xml", w.feed)
	get(lessonsPath+"/guide", w.guide)
	data(lessonsPath+"/schema.json", prepared(sync.OnceValues(lessonSchema)))
	if w.courses.live {
		data(lessonsPath+"/events", w.lessonEvents)
	}
	get(lessonsPath+"/:slug", w.lesson)
	question(lessonsPath+"/:slug/judge", w.judge)
	get("/figure.css", prepared(sync.OnceValues(figureStyles)))
	get(figurePath, failing(w.figure, w.failFigure))
	data(qrPath, w.qr)
	get("/healthz", healthy)
	get("/static/*", w.assets.serve)
	get("/favicon.ico", w.assets.favicon)
	data("/about.json", prepared(w.about))
	data("/code.json", w.codeOf)
	data("/check", w.check)
	data("/reach.json", w.reach)
	question("/trace/:range", w.past)
	data("/trace/until/:file", w.download)
	for _, path := range []string{"/ws", embedSocketPath} {
		e.GET(path, func(c echo.Context) error { return w.sockets.serve(c.Response(), c.Request()) })
	}
	return e
}

// unrouted is the error of a request that belongs nowhere, by its HTTP status.
func unrouted(status int) error {
	switch status {
	case http.StatusNotFound:
		return problem.New(wire.NotFound, "")
	case http.StatusMethodNotAllowed:
		return problem.New(wire.BadMethod, "")
	}
	return fmt.Errorf("web: the router says %d", status)
}

// healthy answers those who only want to know whether the server is there.
func healthy(rw http.ResponseWriter, _ *http.Request) error {
	rw.Header().Set("Content-Type", "text/plain; charset=utf-8")
	rw.Header().Set("Cache-Control", "no-store")
	_, err := rw.Write([]byte("ok\n"))
	return err
}
