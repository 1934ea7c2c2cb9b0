package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
)

// types are the content types by a file's ending. A table of our own, since
// the machine's own differs from machine to machine.
var types = map[string]string{
	".css":  "text/css; charset=utf-8",
	".html": "text/html; charset=utf-8",
	".ico":  "image/x-icon",
	".js":   "text/javascript; charset=utf-8",
	".json": "application/json",
	".png":  "image/png",
	".svg":  "image/svg+xml",
	".txt":  "text/plain; charset=utf-8",
}

// asset is a static file, ready to be sent.
type asset struct {
	contentType string
	tag         string // the hash of the content
	plain       []byte
	// packed gives it by content encoding, where that is smaller. It is packed
	// once, by whoever wants it first, which takes some milliseconds.
	packed func() map[string][]byte
}

// encodings are the content encodings, the best first.
var encodings = []string{"br", "gzip"}

// assetCaching lets a lesson and the stage in its frame, which begins some
// seconds later on a slow line, have the same files without asking twice. The
// addresses stay the same when the files change, so after that browsers ask; the
// answer is a few bytes.
const assetCaching = "max-age=10, must-revalidate"

// brotliLevel is the best: one below it takes half the time, about a second for
// all files, and the page weighs more than a percent more.
const brotliLevel = 11

func newAsset(name string, data []byte) *asset {
	contentType := types[path.Ext(name)]
	data = shorten(contentType, data)
	hash := sha256.Sum256(data)
	a := &asset{
		contentType: contentType,
		tag:         base64.RawURLEncoding.EncodeToString(hash[:12]),
		plain:       data,
		packed:      sync.OnceValue(func() map[string][]byte { return pack(data) }),
	}
	if a.contentType == "" {
		a.contentType = "application/octet-stream"
	}
	if strings.HasPrefix(a.contentType, "image/") && a.contentType != "image/svg+xml" {
		a.packed = func() map[string][]byte { return nil } // it is packed by itself
	}
	return a
}

// pack packs a file for each content encoding; those that are no smaller are
// left out.
func pack(data []byte) map[string][]byte {
	all := map[string][]byte{}
	var br, gz bytes.Buffer
	b := brotli.NewWriterLevel(&br, brotliLevel)
	b.Write(data) // to memory: cannot fail
	b.Close()
	z, err := gzip.NewWriterLevel(&gz, gzip.BestCompression)
	if err != nil {
		panic("web: pack: " + err.Error()) // the level is a constant
	}
	z.Write(data)
	z.Close()
	for i, b := range []*bytes.Buffer{&br, &gz} {
		if b.Len() < len(data) {
			all[encodings[i]] = b.Bytes()
		}
	}
	return all
}

// serve sends the file in the best encoding that the browser understands, or
// says that what the browser has is still right.
func (a *asset) serve(rw http.ResponseWriter, r *http.Request) {
	body, tag := a.plain, a.tag
	h := rw.Header()
	for _, e := range encodings {
		if !accepts(r, e) {
			continue
		}
		if packed, ok := a.packed()[e]; ok {
			body, tag = packed, a.tag+"-"+e
			h.Set("Content-Encoding", e)
			break
		}
	}
	tag = `"` + tag + `"`
	h.Set("ETag", tag)
	h.Add("Vary", "Accept-Encoding")
	h.Set("Cache-Control", assetCaching)
	if matches(r.Header.Get("If-None-Match"), tag) {
		h.Del("Content-Encoding")
		rw.WriteHeader(http.StatusNotModified)
		return
	}
	// What protects documents means nothing on their parts, of which there are
	// many, each with its own copy.
	for _, name := range documentOnly {
		h.Del(name)
	}
	h.Set("Content-Type", a.contentType)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method != http.MethodHead {
		_, _ = rw.Write(body) // an error is a browser that went away
	}
}

// matches says whether a tag is among those of an If-None-Match header.
func matches(header, tag string) bool {
	for candidate := range strings.SplitSeq(header, ",") {
		candidate = strings.TrimPrefix(strings.TrimSpace(candidate), "W/")
		if candidate == tag || candidate == "*" {
			return true
		}
	}
	return false
}
