package web_test

import (
	"compress/gzip"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/andybalholm/brotli"

	"procession/server/fair"
	"procession/server/room"
	"procession/server/web"
	"procession/sim"
	"procession/sim/scenario"
)

// script is long enough to be worth compressing.
var script = strings.Repeat("export const answer = 42; // and so on\n", 50)

// broken is no script.
const broken = "export const = ; // and so on\n"

// site is a server as people get it, with a few files.
type site struct {
	*httptest.Server
	rooms *room.Rooms
	web   *web.Web
}

func newSite(t *testing.T, limit int) *site {
	t.Helper()
	return newSiteFor(t, limit, 0)
}

// newSiteFor is newSite with a limit of sockets, too.
func newSiteFor(t *testing.T, limit, sockets int) *site {
	t.Helper()
	logger := slog.New(slog.NewTextHandler(io.Discard, nil))
	rooms := room.NewRooms(room.Options{
		Limit:  limit,
		New:    func(sc scenario.Scenario) room.Run { return sim.New(sc) },
		Logger: logger,
	})
	w, err := web.New(web.Options{
		Rooms:   rooms,
		Turns:   fair.New(fair.Options{}),
		Sockets: sockets,
		Lessons: aCourse(), // those of the program take long to read, above all under the race detector
		Static: fstest.MapFS{
			"js/app.js":    {Data: []byte(script)},
			"css/base.css": {Data: []byte("a{}")},
			"js/module.js": {Data: []byte("// why\nimport { t } from './text.js';\n/** why */\nexport const answer = t('a'); // why\nexport function again(question) { return question + answer; }\n")},
			"js/broken.js": {Data: []byte(broken)},
			"lang/en.json": {Data: []byte(`{"ui":{"page.title":"title en"},"later":{"set.mode":"Where"}}`)},
			"lang/ko.json": {Data: []byte(`{"ui":{"page.title":"title ko"}}`)},
			"img/a.png":    {Data: []byte("not really")},
		},
		Logger: logger,
	})
	if err != nil {
		t.Fatal(err)
	}
	s := &site{httptest.NewServer(w), rooms, w}
	t.Cleanup(s.stop)
	return s
}

// stop stops it as the program does. It may be called twice.
func (s *site) stop() {
	s.Server.Close()
	s.rooms.Close()
	s.web.Close()
}

// get asks without the client's own ideas about compression.
func (s *site) get(t *testing.T, method, path string, header http.Header) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequest(method, s.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	if header == nil {
		header = http.Header{"Accept-Encoding": {"identity"}}
	}
	r.Header = header
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var body io.Reader = resp.Body
	encoding := resp.Header.Get("Content-Encoding")
	if method == "HEAD" || resp.StatusCode == http.StatusNotModified {
		encoding = "" // there is no body
	}
	switch encoding {
	case "gzip":
		if body, err = gzip.NewReader(body); err != nil {
			t.Fatal(err)
		}
	case "br":
		body = brotli.NewReader(body)
	}
	data, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(data)
}

