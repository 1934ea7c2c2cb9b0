package lessons

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"procession/sim/scenario"
)

// sim reads a sim block: what the step has on the stage.
func (r *reader) sim(v value, line int) {
	before := r.mistakes
	s := &Sim{Line: line, Play: "auto", Speed: 1}
	f := r.fields(v, line, "sim", simKeys)
	r.continues(s, f)
	r.set(s, f)
	if v, ok := f["until"]; ok {
		s.Until = r.moment(v, "until", 1)
	} else {
		r.wrong(line, "sim: until is missing; it says where the run stops by itself: until: 20s")
	}
	if v, ok := f["from"]; ok && s.Continue {
		r.wrong(v.line, "from: a run that continues begins where the step before stopped; from is not possible")
	} else if ok {
		s.From = r.moment(v, "from", 0)
	}
	switch {
	case s.Until == 0 || s.From < s.Until:
	case s.Continue:
		r.wrong(f["until"].line, "until: this run goes on where the step before stopped, at %[1]s; until must be later than that, and is %[2]s", scenario.FormatDuration(s.From), scenario.FormatDuration(s.Until))
	default:
		r.wrong(line, "sim: from (%s) must come before until (%s)", scenario.FormatDuration(s.From), scenario.FormatDuration(s.Until))
	}
	r.commands(s, f)
	// A run that is not what its author meant says nothing about claims.
	wrong := r.mistakes > before
	if r.lost = wrong || s.Continue && r.lost; wrong {
		r.step.lost = line
	}
	r.looks(s, f)
	if s.chain == nil {
		s.chain = &chain{}
	}
	s.chain.scenario = s.Scenario
	r.step.Sim = s
	r.stage = s
	if !r.lost {
		r.pointed(s, f)
	}
}

// continues reads whether the run of the step before goes on.
func (r *reader) continues(s *Sim, f fields) {
	v, ok := f["continue"]
	if !ok {
		return
	}
	switch text, _ := r.scalar(v, "continue"); {
	case text == "false", text == "":
		return
	case text != "true":
		r.wrong(v.line, "continue: %s is not possible; it is true or false", show(text))
		return
	case r.stage == nil && r.lost:
		s.Continue = true // with a run that cannot be read
		return
	case r.stage == nil:
		r.wrong(v.line, "continue: there is no step with a run before this one")
		return
	}
	s.Continue = true
	s.chain = r.stage.chain
	s.Scenario = r.stage.Scenario
	s.Scenario.Do = slices.Clone(s.Scenario.Do)
	s.From = r.stage.Until
}

// set reads the keys that change from this step on.
func (r *reader) set(s *Sim, f fields) {
	v, ok := f["set"]
	if ok && s.Continue {
		r.wrong(v.line, "set: a run that continues keeps its scenario; change live keys with a command: do: [9s set mode=store]")
		return
	}
	if ok {
		if text, isText := r.query(v, "set"); isText {
			keys, err := keysOf(text)
			if err == nil {
				next := maps.Clone(r.keys)
				maps.Copy(next, keys)
				if _, err = scenario.FromMap(next); err == nil {
					r.keys = next
				}
			}
			if err != nil {
				r.wrong(v.line, "set: %v", err)
			}
		}
	}
	if s.Continue {
		return
	}
	// The keys were checked when they came: by the front matter or above.
	if sc, err := scenario.FromMap(r.keys); err == nil {
		s.Scenario = sc
	}
}

// moment reads a moment of virtual time, in µs, which is not before the least
// one; 0 when it is wrong.
func (r *reader) moment(v value, what string, least int64) int64 {
	text, ok := r.scalar(v, what)
	if !ok {
		return 0
	}
	at, err := scenario.ParseDuration(text, least)
	if err != nil || at > MaxUntil {
		r.wrong(v.line, "%s: %s is not possible; it is a moment of the run, such as 800ms, 20s or 1m30s, up to %s", what, show(text), scenario.FormatDuration(MaxUntil))
		return 0
	}
	return at
}

// commands reads what is done in the run, besides what the steps before did.
func (r *reader) commands(s *Sim, f fields) {
	for _, c := range r.do(f["do"], s.Line, "do", s.Scenario) {
		switch {
		case s.Continue && c.command.At <= s.From:
			r.wrong(c.line, "do: %s comes before %s, where the step before stopped and this one goes on", show(c.text), scenario.FormatDuration(s.From))
		case s.Until > 0 && c.command.At > s.Until:
			r.wrong(c.line, "do: %s never happens: the run of this step stops at %s (until)", show(c.text), scenario.FormatDuration(s.Until))
		default:
			s.Scenario.Do = append(s.Scenario.Do, c.command)
			s.own = append(s.own, c)
		}
	}
	slices.SortStableFunc(s.Scenario.Do, func(a, b scenario.Command) int { return cmp.Compare(a.At, b.At) })
}

// timed is a command as it was written.
type timed struct {
	located
	command scenario.Command
}

