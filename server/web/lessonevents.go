package web

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"time"

	"procession/server/problem"
	"procession/server/wire"
)

const (
	// lookEvery is how often the files of a course are looked at while
	// somebody waits for a change.
	lookEvery = 500 * time.Millisecond
	// aliveEvery is how often those who wait are told that they still do,
	// which keeps proxies from cutting them off.
	aliveEvery = 15 * time.Second
	// listenersMost is how many pages are told of changes.
	listenersMost = 100
)

// lessonEvents tells pages when the files of the course have changed, as
// server-sent events, until the browser goes away or the server stops.
func (w *Web) lessonEvents(rw http.ResponseWriter, r *http.Request) error {
	select {
	case w.listeners <- struct{}{}:
		defer func() { <-w.listeners }()
	default:
		return problem.Say(wire.Busy, "listeners", "", "n", listenersMost)
	}
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
	had := w.courses.version()
	// A browser that was cut off says what it knew last.
	if last := r.Header.Get("Last-Event-ID"); last != "" && last != had {
		said("id: %s\ndata: changed", had)
	} else {
		said("id: %s", had)
	}
	look, alive := time.NewTicker(lookEvery), time.NewTicker(aliveEvery)
	defer look.Stop()
	defer alive.Stop()
	for {
		ok := true
		select {
		case <-r.Context().Done():
			return nil
		case <-w.stopping:
			return nil
		case <-alive.C:
			ok = said(": still here")
		case <-look.C:
			if v := w.courses.version(); v != had {
				had = v
				ok = said("id: %s\ndata: changed", v)
			}
		}
		if !ok {
			return nil
		}
	}
}

// version names the state of the files: another one after each change.
func (c *courses) version() string {
	stamps := c.now().stamps
	hash := sha256.New()
	for _, file := range slices.Sorted(maps.Keys(stamps)) {
		fmt.Fprintf(hash, "%q %q\n", file, stamps[file])
	}
	return base64.RawURLEncoding.EncodeToString(hash.Sum(nil)[:9])
}
