package web

import (
	"bufio"
	"compress/gzip"
	"io"
	"net/http"
	"time"
)

const (
	// streamBuffer gathers small writes.
	streamBuffer = 32 << 10
	// streamWait is how long one write of a long answer may take. The answer
	// as a whole may take longer than the server's limit for others.
	streamWait = 30 * time.Second
)

// stream writes a long answer, compressed where the browser understands it. It
// must be closed when all is written.
type stream struct {
	*bufio.Writer
	zip *gzip.Writer // nil: plain
}

// newStream begins the answer.
func newStream(rw http.ResponseWriter, r *http.Request, contentType string) *stream {
	h := rw.Header()
	h.Set("Content-Type", contentType)
	h.Set("Cache-Control", "no-cache")
	h.Add("Vary", "Accept-Encoding")
	for _, name := range documentOnly {
		h.Del(name)
	}
	var to io.Writer = patient{rw, http.NewResponseController(rw)}
	s := &stream{}
	if accepts(r, "gzip") {
		h.Set("Content-Encoding", "gzip")
		zip, err := gzip.NewWriterLevel(to, gzip.BestSpeed)
		if err != nil {
			panic("web: newStream: " + err.Error()) // the level is a constant
		}
		s.zip, to = zip, zip
	}
	s.Writer = bufio.NewWriterSize(to, streamBuffer)
	return s
}

// unhurried lifts the server's limit of time for an answer that may have to be
// computed for long. Each write of a stream has a limit of its own.
func unhurried(rw http.ResponseWriter) {
	// What cannot set a deadline has none.
	_ = http.NewResponseController(rw).SetWriteDeadline(time.Time{})
}

// Close writes what is left.
func (s *stream) Close() error {
	if err := s.Flush(); err != nil || s.zip == nil {
		return err
	}
	return s.zip.Close()
}

// patient gives each write its own time.
type patient struct {
	w       io.Writer
	control *http.ResponseController
}

func (p patient) Write(data []byte) (int, error) {
	_ = p.control.SetWriteDeadline(time.Now().Add(streamWait))
	return p.w.Write(data)
}
