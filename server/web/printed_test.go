package web

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"procession/lessons"
	"procession/server/fair"
	"procession/server/room"
	"procession/sim"
	"procession/sim/scenario"
)

// coursesWeb is a site with a course, whose turns are counted.
func coursesWeb(t testing.TB, files fs.FS, turns *fair.Queue) *Web {
	t.Helper()
	logger := slog.New(slog.DiscardHandler)
	rooms := room.NewRooms(room.Options{Limit: 1, New: func(sc scenario.Scenario) room.Run { return sim.New(sc) }, Logger: logger})
	w, err := New(Options{Rooms: rooms, Static: fstest.MapFS{"lang/en.json": {Data: []byte(`{"ui":{"brand":"Procession"}}`)}}, Lessons: files, Turns: turns, Logger: logger})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		rooms.Close()
		w.Close()
	})
	return w
}

// ask asks for a page.
func ask(w *Web, path string, header ...string) *http.Response {
	r := httptest.NewRequest("GET", path, nil)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	rec := httptest.NewRecorder()
	w.ServeHTTP(rec, r)
	return rec.Result()
}

// TestPagesArePrintedOnce: equal questions at the same time, and later, are
// answered with the same print; another host has another one.
func TestPagesArePrintedOnce(t *testing.T) {
	w := coursesWeb(t, fstest.MapFS{"en/01-a.md": {Data: lessons.Skeleton("a", "en")}}, fair.New(fair.Options{}))
	c := w.courses.now()
	for _, path := range []string{"/lessons", "/lessons?q=words", "/lessons/01-a", "/lessons/feed.xml"} {
		before := len(c.printed.kept)
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() {
				if resp := ask(w, path); resp.StatusCode != http.StatusOK || resp.Header.Get("ETag") == "" {
					t.Errorf("%s: got %d, %v", path, resp.StatusCode, resp.Header)
				}
			})
		}
		all.Wait()
		if n := len(c.printed.kept) - before; n != 1 {
			t.Errorf("%s: %d prints are kept, want 1", path, n)
		}
		tag := ask(w, path).Header.Get("ETag")
		for _, encoding := range []string{"br", "gzip", ""} {
			resp := ask(w, path, "Accept-Encoding", encoding)
			if resp.Header.Get("Content-Encoding") != encoding || resp.Header.Get("ETag") != tag || !strings.Contains(strings.Join(resp.Header.Values("Vary"), ","), "Accept-Encoding") {
				t.Errorf("%s, %q: got %v", path, encoding, resp.Header)
			}
			if resp := ask(w, path, "Accept-Encoding", encoding, "If-None-Match", tag); resp.StatusCode != http.StatusNotModified {
				t.Errorf("%s, %q: got %d for what the browser has", path, encoding, resp.StatusCode)
			}
		}
		if n := len(c.printed.kept) - before; n != 1 {
			t.Errorf("%s: %d prints are kept after all that, want 1", path, n)
		}
	}
	r := httptest.NewRequest("GET", "/lessons/01-a", nil)
	r.Host = "other.example"
	rec := httptest.NewRecorder()
	w.ServeHTTP(rec, r)
	if body := rec.Body.String(); !strings.Contains(body, "http://other.example/lessons/01-a") {
		t.Errorf("the page of another host: got %.1500s", body)
	}
}

// TestAPanicIsThatLessonsProblem: telling a lesson that confuses us ends neither
// the program nor the turn of the others.
func TestAPanicIsThatLessonsProblem(t *testing.T) {
	good := lessons.Skeleton("a", "en")
	w := coursesWeb(t, fstest.MapFS{"en/01-a.md": {Data: good}, "en/02-b.md": {Data: good}}, fair.New(fair.Options{}))
	var panics atomic.Bool
	panics.Store(true)
	turn := w.courses.turn
	w.courses.turn = func(ctx context.Context, slice func(spent func() bool)) error {
		if panics.Load() {
			panic("on purpose")
		}
		return turn(ctx, slice)
	}
	c := w.courses.now()
	told, err := c.tell(t.Context(), c.Find("en", "01-a"))
	if err != nil || len(told.problems) == 0 || !strings.Contains(told.problems[0].Sentence, "a mistake of ours") {
		t.Errorf("got %+v, %v", told, err)
	}
	panics.Store(false)
	if resp := ask(w, "/lessons/02-b"); resp.StatusCode != http.StatusOK {
		t.Errorf("the other lesson: got %d", resp.StatusCode)
	}
	if _, err := c.printed.answer(t.Context(), "a page that panics", func(ctx context.Context) (*printed, error) {
		return w.press(ctx, fair.Who{}, feedType, pageLevel, func() ([]byte, error) { panic("on purpose") })
	}); err == nil || errors.Is(err, errPassing) || !strings.Contains(err.Error(), "on purpose") {
		t.Errorf("a page that panics: got %v", err)
	}
	if resp := ask(w, "/lessons?q=more"); resp.StatusCode != http.StatusOK {
		t.Errorf("the pages after it: got %d", resp.StatusCode)
	}
}

// BenchmarkNotModified asks for what the browser has already.
func BenchmarkNotModified(b *testing.B) {
	w := coursesWeb(b, nil, fair.New(fair.Options{}))
	for _, path := range []string{"/lessons", "/lessons/01-the-random-logout", "/lessons/feed.xml"} {
		tag := ask(w, path).Header.Get("ETag")
		b.Run(path, func(b *testing.B) {
			for b.Loop() {
				if resp := ask(w, path, "If-None-Match", tag); resp.StatusCode != http.StatusNotModified {
					b.Fatal(resp.StatusCode)
				}
			}
		})
	}
}
