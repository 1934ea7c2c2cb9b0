package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/andybalholm/brotli"

	"procession/sim/scenario"
	"procession/templates"
)

// stage shows the page of the scenario in the address.
func (w *Web) stage(rw http.ResponseWriter, r *http.Request) error {
	page, err := w.stagePage(r)
	if err != nil {
		return err
	}
	rw.Header().Set("Cache-Control", "no-cache")
	rw.Header().Add("Vary", "Accept-Language")
	return writePage(rw, r, http.StatusOK, page)
}

// stagePage is what the stage needs to know, wherever it stands.
func (w *Web) stagePage(r *http.Request) (templates.Stage, error) {
	query, asked := withoutLanguage(r.URL.RawQuery)
	sc, err := scenario.Parse(query)
	if err != nil {
		return templates.Stage{}, err
	}
	lang := w.languages.choose(asked, r)
	words := w.languages[lang]
	return templates.Stage{
		Lang:        lang,
		Languages:   strings.Join(w.languages.tags(), " "),
		Words:       templates.Words(words),
		Title:       words["page.title"],
		Description: words["page.description"],
		NoScript:    words["page.noscript"],
		Scenario:    sc.String(),
		Version:     scenario.Version,
	}, nil
}

// writePage writes a page, compressed where the browser understands it.
// Nothing is written when the page cannot be made.
func writePage(rw http.ResponseWriter, r *http.Request, status int, p templates.Page) error {
	var body bytes.Buffer
	if err := templates.Write(&body, p); err != nil {
		return err
	}
	writeText(rw, r, status, types[".html"], body.Bytes())
	return nil
}

// keepText is writeText for what browsers keep, and may use again as caching says.
func keepText(rw http.ResponseWriter, r *http.Request, contentType string, body []byte, caching string) {
	h := rw.Header()
	hash := sha256.Sum256(body)
	// Weak, since it is the same for all encodings.
	tag := `"` + base64.RawURLEncoding.EncodeToString(hash[:12]) + `"`
	h.Set("ETag", "W/"+tag)
	h.Set("Cache-Control", caching)
	if matches(r.Header.Get("If-None-Match"), tag) {
		h.Add("Vary", "Accept-Encoding")
		rw.WriteHeader(http.StatusNotModified)
		return
	}
	writeText(rw, r, http.StatusOK, contentType, body)
}

// How hard pages are packed, of brotli's 11 levels: pageLevel takes some
// milliseconds, keptLevel a tenth of a second, for five percent less. So that is
// for what is packed once and sent to many.
const (
	pageLevel = 7
	keptLevel = 10
)

// packer gives what packs for a content encoding, at a level of brotli's.
func packer(w io.Writer, encoding string, level int) io.WriteCloser {
	if encoding == "br" {
		return brotli.NewWriterLevel(w, level)
	}
	return gzip.NewWriter(w)
}

// writeText writes a text, compressed where the browser understands it.
func writeText(rw http.ResponseWriter, r *http.Request, status int, contentType string, body []byte) {
	h := rw.Header()
	h.Set("Content-Type", contentType)
	h.Add("Vary", "Accept-Encoding")
	for _, encoding := range encodings {
		if !accepts(r, encoding) {
			continue
		}
		var packed bytes.Buffer
		z := packer(&packed, encoding, pageLevel)
		z.Write(body) // to memory: cannot fail
		z.Close()
		body = packed.Bytes()
		h.Set("Content-Encoding", encoding)
		break
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	rw.WriteHeader(status)
	if r.Method == http.MethodHead {
		return
	}
	// An error here is a browser that went away: nothing to tell it.
	_, _ = rw.Write(body)
}
