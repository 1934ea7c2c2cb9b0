package web

import (
	"encoding/json"
	"fmt"
	"html/template"
	"net/url"
	"strconv"
	"strings"

	"procession/internal/own"
	"procession/lessons"
	"procession/server/figure"
	"procession/sim"
	"procession/sim/scenario"
	"procession/sim/trace"
	"procession/templates"
)

// simData is what the script of a lesson knows about a step: data-sim. Times
// are virtual µs.
type simData struct {
	Query    string   `json:"query"`
	From     int64    `json:"from"`
	Until    int64    `json:"until"`
	Play     string   `json:"play"`
	Speed    float64  `json:"speed"`
	Controls []string `json:"controls"`
	Point    []string `json:"point"`
	Open     string   `json:"open"`
	Beside   []string `json:"beside"`
	Continue bool     `json:"continue"`
	Headline string   `json:"headline,omitempty"`
	Note     string   `json:"note,omitempty"`

	Own []own.Words `json:"own,omitempty"`
}

func newSimData(query string, s *lessons.Sim, words []own.Words) simData {
	return simData{
		Query: query, From: s.From, Until: s.Until, Play: s.Play, Speed: s.Speed,
		Controls: list(s.Controls), Point: list(s.Point), Open: s.Open, Beside: list(s.Beside), Continue: s.Continue,
		Headline: s.Headline, Note: s.Note, Own: words,
	}
}

// list is a list that is never null in JSON.
func list(of []string) []string { return append([]string{}, of...) }

func (d simData) json() string { return jsonOf(d) }

// jsonOf writes what is of strings and numbers alone.
func jsonOf(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic("web: jsonOf: " + err.Error())
	}
	return string(text)
}

// embedURL is where the stage of a step is alive by itself.
func (d simData) embedURL(lang string) string {
	var hash []string
	say := func(key, value string) {
		if value != "" {
			hash = append(hash, key+"="+escapeHash(value))
		}
	}
	if d.From > 0 {
		say("t", scenario.FormatDuration(d.From))
	}
	if d.Until > 0 && d.Until < scenario.MaxTime {
		say("until", scenario.FormatDuration(d.Until))
	}
	say("controls", strings.Join(d.Controls, ","))
	say("point", strings.Join(d.Point, ";"))
	say("open", d.Open)
	if d.Play != "auto" {
		say("play", "false")
	}
	if d.Speed != 1 {
		say("speed", strconv.FormatFloat(d.Speed, 'g', -1, 64))
	}
	say("with", strings.Join(d.Beside, "|"))
	say("headline", d.Headline)
	say("note", d.Note)
	if len(d.Own) > 0 {
		say("own", jsonOf(d.Own))
	}
	u := embedPath + "?" + langKey + "=" + lang
	if d.Query != "" {
		u += "&" + d.Query
	}
	if len(hash) > 0 {
		u += "#" + strings.Join(hash, "&")
	}
	return u
}

// escapeHash leaves what reads well in an address and escapes the rest.
func escapeHash(v string) string {
	v = url.QueryEscape(v)
	return strings.NewReplacer("%2C", ",", "%3B", ";", "+", "%20", "%3A", ":").Replace(v)
}

// lessonView makes the sections of a lesson's page.
type lessonView struct {
	*lessons.Lesson
	told  *lessons.Told // nil: the runs could not be played, and the text stands as it was written
	lang  string        // of the words
	words templates.Words

	mistakes map[spot][]templates.Mistake // that are shown to the author; nil: nobody writes the lesson
}

func (v lessonView) steps() (steps []templates.Step, sandbox *templates.Step) {
	var last *lessons.Sim
	for i, s := range v.Steps {
		steps = append(steps, v.step(i, s))
		if s.Sim != nil {
			last = s.Sim
		}
	}
	if last != nil {
		sandbox = v.sandbox(len(steps)+1, last)
	}
	for i := range steps {
		if i > 0 {
			steps[i].Back = &steps[i-1]
		}
		if i+1 < len(steps) {
			steps[i].Next = &steps[i+1]
		} else if sandbox != nil {
			steps[i].Next, sandbox.Back = sandbox, &steps[i]
		}
	}
	return steps, sandbox
}

func (v lessonView) step(i int, s *lessons.Step) templates.Step {
	step := templates.Step{Number: s.Number, ID: stepID(s.Number), Kind: string(s.Kind), Title: s.Title}
	blocks, right := s.Blocks, -1
	if v.told != nil {
		blocks, right = v.told.Steps[i].Blocks, v.told.Steps[i].Right
	}
	var end *templates.Figure
	if s.Sim != nil {
		data := newSimData(s.Sim.Scenario.String(), s.Sim, v.WordsOf(s.Sim.Scenario))
		if v.told != nil && v.told.Steps[i].Query != "" {
			data.Query = v.told.Steps[i].Query
		}
		step.Sim = data.json()
		if v.told != nil {
			told := v.told.Steps[i]
			step.Figure = v.figure(begun(told.Start, s.Sim), data.From, data, step.ID+"-figure")
			end = v.figure(told.End, data.Until, data, step.ID+"-end")
		}
	}
	told := tells(s)
	for j, b := range blocks {
		if wrong := v.wrong(spot{i, j}, b); wrong != nil {
			step.Parts = append(step.Parts, templates.Part{Mistakes: wrong})
		}
		if part, ok := lessonPart(b, right); ok {
			part.Told = j == told
			if part.Predict != nil {
				part.Predict.End, end = end, nil
				part.Predict.Picked = v.picked(b.(*lessons.Predict), right)
			}
			if part.Challenge != nil {
				end = nil // how it ends is the learner's
			}
			step.Parts = append(step.Parts, part)
		}
	}
	step.End = end
	return step
}

