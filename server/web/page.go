package web

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"strconv"

	"procession/sim/scenario"
	"procession/templates"
)

// stage shows the page of the scenario in the address.
func (w *Web) stage(rw http.ResponseWriter, r *http.Request) error {
	sc, err := scenario.Parse(r.URL.RawQuery)
	if err != nil {
		return err
	}
	rw.Header().Set("Cache-Control", "no-cache")
	return writePage(rw, r, http.StatusOK, templates.Stage{
		Title:       "Procession: the random logout",
		Description: "Two copies of the same server, one login, and a user who is logged out at random. Watch processes, threads and a shared store at work.",
		Scenario:    sc.String(),
		Version:     scenario.Version,
	})
}

// writePage writes a page, compressed where the browser understands it.
// Nothing is written when the page cannot be made.
func writePage(rw http.ResponseWriter, r *http.Request, status int, p templates.Page) error {
	var body bytes.Buffer
	if err := templates.Write(&body, p); err != nil {
		return err
	}
	h := rw.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Add("Vary", "Accept-Encoding")
	if accepts(r, "gzip") {
		var packed bytes.Buffer
		z := gzip.NewWriter(&packed)
		z.Write(body.Bytes()) // to memory: cannot fail
		z.Close()
		body = packed
		h.Set("Content-Encoding", "gzip")
	}
	h.Set("Content-Length", strconv.Itoa(body.Len()))
	rw.WriteHeader(status)
	if r.Method == http.MethodHead {
		return nil
	}
	// An error here is a browser that went away: nothing to tell it.
	_, _ = rw.Write(body.Bytes())
	return nil
}
