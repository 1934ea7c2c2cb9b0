package web

import (
	"errors"
	"net/http"

	"procession/sim/scenario"
	"procession/templates"
)

// statusError is an error that is no more than its HTTP status.
type statusError int

func (e statusError) Error() string { return http.StatusText(int(e)) }

// pageError is an error that knows how it is told.
type pageError struct{ page templates.Problem }

func (e *pageError) Error() string { return e.page.Sentence }

// problem says what an error means to the person who asked: everything about
// errors and HTTP is here.
func problem(err error) templates.Problem {
	var bad *scenario.Error
	if errors.As(err, &bad) {
		return templates.Problem{
			Status:   http.StatusBadRequest,
			Title:    "This link cannot be played",
			Sentence: bad.Error() + ".",
			LinkText: "Play the default scenario instead",
			Link:     "/",
		}
	}
	var told *pageError
	if errors.As(err, &told) {
		return told.page
	}
	status := http.StatusInternalServerError
	var s statusError
	if errors.As(err, &s) && http.StatusText(int(s)) != "" {
		status = int(s)
	}
	p := templates.Problem{Status: status, LinkText: "Go to the stage", Link: "/"}
	switch status {
	case http.StatusNotFound:
		p.Title, p.Sentence = "There is no such page", "Nothing is at this address; the stage is at /."
	case http.StatusMethodNotAllowed:
		p.Title, p.Sentence = "That is not possible here", "This address can only be read, with GET or HEAD."
	case http.StatusInternalServerError:
		p.Title, p.Sentence = "Something broke", "That was a mistake of ours, not of yours. Please try again."
	default:
		p.Title, p.Sentence = http.StatusText(status), "The request could not be answered."
	}
	return p
}

// fail answers a request with what went wrong.
func (w *Web) fail(rw http.ResponseWriter, r *http.Request, err error) {
	p := problem(err)
	if r.URL.Path == embedPath && p.Link == "/" {
		p.Link = embedPath // the stage with its chrome may not stand in the frames of others
	}
	if p.Status >= http.StatusInternalServerError {
		w.logger.Error("a request failed", "path", r.URL.Path, "error", err)
	}
	rw.Header().Set("Cache-Control", "no-store")
	if err := writePage(rw, r, p.Status, p); err != nil {
		w.logger.Error("a page of a problem could not be written", "error", err)
	}
}