// picked says to the author which answer of a question comes true.
func (v lessonView) picked(p *lessons.Predict, right int) string {
	if v.mistakes == nil || right < 0 {
		return ""
	}
	return v.words.T("lessons.picked", "n", right+1, "of", len(p.Choices), "line", p.Choices[right].Line)
}

// tells gives the index of the block from which on a step tells how its run
// went, with numbers, where there is nothing to do but to look; -1: it does not.
func tells(s *lessons.Step) int {
	told := -1
	for i, b := range s.Blocks {
		switch b := b.(type) {
		case *lessons.Predict, *lessons.Challenge:
			return -1 // these know when the text after them may be read
		case lessons.Prose:
			if told < 0 && b.Numbers && s.Sim != nil && b.Line > s.Sim.Line {
				told = i
			}
		}
	}
	return told
}

// figure is the picture of the stage at a moment of a step; nil: there is none.
func (v lessonView) figure(s trace.Snapshot, at int64, data simData, id string) *templates.Figure {
	if len(s.Workers) == 0 {
		return nil // its run could not be played
	}
	caption := "lessons.figure.caption"
	if at == 0 {
		caption += ".begin"
	}
	return &templates.Figure{
		SVG:     figure.Inline(s, figure.Options{Words: v.words.T, Now: at, ID: id, Point: data.Point}),
		Caption: v.words.T(caption, "setup", figure.Setup(s, v.words.T), "moment", figure.Moment(at, v.words.T)),
		Embed:   data.embedURL(v.lang),
		Image:   pictureURL(v.lang, at, data.Query),
	}
}

// begun is the picture as a run begins. A run that was never advanced has
// nobody in it yet, so its first moment is played.
func begun(s trace.Snapshot, of *lessons.Sim) trace.Snapshot {
	if len(s.Workers) > 0 || of.From > 0 {
		return s
	}
	run := sim.New(of.Scenario)
	defer run.Close()
	run.Advance(0)
	return run.Snapshot()
}

// sandbox is the free play at the end, with the set-up of the last step that
// had one, and without its commands.
func (v lessonView) sandbox(number int, s *lessons.Sim) *templates.Step {
	sc := s.Scenario
	sc.Do = nil
	data := simData{
		Query: sc.String(), Until: scenario.MaxTime, Play: "auto", Speed: 1,
		Controls: []string{"all"}, Point: []string{}, Beside: []string{}, Own: v.WordsOf(sc),
	}
	return &templates.Step{
		Number: number, ID: "sandbox", Kind: "sandbox", Title: v.words.T("lessons.sandbox"), Sim: data.json(),
		Embed: data.embedURL(v.lang),
	}
}

// lessonPart makes a part of a page of a block; !ok: it is not shown.
func lessonPart(b lessons.Block, right int) (templates.Part, bool) {
	switch b := b.(type) {
	case lessons.Prose:
		return templates.Part{Prose: b.HTML}, b.HTML != ""
	case lessons.Notes:
		return templates.Part{Notes: b.HTML}, b.HTML != ""
	case *lessons.Predict:
		p := &templates.Predict{Ask: b.Ask, Right: right}
		for _, c := range b.Choices {
			p.Choices = append(p.Choices, templates.Choice{Say: c.Say, Feedback: c.Feedback})
		}
		return templates.Part{Predict: p}, true
	case *lessons.Challenge:
		c := &templates.Challenge{Goal: b.Goal, Hints: b.Hints, Until: b.Until}
		for _, m := range b.Meet {
			c.Meet = append(c.Meet, m.Say)
		}
		for _, s := range b.Solutions {
			c.Solutions = append(c.Solutions, templates.Solution{Set: s.Set, Do: strings.Join(s.Do, "; "), Say: s.Say})
		}
		return templates.Part{Challenge: c}, true
	case *lessons.Check, *lessons.Broken:
		return templates.Part{}, false // for the linter and the author
	}
	panic(fmt.Sprintf("web: a block of type %T", b))
}

// prose gives the text of blocks that are prose alone.
func prose(blocks []lessons.Block) (texts []template.HTML) {
	for _, b := range blocks {
		if p, ok := b.(lessons.Prose); ok && p.HTML != "" {
			texts = append(texts, p.HTML)
		}
	}
	return texts
}
