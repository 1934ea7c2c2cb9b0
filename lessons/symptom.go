package lessons

import (
	"slices"
	"strings"
)

// maxSymptom is how long a symptom may be, in characters: a line of a list.
const maxSymptom = 100

// Symptom is what people see who have the bug that a lesson explains, in the
// words in which they would search for it. The page of all lessons lists them.
type Symptom struct {
	Say  string
	Kind string // one of SymptomKinds
	Step int    // of the lesson, which shows it; 0: the lesson as a whole
	Line int
}

// SymptomKinds are what symptoms are sorted by, in the order in which they are listed.
var SymptomKinds = []string{"login", "deploy", "error", "lost", "slow"}

// symptoms reads a lesson's list of them.
func (r *reader) symptoms(v value, base int) {
	for _, item := range r.entries(v, base, "symptoms") {
		r.symptom(item, base)
	}
}

// symptom reads one. What is wrong with it costs that one alone.
func (r *reader) symptom(v value, base int) {
	s := Symptom{Line: v.line}
	if !r.sound(func() {
		f := r.fields(v, base, "a symptom", symptomKeys)
		r.need(f, v.line, "this symptom", "say", "kind")
		s.Say = r.short(f, "say", maxSymptom)
		s.Kind = r.word(f, "kind", "", SymptomKinds)
		if step, ok := f["step"]; ok {
			s.Step = r.number(step, "step", maxSteps)
		}
	}) {
		return
	}
	switch {
	case markdown.MatchString(s.Say):
		r.wrong(s.Line, "a symptom is plain text: %s would stand there with its signs; leave those of Markdown away", show(s.Say))
	case strings.ContainsAny(s.Say[len(s.Say)-1:], ".!"):
		r.wrong(s.Line, "a symptom is a line of a list, without %s at its end: %s", s.Say[len(s.Say)-1:], show(s.Say))
	case slices.ContainsFunc(r.lesson.Symptoms, func(other Symptom) bool { return other.Say == s.Say }):
		r.wrong(s.Line, "this lesson has the symptom %s already", show(s.Say))
	default:
		r.lesson.Symptoms = append(r.lesson.Symptoms, s)
	}
}

// endSymptoms looks whether there are the steps to which symptoms lead, once
// all of them are known.
func (r *reader) endSymptoms() {
	for _, s := range r.lesson.Symptoms {
		if n := len(r.lesson.Steps); s.Step > n {
			r.wrong(s.Line, "this symptom leads to step %d; the lesson has %s", s.Step, counted(n, "step"))
		}
	}
}

// sameSymptoms compares where the symptoms of a lesson lead in two languages.
func sameSymptoms(l, other *Lesson, differs func(line int, what string, theirs, ours any) bool) {
	line := max(1, l.lines["symptoms"])
	if differs(line, "the number of symptoms", len(other.Symptoms), len(l.Symptoms)) {
		return
	}
	for i, s := range l.Symptoms {
		differs(s.Line, "symptom: kind", other.Symptoms[i].Kind, s.Kind)
		differs(s.Line, "symptom: step", other.Symptoms[i].Step, s.Step)
	}
}
