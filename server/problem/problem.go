package problem

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"time"

	"procession/server/fair"
	"procession/server/wire"
	"procession/sim"
	"procession/sim/play"
	"procession/sim/scenario"
)

// again is after how long those try again who came when there was too much to
// do, unless the error knows better.
const again = 2 * time.Second

// Problem is what an error means to the person who asked.
type Problem struct {
	*wire.Error
	Status     int           // HTTP
	RetryAfter time.Duration // after it trying again may help; 0: it does not help
	Ours       bool          // a mistake of ours, to be found in the log
}

// Of says what an error means. What nobody has made for people is a mistake of
// ours, and its text is not told.
func Of(err error) Problem {
	p := Problem{Error: told(err)}
	k := kinds[p.Code]
	p.Status = k.status
	var busy *fair.Busy
	switch {
	case errors.As(err, &busy):
		p.RetryAfter = busy.RetryAfter
	case p.Status == http.StatusServiceUnavailable:
		p.RetryAfter = again
	case p.Status >= http.StatusInternalServerError:
		p.Ours = true
	}
	return p
}

// told makes of an error one that people can read.
func told(err error) *wire.Error {
	var (
		made    *wire.Error
		bad     *scenario.Error
		broken  *sim.Broken
		tooMany *play.TooMany
		busy    *fair.Busy
	)
	switch {
	case errors.As(err, &made):
		return made
	case errors.As(err, &bad):
		return Scenario(wire.BadScenario, bad)
	case errors.As(err, &broken):
		return Say(wire.RunFailed, "run-broken", "", "at", scenario.FormatDuration(broken.At), "link", "/?"+broken.Scenario)
	case errors.As(err, &tooMany):
		return Say(wire.BadRange, "too-many-events", "at", "n", tooMany.Events, "at", scenario.FormatDuration(tooMany.At))
	case errors.As(err, &busy), errors.Is(err, context.DeadlineExceeded):
		return New(wire.Busy, "")
	}
	return New(wire.Failed, "")
}

// Sentence says it in a language.
func (p Problem) Sentence(lang string) string { return Sentence(lang, p.Error) }

// Title is what stands above the sentence on a page.
func (p Problem) Title(lang string) string { return p.part(lang, ".title", "title") }

// Link is where the page leads, and in which words.
func (p Problem) Link(lang string) (to, text string) {
	to = cmp.Or(links[name(p.Error)], "/")
	return to, p.part(lang, ".link", "link")
}

// part is a part of the page: that of the sentence, that of the code, or the
// one of all others.
func (p Problem) part(lang, ending, otherwise string) string {
	for _, n := range []string{name(p.Error), string(p.Code)} {
		if text := word(lang, n+ending); text != "" {
			return p.Args.Fill(text)
		}
	}
	return word(lang, otherwise)
}
