package web

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strconv"

	"procession/server/fair"
)

// printed is a text that is made and packed once, and sent to all who ask for
// it. Browsers ask each time whether theirs is still the same, and mostly it is.
type printed struct {
	contentType string
	tag         string // the hash of the text, in quotes
	plain       []byte
	packed      map[string][]byte // by content encoding
}

func newPrinted(contentType string, level int, text []byte) *printed {
	hash := sha256.Sum256(text)
	p := &printed{contentType, `"` + base64.RawURLEncoding.EncodeToString(hash[:12]) + `"`, text, map[string][]byte{}}
	for _, encoding := range encodings {
		var packed bytes.Buffer
		z := packer(&packed, encoding, level)
		z.Write(text) // to memory: cannot fail
		z.Close()
		p.packed[encoding] = packed.Bytes()
	}
	return p
}

// size gives the bytes that it takes.
func (p *printed) size() int {
	n := len(p.plain)
	for _, body := range p.packed {
		n += len(body)
	}
	return n
}

// serve sends the text, or says that what the browser has is still right. The
// address alone says what it is in which language, but for those who leave the
// choice to the browser.
func (p *printed) serve(rw http.ResponseWriter, r *http.Request) {
	h := rw.Header()
	// Weak, since it is the same for all encodings.
	h.Set("ETag", "W/"+p.tag)
	h.Set("Cache-Control", "no-cache")
	h.Add("Vary", "Accept-Language")
	h.Add("Vary", "Accept-Encoding")
	if matches(r.Header.Get("If-None-Match"), p.tag) {
		rw.WriteHeader(http.StatusNotModified)
		return
	}
	body := p.plain
	for _, encoding := range encodings {
		if accepts(r, encoding) {
			body = p.packed[encoding]
			h.Set("Content-Encoding", encoding)
			break
		}
	}
	h.Set("Content-Type", p.contentType)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method != http.MethodHead {
		_, _ = rw.Write(body) // an error is a browser that went away
	}
}

// press prints what somebody asked for, packed at a level of brotli's, when it
// is their turn.
func (w *Web) press(ctx context.Context, who fair.Who, contentType string, level int, text func() ([]byte, error)) (p *printed, err error) {
	busy := w.player.turns.Within(ctx, who, askWait, func(func() bool) {
		var body []byte
		if body, err = text(); err == nil {
			p = newPrinted(contentType, level, body)
		}
	})
	return p, cmp.Or(busy, err)
}