func TestPages(t *testing.T) {
	s := newSite(t, 10)
	for _, c := range []struct {
		method, path string
		status       int
		says         string
	}{
		{"GET", "/", 200, "Procession"},
		{"GET", "/?mode=store&workers=3", 200, "mode=store&amp;workers=3"},
		{"HEAD", "/", 200, ""},
		{"GET", "/?workers=99", 400, "workers: &#34;99&#34; is not possible; allowed: 1 to 16, or max"},
		{"GET", "/?wrokers=2", 400, "workers (did you mean this one?)"},
		{"GET", "/?mode=", 400, "the value is missing"},
		{"GET", "/?visitors=%3Cscript%3E", 400, "&lt;script&gt;"},
		{"GET", "/healthz", 200, "ok\n"},
		{"GET", "/nowhere", 404, "There is no such page"},
		{"POST", "/", 405, "GET or HEAD"},
		{"GET", "/static/", 404, "There is no such page"},
		{"GET", "/static/js", 404, "There is no such page"},
		{"GET", "/static/js/", 404, "There is no such page"},
		{"GET", "/static/js/none.js", 404, "There is no such page"},
		{"GET", "/static/..%2fstatic.go", 404, "There is no such page"},
		{"GET", "/ws", 400, "This address is for the websocket"},
	} {
		resp, body := s.get(t, c.method, c.path, nil)
		if resp.StatusCode != c.status || !strings.Contains(body, c.says) {
			t.Errorf("%s %s: got %d and a body without %q: want %d\n%.300s", c.method, c.path, resp.StatusCode, c.says, c.status, body)
		}
		for name, want := range map[string]string{
			"Content-Security-Policy": "frame-ancestors 'self'",
			"X-Content-Type-Options":  "nosniff",
			"Referrer-Policy":         "same-origin",
		} {
			if got := resp.Header.Get(name); !strings.Contains(got, want) {
				t.Errorf("%s %s: %s: got %q, want it to have %q", c.method, c.path, name, got, want)
			}
		}
		if got := resp.Header.Get("Content-Security-Policy"); strings.Contains(got, "unsafe") {
			t.Errorf("%s %s: got the policy %q", c.method, c.path, got)
		}
	}
}

func TestPageIsCompressed(t *testing.T) {
	s := newSite(t, 10)
	plain, want := s.get(t, "GET", "/", nil)
	for accept, encoding := range map[string]string{"gzip, br": "br", "gzip": "gzip"} {
		packed, got := s.get(t, "GET", "/", http.Header{"Accept-Encoding": {accept}})
		if packed.Header.Get("Content-Encoding") != encoding || got != want || packed.ContentLength >= plain.ContentLength {
			t.Errorf("%s: got encoding %q, %d bytes for %d", accept, packed.Header.Get("Content-Encoding"), packed.ContentLength, plain.ContentLength)
		}
	}
}

func TestStaticFiles(t *testing.T) {
	s := newSite(t, 10)
	for _, c := range []struct{ accept, encoding string }{
		{"gzip, deflate, br", "br"},
		{"gzip", "gzip"},
		{"br;q=0, gzip;q=0.5", "gzip"},
		{"identity", ""},
		{"", ""},
	} {
		resp, body := s.get(t, "GET", "/static/js/app.js", http.Header{"Accept-Encoding": {c.accept}})
		if got := resp.Header.Get("Content-Encoding"); got != c.encoding || body != script {
			t.Errorf("accepting %q: got the encoding %q, want %q", c.accept, got, c.encoding)
		}
		if got := resp.Header.Get("Vary"); got != "Accept-Encoding" {
			t.Errorf("accepting %q: got Vary %q", c.accept, got)
		}
		tag := resp.Header.Get("ETag")
		again, body := s.get(t, "GET", "/static/js/app.js", http.Header{"Accept-Encoding": {c.accept}, "If-None-Match": {`"x", W/` + tag}})
		if again.StatusCode != http.StatusNotModified || body != "" || again.Header.Get("ETag") != tag {
			t.Errorf("asking again with %s: got %d, %d bytes, ETag %s; want 304", tag, again.StatusCode, len(body), again.Header.Get("ETag"))
		}
		head, body := s.get(t, "HEAD", "/static/js/app.js", http.Header{"Accept-Encoding": {c.accept}})
		if head.ContentLength != resp.ContentLength || body != "" {
			t.Errorf("HEAD: got %d bytes announced and %d sent, want %d and 0", head.ContentLength, len(body), resp.ContentLength)
		}
	}
	for path, want := range map[string]string{
		"/static/js/app.js":    "text/javascript; charset=utf-8",
		"/static/css/base.css": "text/css; charset=utf-8",
		"/static/lang/en.json": "application/json",
		"/static/img/a.png":    "image/png",
	} {
		if resp, _ := s.get(t, "GET", path, nil); resp.Header.Get("Content-Type") != want {
			t.Errorf("%s: got the type %q, want %q", path, resp.Header.Get("Content-Type"), want)
		} else if resp.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: its type may be guessed", path)
		}
	}
}
