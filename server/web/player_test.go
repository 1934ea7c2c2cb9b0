package web

import (
	"bytes"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"procession/server/fair"
	"procession/server/room"
	"procession/sim"
	"procession/sim/scenario"
	"procession/sim/trace"
	"procession/static"
)

// TestBrokenRuns: a run that breaks is told with its link, logged once, and
// everything that it held is given back: many of them take nothing from others.
func TestBrokenRuns(t *testing.T) {
	var log lockedBuffer
	logger := slog.New(slog.NewTextHandler(&log, nil))
	rooms := room.NewRooms(room.Options{Limit: 10, New: func(sc scenario.Scenario) room.Run { return sim.New(sc) }, Logger: logger})
	defer rooms.Close()
	w, err := New(Options{Rooms: rooms, Static: fs.FS(static.FS), Turns: fair.New(fair.Options{}), Logger: logger})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	w.player.new = func(sc scenario.Scenario) *sim.Run {
		run := sim.New(sc)
		if sc.Seed == 666 {
			run.Log().Hook = func(e *trace.Event) {
				if e.Seq == 40 {
					panic("on purpose")
				}
			}
		}
		return run
	}
	get := func(path string) *httptest.ResponseRecorder {
		rec := httptest.NewRecorder()
		w.ServeHTTP(rec, httptest.NewRequest("GET", path, nil))
		return rec
	}
	paths := []string{
		"/figure.svg?at=60s&seed=", "/trace/1-500?seed=", "/trace/until/60s.ndjson?seed=",
		"/lessons/01-the-random-logout/judge?step=5&at=60000000&seed=",
	}
	for _, path := range paths {
		if rec := get(path + "1"); rec.Code != http.StatusOK {
			t.Fatalf("%s1: got %d, %s", path, rec.Code, rec.Body)
		}
		for range 30 {
			rec := get(path + "666")
			if body := rec.Body.String(); rec.Code != http.StatusInternalServerError || !strings.Contains(body, "a mistake of ours") || !strings.Contains(body, "/?seed=666") {
				t.Fatalf("%s666: got %d, %s", path, rec.Code, body)
			}
		}
		if rec := get(path + "2"); rec.Code != http.StatusOK {
			t.Errorf("%s2, after that: got %d, %s", path, rec.Code, rec.Body)
		}
	}
	told := log.String()
	if n := strings.Count(told, "a run broke"); n != 30*len(paths) || !strings.Contains(told, "seed=666") || !strings.Contains(told, "on purpose") || !strings.Contains(told, "TestBrokenRuns") {
		t.Errorf("%d runs are in the log: %.2000s", n, told)
	}
	if strings.Contains(told, "a request failed") {
		t.Error("it is logged twice")
	}
}

// lockedBuffer is a bytes.Buffer for several goroutines.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}