// do reads a list of commands with their moments, for a run of a scenario.
func (r *reader) do(v value, base int, what string, sc scenario.Scenario) []timed {
	var all []timed
	for _, entry := range r.texts(v, base, what) {
		for text := range strings.SplitSeq(entry.text, ";") {
			text = strings.TrimSpace(text)
			if text == "" {
				continue
			}
			if text[0] < '0' || text[0] > '9' {
				r.wrong(entry.line, "%s: %s has no moment; write when it happens before it: 6s %s", what, show(text), text)
				continue
			}
			c, err := sc.ParseCommand(text)
			if err != nil {
				r.wrong(entry.line, "%s: %v%s", what, err, meantBy(text))
				continue
			}
			all = append(all, timed{located{text, entry.line}, c})
		}
	}
	return all
}

// meantBy asks whether another verb was meant in a command; of a key the
// grammar says that itself.
func meantBy(command string) string {
	words := strings.Fields(command)
	if len(words) < 2 || oneOf(words[1], scenario.Verbs()) {
		return ""
	}
	return meant(words[1], scenario.Verbs())
}

// looks reads how the run is shown, and what the learner may touch.
func (r *reader) looks(s *Sim, f fields) {
	s.Play = r.word(f, "play", "auto", plays)
	s.Speed, _ = strconv.ParseFloat(r.word(f, "speed", "1", speeds), 64)
	s.Open = r.word(f, "open", "", opens)
	s.Headline = r.caption(f, "headline", MaxHeadline, r.headline)
	s.Note = r.caption(f, "note", MaxNote, r.note)
	for _, w := range r.texts(f["controls"], s.Line, "controls") {
		if !oneOf(w.text, Controls) {
			r.wrong(w.line, "controls: %s is not possible%s; the words are %s", show(w.text), meant(w.text, Controls), list(Controls))
			continue
		}
		s.Controls = append(s.Controls, w.text)
	}
	for _, w := range r.texts(f["point"], s.Line, "point") {
		if !pointWord.MatchString(w.text) {
			what, _, _ := strings.Cut(w.text, " ")
			hint := ""
			if !oneOf(what, points) {
				hint = meant(what, points)
			}
			r.wrong(w.line, "point: %s is not possible%s; one points at %s", show(w.text), hint, pointsAllowed)
			continue
		}
		s.Point = append(s.Point, w.text)
	}
	for _, w := range r.texts(f["beside"], s.Line, "beside") {
		if _, err := s.Scenario.Beside(w.text); err != nil && !r.lost {
			r.wrong(w.line, "beside: %v", err)
			continue
		}
		s.Beside = append(s.Beside, w.text)
	}
	if len(s.Beside) > scenario.MaxBeside {
		r.wrong(f["beside"].line, "beside: there is room for %d other worlds", scenario.MaxBeside)
	}
}

// pointsAllowed says at what one can point; its words in small letters are what points has.
const pointsAllowed = "visitor NAME, worker NUMBER, core NUMBER, strip NAME, balancer, store or figures"

var pointWord = regexp.MustCompile(`^(?:balancer|store|figures|(?:visitor|strip) \S.*|(?:worker|core) [1-9][0-9]?)$`)

// word reads a word of a list; the first value holds where there is none.
func (r *reader) word(f fields, key, otherwise string, allowed []string) string {
	v, ok := f[key]
	if !ok {
		return otherwise
	}
	text, ok := r.scalar(v, key)
	if !ok {
		return otherwise
	}
	if !oneOf(text, allowed) {
		r.wrong(v.line, "%s: %s is not possible%s; it is one of %s", key, show(text), meant(text, allowed), list(allowed))
		return otherwise
	}
	return text
}

// pointed looks whether there is what is pointed at.
func (r *reader) pointed(s *Sim, f fields) {
	names, workers, cores := people(s.Scenario), s.Scenario.Processes(), s.Scenario.Cores
	for _, c := range s.Scenario.Do {
		if n, err := strconv.Atoi(c.Value); c.Verb == scenario.Set && err == nil {
			switch c.Key {
			case "workers":
				workers = max(workers, n)
			case "cores":
				cores = max(cores, n)
			}
		}
	}
	for _, p := range s.Point {
		what, which, _ := strings.Cut(p, " ")
		n, _ := strconv.Atoi(which) // of a name: 0
		switch {
		case (what == "visitor" || what == "strip") && !oneOf(which, names):
			r.wrong(f["point"].line, "point: nobody is called %s in this run; there are %s", show(which), list(names))
		case what == "worker" && n > workers:
			r.wrong(f["point"].line, "point: there is no worker %d in this run; it has %d", n, workers)
		case what == "core" && n > cores:
			r.wrong(f["point"].line, "point: there is no core %d in this run; the machine has %d", n, cores)
		}
	}
}

// people gives the names of all who are in a run at some time.
func people(sc scenario.Scenario) []string {
	names := slices.Clone(sc.Names)
	for _, c := range sc.Do {
		if c.Verb == scenario.Join && !oneOf(c.Visitor, names) {
			names = append(names, c.Visitor)
		}
	}
	return names
}
