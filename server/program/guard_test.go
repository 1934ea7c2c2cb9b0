package program_test

import (
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"github.com/gorilla/websocket"

	"procession/server/program"
)

func begin(t *testing.T, m *program.Main) *program.Main {
	t.Helper()
	m.Addr, m.Logger = "127.0.0.1:0", slog.New(slog.NewTextHandler(io.Discard, nil))
	if err := m.Run(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(m.Close)
	return m
}

// ask sends a request as a browser does that was told another name of the server.
func ask(t *testing.T, m *program.Main, path, host string, header http.Header) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequest("GET", m.URL()+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Host = host
	for name, values := range header {
		r.Header[name] = values
	}
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(body)
}

// TestHosts: pages of elsewhere whose name was made to lead here get nothing.
func TestHosts(t *testing.T) {
	m := begin(t, &program.Main{Hosts: []string{"lab.example"}})
	_, port, _ := strings.Cut(strings.TrimPrefix(m.URL(), "http://"), ":")
	for host, want := range map[string]int{
		"localhost:" + port:       200,
		"127.0.0.1:" + port:       200,
		"[::1]:" + port:           200,
		"LAB.example":             200,
		"lab.example.:" + port:    200,
		"rebound.example":         421,
		"rebound.example:" + port: 421,
		"lab.example.bad.example": 421,
	} {
		for _, path := range []string{"/", "/check", "/static/js/main.js", "/trace/1-9"} {
			resp, body := ask(t, m, path, host, nil)
			if resp.StatusCode != want {
				t.Errorf("%s of %s: got %d, want %d", path, host, resp.StatusCode, want)
			}
			if want == 421 && (!strings.Contains(body, "This server is not called") || !strings.Contains(body, "-host") || strings.Contains(resp.Header.Get("Content-Security-Policy"), "example")) {
				t.Errorf("%s of %s: got %v, %s", path, host, resp.Header, body)
			}
		}
		conn, resp, err := websocket.DefaultDialer.Dial(strings.Replace(m.URL(), "http", "ws", 1)+"/ws", http.Header{"Host": {host}, "Origin": {"http://" + host}})
		if conn != nil {
			conn.Close()
		}
		if ok := err == nil; ok != (want == 200) || resp == nil || !ok && resp.StatusCode != 421 {
			t.Errorf("a websocket of %s: got %v", host, err)
		}
	}
	if _, body := ask(t, m, "/?lang=ko", "rebound.example", nil); !strings.Contains(body, "이 이름으로는 안 돼요") {
		t.Errorf("in Korean: got %s", body)
	}
}

// TestLongRequests: what is longer than the server reads is told so.
func TestLongRequests(t *testing.T) {
	m := begin(t, &program.Main{})
	long := strings.Repeat("1s+crash+1;", 2000)
	for _, c := range []struct {
		path   string
		header http.Header
		status int
		says   string
	}{
		{"/?do=" + long[:11*100], nil, 200, "procession-app"},
		{"/?lang=en&do=" + long, nil, 431, "at most 16 KiB"},
		{"/check?lang=ko&do=" + long, nil, 431, "16KiB까지"},
		{"/", http.Header{"Cookie": {long}}, 431, "at most 16 KiB"},
		{"/?do=" + long + long + long + long, nil, 431, ""}, // Go's own words
	} {
		resp, body := ask(t, m, c.path, "localhost", c.header)
		if resp.StatusCode != c.status || !strings.Contains(body, c.says) {
			t.Errorf("%.40s…: got %d, %.300s; want %d and %q", c.path, resp.StatusCode, body, c.status, c.says)
		}
	}
}

// TestHeaders: what a browser is told to keep from others, and what others may use.
func TestHeaders(t *testing.T) {
	m := begin(t, &program.Main{})
	for path, resource := range map[string]string{
		"/":                    "same-origin",
		"/lessons":             "same-origin",
		"/nope":                "same-origin",
		"/embed":               "cross-origin",
		"/figure.svg?at=1s":    "cross-origin",
		"/figure.css":          "cross-origin",
		"/static/js/main.js":   "cross-origin",
		"/static/css/base.css": "cross-origin",
		"/about.json":          "cross-origin",
		"/trace/1-9":           "cross-origin",
	} {
		resp, _ := ask(t, m, path, "localhost", nil)
		if got := resp.Header.Get("Cross-Origin-Resource-Policy"); got != resource {
			t.Errorf("%s: got the resource policy %q, want %q", path, got, resource)
		}
		if resource == "same-origin" || path == "/embed" {
			if !strings.Contains(resp.Header.Get("Permissions-Policy"), "camera=()") || !strings.Contains(resp.Header.Get("Content-Security-Policy"), "require-trusted-types-for 'script'") {
				t.Errorf("%s: got %v", path, resp.Header)
			}
		}
	}
}
