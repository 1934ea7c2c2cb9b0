package web

import (
	"fmt"
	"net/http"
	"time"

	"procession/server/problem"
	"procession/server/wire"
)

const (
	// aliveEvery is how often those who wait are told that they still do,
	// which keeps proxies from cutting them off.
	aliveEvery = 15 * time.Second
	// comeBack is when a page that had to give way may try again.
	comeBack = time.Minute
)

// lessonEvents tells pages which version of the course is the current one, at
// once and with each change of its files, as server-sent events, until the
// browser goes away, another page needs the place or the server stops. A page
// knows which version it shows: so it misses no change, whenever it listens.
func (w *Web) lessonEvents(rw http.ResponseWriter, r *http.Request) error {
	here := w.listeners.enter(who(r).Address)
	if here == nil {
		return problem.Say(wire.Busy, "listeners", "", "n", listenersMost)
	}
	defer w.listeners.leave(here)
	h := rw.Header()
	for _, name := range documentOnly {
		h.Del(name)
	}
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	if r.Method == http.MethodHead {
		return nil
	}
	unhurried(rw)
	control := http.NewResponseController(rw)
	said := func(format string, args ...any) bool {
		_, err := fmt.Fprintf(rw, format+"\n\n", args...)
		return err == nil && control.Flush() == nil
	}
	c := w.courses.now()
	if !said("data: %s", c.Version) {
		return nil
	}
	alive := time.NewTicker(aliveEvery)
	defer alive.Stop()
	for {
		ok := true
		select {
		case <-r.Context().Done():
			return nil
		case <-w.stopping:
			return nil
		case <-here.gone:
			said("retry: %d", comeBack.Milliseconds())
			return nil
		case <-alive.C:
			ok = said(": still here")
		case <-c.replaced:
			c = w.courses.now()
			ok = said("data: %s", c.Version)
		}
		if !ok {
			return nil
		}
	}
}
