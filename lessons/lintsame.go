package lessons

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"procession/sim"
	"procession/sim/scenario"
)

// same compares a lesson with the same lesson in another language: the words
// differ, what happens does not.
func (p *proof) same(other *Lesson) {
	differs := func(line int, what string, theirs, ours any) bool {
		a, b := fmt.Sprint(theirs), fmt.Sprint(ours)
		if a != b {
			p.wrong(line, "%s is not as in %s: %s there, %s here", what, other.File, orNothing(a), orNothing(b))
		}
		return a != b
	}
	if bytes.Equal(p.course.readers[p.File].text, p.course.readers[other.File].text) {
		p.wrong(1, "this lesson is word for word as in %s: it is yet to be translated", other.File)
		return
	}
	differs(p.lines["scenario"], "scenario", other.Scenario, p.Scenario)
	differs(p.lines["minutes"], "minutes", other.Minutes, p.Minutes)
	differs(max(1, p.lines["needs"]), "needs", list(other.Needs), list(p.Needs))
	differs(max(1, p.lines["part"]), "part", other.Part, p.Part)
	differs(max(1, p.lines[handlersKey]), "which handlers have words of the author's own", spoken(other.Handlers), spoken(p.Handlers))
	sameSymptoms(p.Lesson, other, differs)
	if len(p.Steps) != len(other.Steps) {
		p.wrong(p.Steps[len(p.Steps)-1].Line, "this lesson has %s, and %d in %s", counted(len(p.Steps), "step"), len(other.Steps), other.File)
		return // which step would be compared with which?
	}
	for i, s := range p.Steps {
		sameStep(s, other.Steps[i], differs)
	}
}

func orNothing(text string) string {
	if text == "" {
		return "nothing"
	}
	return text
}

// sameStep compares two steps.
func sameStep(s, other *Step, differs func(line int, what string, theirs, ours any) bool) {
	differs(s.Line, "what is in braces after the title of this step", other.Kind, s.Kind)
	if differs(s.Line, "which blocks this step has", blocksOf(other), blocksOf(s)) {
		return
	}
	if a, b := other.Sim, s.Sim; a != nil && b != nil {
		if !differs(b.Line, "sim: continue", a.Continue, b.Continue) && !b.Continue {
			differs(b.Line, "sim: the scenario", without(a.Scenario), without(b.Scenario))
		}
		differs(b.Line, "sim: do", commandsOf(a), commandsOf(b))
		differs(b.Line, "sim: from", scenario.FormatDuration(a.From), scenario.FormatDuration(b.From))
		differs(b.Line, "sim: until", scenario.FormatDuration(a.Until), scenario.FormatDuration(b.Until))
		differs(b.Line, "sim: play", a.Play, b.Play)
		differs(b.Line, "sim: speed", a.Speed, b.Speed)
		differs(b.Line, "sim: controls", list(a.Controls), list(b.Controls))
		differs(b.Line, "sim: point", list(a.Point), list(b.Point))
		differs(b.Line, "sim: open", a.Open, b.Open)
		differs(b.Line, "sim: beside", list(a.Beside), list(b.Beside))
		differs(b.Line, "sim: headline", whose(a.Headline), whose(b.Headline))
		differs(b.Line, "sim: note", whose(a.Note), whose(b.Note))
	}
	if s.Kind == Machine {
		sameCode(s, other, differs)
	}
	theirs, ours := acts(other), acts(s)
	for i := range ours {
		switch b := ours[i].(type) {
		case *Predict:
			samePredict(b, theirs[i].(*Predict), differs)
		case *Challenge:
			sameChallenge(b, theirs[i].(*Challenge), differs)
		}
	}
	a, b := claims(other), claims(s)
	for i := range max(len(a), len(b)) {
		line := s.Line
		if i < len(b) {
			line = b[i].Line
		}
		if differs(line, fmt.Sprintf("claim %d of this step's checks", i+1), claimAt(a, i), claimAt(b, i)) {
			return // those after it are moved, too
		}
	}
}

// whose says whose words stand over the stage.
func whose(caption string) string {
	switch caption {
	case "":
		return captionAuto
	case captionNone:
		return captionNone
	}
	return "a text of its own"
}

// commandsOf gives the commands of a step's own.
func commandsOf(s *Sim) string {
	var all []string
	for _, c := range s.own {
		all = append(all, c.text)
	}
	return strings.Join(all, "; ")
}

// without gives a scenario without its commands.
func without(sc sim.Scenario) string {
	sc.Do = nil
	return sc.String()
}

// samePredict compares two questions.
func samePredict(p, other *Predict, differs func(line int, what string, theirs, ours any) bool) {
	if differs(p.Line, "predict: the number of choices", len(other.Choices), len(p.Choices)) {
		return
	}
	for i, c := range p.Choices {
		differs(c.Line, "predict: when", other.Choices[i].When, c.When)
	}
}

// sameChallenge compares two challenges.
func sameChallenge(c, other *Challenge, differs func(line int, what string, theirs, ours any) bool) {
	differs(c.Line, "challenge: until", scenario.FormatDuration(other.Until), scenario.FormatDuration(c.Until))
	differs(c.Line, "challenge: the number of hints", len(other.Hints), len(c.Hints))
	if !differs(c.Line, "challenge: the number of conditions", len(other.Meet), len(c.Meet)) {
		for i, m := range c.Meet {
			differs(m.Line, "challenge: that", other.Meet[i].That, m.That)
		}
	}
	if !differs(c.Line, "challenge: the number of solutions", len(other.Solutions), len(c.Solutions)) {
		for i, s := range c.Solutions {
			differs(s.Line, "solution: set", other.Solutions[i].Set, s.Set)
			differs(s.Line, "solution: do", strings.Join(other.Solutions[i].Do, "; "), strings.Join(s.Do, "; "))
		}
	}
}

// acts gives the questions and challenges of a step, in order.
func acts(s *Step) []Block {
	return slices.DeleteFunc(slices.Clone(s.Blocks), func(b Block) bool {
		switch b.(type) {
		case *Predict, *Challenge:
			return false
		}
		return true
	})
}

// blocksOf names the blocks of a step that act, in order.
func blocksOf(s *Step) string {
	var names []string
	if s.Sim != nil {
		names = append(names, "sim")
	}
	for _, b := range acts(s) {
		switch b.(type) {
		case *Predict:
			names = append(names, "predict")
		case *Challenge:
			names = append(names, "challenge")
		}
	}
	return list(names)
}

// claims gives all claims of a step, in order.
func claims(s *Step) []Claim {
	var all []Claim
	for _, b := range s.Blocks {
		if c, ok := b.(*Check); ok {
			all = append(all, c.Claims...)
		}
	}
	return all
}

// claimAt names a claim, empty when there is none.
func claimAt(all []Claim, i int) string {
	if i >= len(all) {
		return ""
	}
	return all[i].That + " at " + scenario.FormatDuration(all[i].At)
}
