package lessons

import (
	"html/template"
	"slices"

	"procession/sim/scenario"
)

// Limits of a question.
const (
	minChoices = 2
	maxChoices = 6
)

// predict reads a question that is answered before the run.
func (r *reader) predict(v value, line int) {
	p := &Predict{Line: line}
	f := r.fields(v, line, "predict", predictKeys)
	r.need(f, line, "predict", "ask", "choices")
	p.Ask = r.optional(f, "ask")
	for _, item := range r.entries(f["choices"], line, "choices") {
		c := Choice{Line: item.line}
		f := r.fields(item, line, "a choice", choiceKeys)
		r.need(f, item.line, "this choice", "say", "when", "feedback")
		c.Say, c.Feedback = r.optional(f, "say"), r.optional(f, "feedback")
		c.When, c.holds = r.condition(f, "when")
		p.Choices = append(p.Choices, c)
	}
	if n := len(p.Choices); f["choices"].line > 0 && (n < minChoices || n > maxChoices) {
		r.wrong(f["choices"].line, "choices: there are %d; a question has %d to %d", n, minChoices, maxChoices)
	}
	r.step.Blocks = append(r.step.Blocks, p)
}

// challenge reads a goal to reach.
func (r *reader) challenge(v value, line int) {
	c := &Challenge{Line: line, Language: r.lesson.Language}
	f := r.fields(v, line, "challenge", challengeKeys)
	r.need(f, line, "challenge", "goal", "meet", "hints", "until", "solutions")
	c.Goal = r.optional(f, "goal")
	for _, item := range r.entries(f["meet"], line, "meet") {
		m := Condition{Line: item.line}
		f := r.fields(item, line, "a condition of meet", meetKeys)
		r.need(f, item.line, "this condition", "that", "say")
		m.Say = r.optional(f, "say")
		m.That, m.holds = r.condition(f, "that")
		c.Meet = append(c.Meet, m)
	}
	for _, item := range r.items(f["hints"], line, "hints") {
		c.Hints = append(c.Hints, r.inline(item, "a hint"))
	}
	for _, key := range []string{"meet", "hints"} {
		if v, ok := f[key]; ok && len(r.items(v, line, key)) == 0 {
			r.wrong(v.line, "%s is empty", key)
		}
	}
	if v, ok := f["until"]; ok {
		c.Until = r.moment(v, "until", 1)
	}
	for _, item := range r.entries(f["solutions"], line, "solutions") {
		c.Solutions = append(c.Solutions, r.solution(item, line, c.Until))
	}
	if v, ok := f["solutions"]; ok && len(c.Solutions) == 0 {
		r.wrong(v.line, "solutions is empty; the linter runs at least one")
	}
	r.step.Blocks = append(r.step.Blocks, c)
}

// solution reads a way to reach the goal.
func (r *reader) solution(v value, base int, until int64) Solution {
	s := Solution{Line: v.line}
	f := r.fields(v, base, "a solution", solutionKeys)
	if _, set := f["set"]; !set && len(r.items(f["do"], base, "do")) == 0 {
		r.wrong(v.line, "this solution does nothing; it has do (commands), set (keys with which the run begins anew), or both")
	}
	s.Say = r.optional(f, "say")
	if v, ok := f["set"]; ok {
		if text, ok := r.query(v, "set"); ok {
			keys, err := keysOf(text)
			if err == nil {
				_, err = scenario.FromMap(keys)
			}
			if err != nil {
				r.wrong(v.line, "set: %v", err)
			}
			s.Set, s.keys = text, keys
		}
	}
	for _, c := range r.do(f["do"], base, "do", r.played()) {
		if until > 0 && c.command.At > until {
			r.wrong(c.line, "do: %s never happens: the solution is judged at %s (until)", show(c.text), scenario.FormatDuration(until))
		}
		s.Do = append(s.Do, c.text)
		s.commands = append(s.commands, c.command)
	}
	return s
}

// played is the scenario of the run that a block is about.
func (r *reader) played() scenario.Scenario {
	if r.stage == nil {
		return scenario.Scenario{}
	}
	return r.stage.Scenario
}

// check reads what the prose claims.
func (r *reader) check(v value, line int) {
	c := &Check{Line: line}
	for _, item := range r.entries(v, line, "check") {
		claim := Claim{At: -1, Line: item.line}
		switch {
		case isMapping(item):
			f := r.fields(item, line, "a claim", claimKeys)
			r.need(f, item.line, "this claim", "that")
			claim.That, claim.holds = r.condition(f, "that")
			if at, ok := f["at"]; ok {
				claim.At = r.moment(at, "at", 0)
			}
		default:
			claim.That, claim.holds = r.condition(fields{"check": item}, "check")
		}
		c.Claims = append(c.Claims, claim)
	}
	r.step.Blocks = append(r.step.Blocks, c)
}

// condition reads and compiles an expression that is true or false.
func (r *reader) condition(f fields, key string) (string, *expression) {
	v, ok := f[key]
	if !ok {
		return "", nil
	}
	text, ok := r.scalar(v, key)
	if !ok {
		return "", nil
	}
	holds, err := compileCondition(text, r.lesson.Language)
	if err != nil {
		r.wrong(v.line, "%s: %v", key, err)
	}
	return text, holds
}

// optional reads a text of a block, empty when there is none.
func (r *reader) optional(f fields, key string) template.HTML {
	v, ok := f[key]
	if !ok {
		return ""
	}
	return r.inline(v, key)
}

// need tells which keys are missing.
func (r *reader) need(f fields, line int, what string, keys ...string) {
	for _, key := range keys {
		if _, ok := f[key]; !ok && !slices.Contains(r.guessed, didYouMean(key)) {
			r.wrong(line, "%s has no %s", what, key)
		}
	}
}

// end completes a step once all its blocks are known.
func (r *reader) end(s *Step) {
	s.stage = r.stage
	if s.Number == 1 && !s.has("sim") {
		r.wrong(s.Line, "the first step has no sim block, so that there is no run yet")
	}
	for i, b := range s.Blocks {
		switch b := b.(type) {
		case *Check:
			if !r.sound(func() { r.endCheck(s, b) }) {
				s.Blocks[i] = &Broken{Line: b.Line}
			}
		case *Challenge:
			if !s.has("sim") {
				r.wrong(b.Line, "a challenge needs a sim block in its step, which says from where the learner starts and, with controls, what can be touched")
				s.Blocks[i] = &Broken{Line: b.Line}
			}
		}
	}
}

// endCheck gives claims their moments.
func (r *reader) endCheck(s *Step, c *Check) {
	if s.stage == nil {
		return
	}
	for i := range c.Claims {
		claim := &c.Claims[i]
		switch {
		case claim.At < 0:
			claim.At = s.stage.Until
		case claim.At > s.stage.Until && !r.lost:
			r.wrong(claim.Line, "at: %s is after %s, where the run of this step stops", scenario.FormatDuration(claim.At), scenario.FormatDuration(s.stage.Until))
		}
	}
}

// has says whether a step has a block.
func (s *Step) has(name string) bool {
	_, ok := s.before[name]
	return ok
}
