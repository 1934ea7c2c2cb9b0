package web

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"procession/server/fair"
	"procession/server/wire"
	"procession/sim"
	"procession/sim/play"
	"procession/sim/scenario"
)

// busyError says that others come first just now.
type busyError struct{ told *wire.Error }

func (e *busyError) Error() string { return e.told.Error() }

// missingError says that what was asked about is not there.
type missingError struct{ told *wire.Error }

func (e *missingError) Error() string { return e.told.Error() }

// failData tells a program what went wrong: the same sentences as problem's,
// as JSON.
func (w *Web) failData(rw http.ResponseWriter, r *http.Request, err error) {
	if errors.Is(err, context.Canceled) {
		return // nobody is there to be told
	}
	status, e := dataError(err)
	if broken := (*sim.Broken)(nil); status >= http.StatusInternalServerError && status != http.StatusServiceUnavailable && !errors.As(err, &broken) {
		w.logger.Error("a request failed", "path", r.URL.Path, "error", err)
	}
	h := rw.Header()
	h.Del("Content-Disposition")
	h.Set("Content-Type", types[".json"])
	h.Set("Cache-Control", "no-store")
	if status == http.StatusServiceUnavailable {
		after := 2 * time.Second
		if busy := (*fair.Busy)(nil); errors.As(err, &busy) {
			after = busy.RetryAfter
		}
		h.Set("Retry-After", strconv.Itoa(int(after/time.Second)))
	}
	body := wire.EncodeError(e)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	rw.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = rw.Write(body) // an error is a browser that went away
	}
}

// dataError says what an error means to a program, and to its user.
func dataError(err error) (int, *wire.Error) {
	var told *wire.Error
	var bad *scenario.Error
	var missing *missingError
	var busy *busyError
	var tooMuch *fair.Busy
	var tooMany *play.TooMany
	switch {
	case errors.As(err, &busy):
		return http.StatusServiceUnavailable, busy.told
	case errors.As(err, &missing):
		return http.StatusNotFound, missing.told
	case errors.As(err, &told):
		return http.StatusBadRequest, told
	case errors.As(err, &bad):
		return http.StatusBadRequest, scenarioError(bad)
	case errors.As(err, &tooMuch):
		return http.StatusServiceUnavailable, &wire.Error{Code: wire.Busy, Text: "Others are having their runs played just now. Please try again in a moment."}
	case errors.As(err, &tooMany):
		return http.StatusBadRequest, &wire.Error{Code: wire.BadRange, Key: "at", Text: strings.ToUpper(tooMany.Error()[:1]) + tooMany.Error()[1:] + "."}
	}
	return http.StatusInternalServerError, &wire.Error{Code: wire.RunFailed, Text: "This run can go no further: " + err.Error() + ". Please choose another scenario."}
}
