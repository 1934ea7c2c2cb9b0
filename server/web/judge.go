package web

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"procession/lessons"
	"procession/server/problem"
	"procession/server/wire"
	"procession/sim"
	"procession/sim/scenario"
)

// verdict is whether a challenge is met: judge's answer.
type verdict struct {
	Met        bool               `json:"met"` // all conditions are
	Conditions []conditionVerdict `json:"conditions"`
}

type conditionVerdict struct {
	Met   bool   `json:"met"`
	Value string `json:"value"` // what was there, "5 / 12" where more is wanted; empty when nothing is compared
}

// judge says whether a run meets the challenge of a step:
// /lessons/01-the-random-logout/judge?step=3&at=60000000&scenario.
func (w *Web) judge(rw http.ResponseWriter, r *http.Request) error {
	slug := strings.TrimSuffix(strings.TrimPrefix(r.URL.Path, lessonsPath+"/"), "/judge")
	query, keys := takeKeys(r.URL.RawQuery, langKey, "step", "at")
	c, err := w.challenge(slug, keys[langKey], keys["step"])
	if err != nil {
		return err
	}
	at, err := strconv.ParseInt(keys["at"], 10, 64)
	if err != nil || at < 0 || at > lessons.MaxUntil {
		return problem.Say(wire.BadRange, "moment.judge", "at", "value", problem.Quote(keys["at"]), "most", int64(lessons.MaxUntil))
	}
	sc, err := scenario.Parse(query)
	if err != nil {
		return err
	}
	unhurried(rw)
	// The conditions are a part of the question, since lessons may change. So is
	// the language, in which times are written.
	question := fmt.Sprintf("verdict %s %q %d %s", c.Language, conditions(c), at, sc)
	body, err := w.memo.answer(r.Context(), question, func(ctx context.Context) (body []byte, err error) {
		err = w.player.to(ctx, who(r), sc, at, lessons.MaxEvents, func(run *sim.Run) error {
			body, err = judged(c, run, at)
			return err
		})
		return body, err
	})
	if err != nil {
		return err
	}
	rw.Header().Set("Cache-Control", "no-cache")
	writeText(rw, r, http.StatusOK, types[".json"], body)
	return nil
}

// conditions gives those of a challenge, as they are written.
func conditions(c *lessons.Challenge) (all []string) {
	for _, m := range c.Meet {
		all = append(all, m.That)
	}
	return all
}

// judged looks whether a run meets a challenge at a moment, virtual µs.
func judged(c *lessons.Challenge, run *sim.Run, at int64) ([]byte, error) {
	verdicts, err := c.Judge(lessons.FactsOf(run.Log(), at))
	if err != nil {
		// Such as a visitor who is in the lesson's run and not in this one.
		return nil, problem.Say(wire.BadRange, "not-judged", "scenario", "reason", err)
	}
	v := verdict{Met: true, Conditions: []conditionVerdict{}}
	for _, one := range verdicts {
		v.Met = v.Met && one.Met
		v.Conditions = append(v.Conditions, conditionVerdict{one.Met, one.Value})
	}
	return json.Marshal(v)
}

// challenge finds that of a step. The conditions are the same in all languages.
func (w *Web) challenge(slug, lang, step string) (*lessons.Challenge, error) {
	c := w.courses.now()
	if slug == guideSlug {
		c = w.guides.now()
	}
	tags := c.languagesOf(slug)
	if len(tags) == 0 {
		return nil, noSuchLesson(slug)
	}
	tag, ok := findLanguage(tags, lang)
	if !ok {
		tag = tags[0]
	}
	l := c.find(tag, slug)
	number, err := strconv.Atoi(step)
	if err != nil || number < 1 || number > len(l.Steps) {
		return nil, problem.Say(wire.BadRange, "no-step", "step", "value", problem.Quote(step), "most", len(l.Steps))
	}
	for _, b := range l.Steps[number-1].Blocks {
		if challenge, ok := b.(*lessons.Challenge); ok {
			return challenge, nil
		}
	}
	return nil, problem.Say(wire.BadRange, "no-challenge", "step", "value", number)
}
