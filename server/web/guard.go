package web

import (
	"net"
	"net/http"
	"regexp"
	"strings"

	"procession/server/problem"
	"procession/server/wire"
)

// policy is the Content-Security-Policy: everything from here, nothing inline,
// and no text that becomes a script.
const policy = "default-src 'self'; img-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'"

// ancestors lets only pages of this site have a page in a frame. NB: a page
// without it may be in anybody's; with * it could not be in one that is opened
// from a disk, since * means sites of the network alone.
const ancestors = "; frame-ancestors 'self'"

// permissions is the Permissions-Policy: what no page here needs, nor a frame in it.
const permissions = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=()"

// documentOnly are the headers that browsers heed on documents alone.
var documentOnly = []string{"Content-Security-Policy", "Cross-Origin-Opener-Policy", "Permissions-Policy", "Referrer-Policy"}

// host matches what may stand in a policy as the name of this site.
var host = regexp.MustCompile(`^[A-Za-z0-9.\-]+(:[0-9]+)?$`)

// MaxHeader is how many bytes a request may have, its address included.
const MaxHeader = 16 << 10

// guard sets the headers that protect a browser, and turns away who calls the
// server by a name that is not its own: a page of elsewhere whose name was made
// to lead here could read everything.
func (w *Web) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		known := w.known == nil || w.known(nameOf(r.Host))
		h := rw.Header()
		p := policy
		if known && host.MatchString(r.Host) {
			// Some browsers do not count websockets of the same site as 'self'.
			p = strings.Replace(p, "connect-src 'self'", "connect-src 'self' ws://"+r.Host+" wss://"+r.Host, 1)
		}
		if r.URL.Path == embedPath {
			// Its errors, too, are read in the frames of others.
			if known && origin(r) != "" {
				// In a strict sandbox the page has no origin, and to WebKit nothing is 'self' then.
				p = strings.ReplaceAll(p, "'self'", "'self' "+origin(r))
			}
		} else {
			p += ancestors
			h.Set("Cross-Origin-Opener-Policy", "same-origin")
		}
		resource := "same-origin"
		if readable(r.URL.Path) || shown(r.URL.Path) {
			resource = "cross-origin"
		}
		h.Set("Cross-Origin-Resource-Policy", resource)
		if readable(r.URL.Path) {
			h.Set("Access-Control-Allow-Origin", "*")
		}
		h.Set("Content-Security-Policy", p)
		h.Set("Permissions-Policy", permissions)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		switch {
		case !known:
			w.fail(rw, r, problem.New(wire.WrongHost, "", "host", problem.Quote(r.Host), "name", nameOf(r.Host)))
		case size(r) > MaxHeader:
			w.fail(rw, r, problem.New(wire.TooLong, "", "n", MaxHeader>>10))
		default:
			next.ServeHTTP(rw, r)
		}
	})
}

// nameOf gives the name in a Host header, without the port.
func nameOf(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return strings.ToLower(strings.Trim(strings.TrimSuffix(host, "."), "[]"))
}

// size is how many bytes a request has, as it was sent.
func size(r *http.Request) int {
	n := len(r.Method) + len(r.RequestURI) + len(r.Host)
	for name, values := range r.Header {
		for _, v := range values {
			n += len(name) + len(v)
		}
	}
	return n
}
