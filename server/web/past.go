package web

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"procession/server/problem"
	"procession/server/wire"
	"procession/sim"
	"procession/sim/scenario"
)

// pastEvents is how many events of the past are given in one answer.
const pastEvents = 200_000

// past gives events of a run's past to a page that never received them:
// /trace/1-2000?scenario.
func (w *Web) past(rw http.ResponseWriter, r *http.Request) error {
	from, to, err := parseRange(strings.TrimPrefix(r.URL.Path, "/trace/"))
	if err != nil {
		return err
	}
	query, _ := withoutLanguage(r.URL.RawQuery)
	sc, err := scenario.Parse(query)
	if err != nil {
		return err
	}
	if r.Method == http.MethodHead {
		rw.Header().Set("Content-Type", types[".json"])
		return nil
	}
	unhurried(rw)
	question := fmt.Sprintf("past %d-%d %s", from, to, sc)
	body, err := w.memo.answer(r.Context(), question, func(ctx context.Context) (body []byte, err error) {
		err = w.player.past(ctx, who(r), sc, from, to, func(run *sim.Run) error {
			body = pastOf(run, from, to)
			return nil
		})
		return body, err
	})
	if err != nil {
		return err
	}
	out := newStream(rw, r, types[".json"])
	_, _ = out.Write(body) // an error is a browser that went away
	_ = out.Close()
	return nil
}

// pastOf gives the events of a run from one number to another, as far as there
// are so many.
func pastOf(run *sim.Run, from, to int) []byte {
	log := run.Log()
	_, more := run.Next()
	ended := !more && log.Len() <= to
	to = min(to, log.Len())
	return wire.AppendPast(nil, log, min(from, to+1), to, ended)
}

// parseRange reads FROM-TO.
func parseRange(text string) (from, to int, err error) {
	first, last, _ := strings.Cut(text, "-")
	from, err1 := strconv.Atoi(first)
	to, err2 := strconv.Atoi(last)
	switch {
	case err1 != nil || err2 != nil || from < 1 || to < from:
		return 0, 0, problem.Say(wire.BadRange, "range.text", "trace", "value", problem.Quote(text))
	case to > scenario.MaxEvents:
		return 0, 0, problem.Say(wire.BadRange, "range.last", "trace", "n", scenario.MaxEvents, "value", to)
	case to-from >= pastEvents:
		return 0, 0, problem.Say(wire.BadRange, "range.length", "trace", "value", to-from+1, "n", pastEvents)
	}
	return from, to, nil
}
