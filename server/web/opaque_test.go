package web_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/gorilla/websocket"
)

// TestSocketsOfStrangers looks who may open a websocket: pages of this host,
// programs, and embeds in a sandbox that takes their origin away.
func TestSocketsOfStrangers(t *testing.T) {
	s := newSite(t, 0)
	base := strings.Replace(s.URL, "http", "ws", 1)
	for _, c := range []struct {
		path, origin string
		want         int // HTTP
	}{
		{"/ws", "", 101},
		{"/ws", s.URL, 101},
		{"/ws", "null", 403},
		{"/ws", "https://elsewhere.example", 403},
		{"/embed/ws", "", 101},
		{"/embed/ws", s.URL, 101},
		{"/embed/ws", "null", 101},
		{"/embed/ws", "https://elsewhere.example", 403},
		{"/embed/ws", "https://null", 403},
		{"/embed/ws", "http://%", 403},
	} {
		h := http.Header{}
		if c.origin != "" {
			h.Set("Origin", c.origin)
		}
		conn, resp, err := websocket.DefaultDialer.Dial(base+c.path, h)
		if conn != nil {
			conn.Close()
		}
		if resp == nil {
			t.Errorf("%s with the origin %q: %v", c.path, c.origin, err)
			continue
		}
		if resp.StatusCode != c.want {
			t.Errorf("%s with the origin %q: got %d, want %d", c.path, c.origin, resp.StatusCode, c.want)
		}
	}
}

// TestReadableEverywhere looks that what an embed is made of can be read where
// it has no origin, and that pages cannot.
func TestReadableEverywhere(t *testing.T) {
	s := newSite(t, 0)
	for path, want := range map[string]string{
		"/static/js/main.js":     "*",
		"/static/lang/en.json":   "*",
		"/about.json":            "*",
		"/code.json":             "*",
		"/healthz":               "*",
		"/trace/until/1s.ndjson": "*",
		"/":                      "",
		"/embed":                 "",
		"/nowhere":               "",
	} {
		resp, err := http.Get(s.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if got := resp.Header.Get("Access-Control-Allow-Origin"); got != want {
			t.Errorf("%s: Access-Control-Allow-Origin: got %q, want %q", path, got, want)
		}
	}
}

// TestEmbedIsOfThisSite: where a page has no origin, nothing is 'self' to some
// browsers, so an embed's policy names the site, and who may frame it is anybody.
func TestEmbedIsOfThisSite(t *testing.T) {
	s := newSite(t, 0)
	for path, named := range map[string]bool{"/embed": true, "/embed?workers=99": true, "/": false} {
		resp, _ := s.get(t, "GET", path, nil)
		for directive := range strings.SplitSeq(resp.Header.Get("Content-Security-Policy"), "; ") {
			if !strings.Contains(directive, "'self'") {
				continue
			}
			if got := strings.Contains(directive+" ", "'self' "+s.URL+" "); got != named {
				t.Errorf("%s: got %q; is the site named: %v, want %v", path, directive, got, named)
			}
		}
		if got := !strings.Contains(resp.Header.Get("Content-Security-Policy"), "frame-ancestors"); got != named {
			t.Errorf("%s: may be framed by anybody: %v, want %v", path, got, named)
		}
	}
}
