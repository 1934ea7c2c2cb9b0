package web

import (
	"net/http"
	"regexp"
	"strings"
)

// policy is the Content-Security-Policy: everything from here, nothing inline.
const policy = "default-src 'self'; img-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"

// documentOnly are the headers that browsers heed on documents alone.
var documentOnly = []string{"Content-Security-Policy", "Cross-Origin-Opener-Policy", "Referrer-Policy"}

// host matches what may stand in a policy as the name of this site.
var host = regexp.MustCompile(`^[A-Za-z0-9.\-]+(:[0-9]+)?$`)

// guard sets the headers that protect a browser.
func guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		h := rw.Header()
		p := policy
		if host.MatchString(r.Host) {
			// Some browsers do not count websockets of the same site as 'self'.
			p = strings.Replace(p, "connect-src 'self'", "connect-src 'self' ws://"+r.Host+" wss://"+r.Host, 1)
		}
		if r.URL.Path == embedPath {
			// Its errors, too, are read in the frames of others.
			p = strings.Replace(p, "frame-ancestors 'self'", "frame-ancestors *", 1)
		} else {
			h.Set("Cross-Origin-Opener-Policy", "same-origin")
		}
		if readable(r.URL.Path) {
			h.Set("Access-Control-Allow-Origin", "*")
		}
		h.Set("Content-Security-Policy", p)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		next.ServeHTTP(rw, r)
	})
}
