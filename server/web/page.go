package web

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"strconv"
	"strings"

	"procession/sim/scenario"
	"procession/templates"
)

// stage shows the page of the scenario in the address.
func (w *Web) stage(rw http.ResponseWriter, r *http.Request) error {
	query, asked := withoutLanguage(r.URL.RawQuery)
	sc, err := scenario.Parse(query)
	if err != nil {
		return err
	}
	lang := w.languages.choose(asked, r)
	words := w.languages[lang]
	rw.Header().Set("Cache-Control", "no-cache")
	rw.Header().Add("Vary", "Accept-Language")
	return writePage(rw, r, http.StatusOK, templates.Stage{
		Lang:        lang,
		Languages:   strings.Join(w.languages.tags(), " "),
		Title:       words["page.title"],
		Description: words["page.description"],
		NoScript:    words["page.noscript"],
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
