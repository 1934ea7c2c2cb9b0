package web

import (
	"net/http"
	"net/url"
	"strings"
)

// A strict sandbox around an embed (sandbox="allow-scripts") takes its origin
// away: to the browser it is a stranger here, and says "Origin: null".

// embedSocketPath is the websocket of embeds. It lets strangers without an
// origin in, which the stage's does not. That is safe because a socket carries no
// cookie and no name, shows a run that anybody can open, and leads into a room
// of its own unless one knows the random number of another.
const embedSocketPath = embedPath + "/ws"

// readable says whether pages of every origin may read what is at a path: what
// the stage is made of, and what it asks for. All of it is public, and the same
// for everybody.
func readable(path string) bool {
	for _, prefix := range []string{"/static/", "/trace/"} {
		if strings.HasPrefix(path, prefix) {
			return true
		}
	}
	return path == "/healthz" || path == "/check" || path == "/about.json" || path == "/code.json" || path == qrPath
}

// shown says whether pages of every origin may show what is at a path: the stage
// in a frame, and pictures.
func shown(path string) bool {
	return path == embedPath || path == figurePath || path == "/figure.css" || path == "/favicon.ico"
}

// mayConnect says whether a page may open a websocket: one of this host, or no
// page at all; at the embeds' address also one without an origin.
func mayConnect(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if origin == "" || origin == "null" && r.URL.Path == embedSocketPath {
		return true
	}
	u, err := url.Parse(origin)
	return err == nil && strings.EqualFold(u.Host, r.Host)
}
