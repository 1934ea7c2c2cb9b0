package web

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
)

func TestProxies(t *testing.T) {
	p := Proxies{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("::1/128")}
	for _, c := range []struct {
		peer    string
		headers map[string][]string
		address string
		origin  string
	}{
		{"198.51.100.7:4000", nil, "198.51.100.7", "http://here.example"},
		// Anybody can say anything.
		{"198.51.100.7:4000", map[string][]string{"X-Forwarded-For": {"1.2.3.4"}, "X-Forwarded-Proto": {"https"}, "X-Forwarded-Host": {"bad.example"}}, "198.51.100.7", "http://here.example"},
		{"10.1.2.3:4000", map[string][]string{"X-Forwarded-For": {"203.0.113.9"}, "X-Forwarded-Proto": {"https"}}, "203.0.113.9", "https://here.example"},
		{"10.1.2.3:4000", map[string][]string{"X-Forwarded-Host": {"lab.example"}}, "10.1.2.3", "http://lab.example"},
		// What a client claims stands before what its proxy saw.
		{"10.1.2.3:4000", map[string][]string{"X-Forwarded-For": {"1.1.1.1, 203.0.113.9", "10.9.9.9"}}, "203.0.113.9", "http://here.example"},
		{"10.1.2.3:4000", map[string][]string{"X-Forwarded-For": {"203.0.113.9, nonsense"}}, "10.1.2.3", "http://here.example"},
		{"[::1]:4000", map[string][]string{"X-Forwarded-For": {"[2001:db8:1:2:3:4:5:6]:99"}}, "2001:db8:1:2::/64", "http://here.example"},
		{"[::ffff:10.0.0.1]:4000", map[string][]string{"X-Forwarded-For": {"203.0.113.9:1234"}}, "203.0.113.9", "http://here.example"},
		{"@", nil, "", "http://here.example"},
	} {
		r := httptest.NewRequest("GET", "http://here.example/", nil)
		r.RemoteAddr = c.peer
		for name, values := range c.headers {
			r.Header[name] = values
		}
		var gotAddress, gotOrigin string
		p.behind(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { gotAddress, gotOrigin = address(r), origin(r) })).ServeHTTP(httptest.NewRecorder(), r)
		if gotAddress != c.address || gotOrigin != c.origin {
			t.Errorf("%s, %v: got %q at %q, want %q at %q", c.peer, c.headers, gotAddress, gotOrigin, c.address, c.origin)
		}
	}
}
