package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"procession/server/problem"
	"procession/server/wire"
	"procession/sim"
	"procession/templates"
)

// fail answers a request for a page with what went wrong, as a page.
func (w *Web) fail(rw http.ResponseWriter, r *http.Request, err error) {
	p, lang := w.open(rw, r, err)
	to, text := p.Link(lang)
	if r.URL.Path == embedPath && to == "/" {
		to = embedPath // the stage with its chrome may not stand in the frames of others
	}
	err = writePage(rw, r, p.Status, templates.Problem{
		Lang: lang, Status: p.Status, Title: p.Title(lang), Sentence: p.Sentence(lang), LinkText: text, Link: to,
	})
	if err != nil {
		w.logger.Error("a page of a problem could not be written", "error", err)
	}
}

// failData answers a request for data with what went wrong: the same sentence
// as fail's, as JSON.
func (w *Web) failData(rw http.ResponseWriter, r *http.Request, err error) {
	if errors.Is(err, context.Canceled) {
		return // nobody is there to be told
	}
	p, lang := w.open(rw, r, err)
	told := *p.Error
	told.Text = p.Sentence(lang)
	rw.Header().Set("Content-Type", types[".json"])
	body := wire.EncodeError(&told)
	rw.Header().Set("Content-Length", strconv.Itoa(len(body)))
	rw.WriteHeader(p.Status)
	if r.Method != http.MethodHead {
		_, _ = rw.Write(body) // an error is a browser that went away
	}
}

// open says what an error means and in which language its reader is told,
// notes it where it is a mistake of ours, and sets the headers of the answer.
func (w *Web) open(rw http.ResponseWriter, r *http.Request, err error) (problem.Problem, string) {
	p := problem.Of(err)
	// Who played a run that broke has noted it, with all that is known.
	if broken := (*sim.Broken)(nil); p.Ours && !errors.As(err, &broken) {
		w.note(r, err)
	}
	h := rw.Header()
	h.Del("Content-Disposition")
	h.Set("Cache-Control", "no-store")
	h.Add("Vary", "Accept-Language")
	if p.RetryAfter > 0 {
		h.Set("Retry-After", strconv.Itoa(seconds(p.RetryAfter)))
	}
	_, keys := takeKeys(r.URL.RawQuery, langKey)
	return p, w.languages.choose(keys[langKey], r)
}

// note puts a mistake of ours into the log, with what is needed to find it.
func (w *Web) note(r *http.Request, err error) {
	about := []any{"path", r.URL.Path, "error", err}
	var crashed *crash
	if errors.As(err, &crashed) {
		about = append(about, slog.String("stack", string(crashed.stack)))
	}
	w.logger.Error("a request failed", about...)
}

// seconds gives whole seconds, the begun one included.
func seconds(d time.Duration) int { return int((d + time.Second - 1) / time.Second) }
