package lessons

import (
	"context"
	"fmt"
	"html/template"
	"runtime/debug"
	"slices"

	"procession/sim/play"
	"procession/sim/trace"
)

// Told is a lesson after its steps were run.
type Told struct {
	Steps []ToldStep // as in the lesson
	Broke []error    // mistakes of ours that it ran into: *sim.Broken, or a panic with its stack. They are problems, too
}

// ToldStep is a step after its run.
type ToldStep struct {
	Blocks []Block        // with the numbers of the run in the texts
	Right  int            // index of the right choice of the step's question; -1: there is none
	Start  trace.Snapshot // at the beginning of the step
	End    trace.Snapshot // where its run stops
	Query  string         // the scenario, with its commands
}

// Tell runs the steps of a lesson: it finds the right answers, fills the
// numbers in and looks whether what is claimed is so. What is wrong is a
// problem, and the rest is told all the same. The runs are played in turns; nil:
// at once.
func (l *Lesson) Tell(ctx context.Context, turn play.Turn) (*Told, []Problem) {
	rs := newRuns(turn)
	defer rs.close()
	return l.tell(ctx, rs, true)
}

// teller tells one lesson.
type teller struct {
	*Lesson
	ctx      context.Context
	runs     *runs
	problems []Problem
	broke    []error // see Told
}

// tell tells a lesson with runs that others may have asked for, too.
func (l *Lesson) tell(ctx context.Context, rs *runs, pictures bool) (*Told, []Problem) {
	t := &teller{Lesson: l, ctx: ctx, runs: rs}
	told := &Told{Steps: make([]ToldStep, len(l.Steps))}
	for i, s := range l.Steps {
		told.Steps[i] = ToldStep{Blocks: slices.Clone(s.Blocks), Right: -1}
		t.safely(s.Line, func() { told.Steps[i] = t.step(s, pictures) })
	}
	sortProblems(t.problems)
	told.Broke = t.broke
	return told, t.problems
}

func (t *teller) wrong(line int, format string, args ...any) {
	t.problems = append(t.problems, t.problem(line, format, args...))
}

// safely does something with a part of the lesson. What panics in it is a
// mistake of ours: it costs that part, and neither the lesson nor the program.
func (t *teller) safely(line int, do func()) {
	defer func() {
		if p := recover(); p != nil {
			t.broke = append(t.broke, fmt.Errorf("lessons: %s: %v\n%s", t.File, p, debug.Stack()))
			t.wrong(line, "this cannot be run, which is a mistake of ours; please report it with the lesson (%s)", show(fmt.Sprint(p)))
		}
	}()
	do()
}

// step tells a step.
func (t *teller) step(s *Step, pictures bool) ToldStep {
	told := ToldStep{Blocks: slices.Clone(s.Blocks), Right: -1}
	if s.stage == nil { // nobody knows what is on the stage
		for i, b := range told.Blocks {
			told.Blocks[i] = withoutNumbers(b)
		}
		return told
	}
	told.Query = s.stage.Scenario.String()
	w := t.runs.world(s.stage.chain.scenario)
	if pictures {
		from := s.stage.From
		if s.Sim == nil {
			from = s.stage.Until
		}
		var err error
		if told.Start, err = w.pictureAt(t.ctx, from); err == nil {
			told.End, err = w.pictureAt(t.ctx, s.stage.Until)
		}
		if err != nil {
			t.problems = append(t.problems, t.cannotRun(s.stage.Line, err))
			return told
		}
	}
	f, err := w.factsAt(t.ctx, s.stage.Until)
	if err != nil {
		if s.Sim != nil { // else it was said at the step before
			t.problems = append(t.problems, t.cannotRun(s.stage.Line, err))
		}
		return told
	}
	for i, b := range told.Blocks {
		switch b := b.(type) {
		case Prose:
			b.HTML = t.fill(s, b.HTML, f)
			told.Blocks[i] = b
		case Notes:
			b.HTML = t.fill(s, b.HTML, f)
			told.Blocks[i] = b
		case *Predict:
			told.Blocks[i] = t.predict(s, b, f)
			told.Right = t.right(b, f)
		case *Challenge:
			told.Blocks[i] = t.challenge(s, b, f)
		case *Check:
			t.check(w, b)
		}
	}
	return told
}

// fill writes the numbers of the run into a text.
func (t *teller) fill(s *Step, html template.HTML, f *Facts) template.HTML {
	filled, wrong := s.fill(html, f)
	for _, w := range wrong {
		t.wrong(w.line, "%s", w.sentence)
	}
	return filled
}

// predict gives a question with its numbers.
func (t *teller) predict(s *Step, p *Predict, f *Facts) *Predict {
	filled := *p
	filled.Ask = t.fill(s, p.Ask, f)
	filled.Choices = slices.Clone(p.Choices)
	for i := range filled.Choices {
		c := &filled.Choices[i]
		c.Say, c.Feedback = t.fill(s, c.Say, f), t.fill(s, c.Feedback, f)
	}
	return &filled
}

// right finds the choice whose condition holds; -1 when that is not exactly one.
func (t *teller) right(p *Predict, f *Facts) int {
	var right []int
	found := ""
	for i, c := range p.Choices {
		holds, err := c.holds.truth(f)
		if err != nil {
			t.wrong(c.Line, "when: %v", err)
			return -1
		}
		if holds {
			right = append(right, i)
		}
		if is := c.holds.found(f); is != "" && found == "" {
			found = " (" + is + ")"
		}
	}
	switch len(right) {
	case 1:
		return right[0]
	case 0:
		t.wrong(p.Line, "none of the answers is what happens%s; exactly one `when` must hold", found)
	default:
		t.wrong(p.Line, "%d answers are what happens%s: those on the lines %d and %d; exactly one `when` must hold",
			len(right), found, p.Choices[right[0]].Line, p.Choices[right[1]].Line)
	}
	return -1
}

// challenge gives a goal with its numbers: those of the solutions are of their
// own runs.
func (t *teller) challenge(s *Step, c *Challenge, f *Facts) *Challenge {
	filled := *c
	filled.Goal = t.fill(s, c.Goal, f)
	filled.Meet, filled.Hints, filled.Solutions = slices.Clone(c.Meet), slices.Clone(c.Hints), slices.Clone(c.Solutions)
	for i := range filled.Meet {
		filled.Meet[i].Say = t.fill(s, c.Meet[i].Say, f)
	}
	for i := range filled.Hints {
		filled.Hints[i] = t.fill(s, c.Hints[i], f)
	}
	for i := range filled.Solutions {
		sol := &filled.Solutions[i]
		if !openPlace.MatchString(string(sol.Say)) {
			continue
		}
		own, err := t.solved(s, *sol, c.Until)
		if err != nil {
			t.wrong(sol.Line, "this solution cannot be run: %v", err)
			continue
		}
		sol.Say = t.fill(s, sol.Say, own)
	}
	return &filled
}

// solved gives what the run with a solution comes to.
func (t *teller) solved(s *Step, sol Solution, until int64) (*Facts, error) {
	sc, err := sol.scenario(s.stage.Scenario)
	if err != nil {
		return nil, err
	}
	return t.runs.world(sc).factsAt(t.ctx, until)
}

// check looks whether claims hold.
func (t *teller) check(w *world, c *Check) {
	for _, claim := range c.Claims {
		f, err := w.factsAt(t.ctx, claim.At)
		if err != nil {
			t.problems = append(t.problems, t.cannotRun(claim.Line, err))
			return
		}
		holds, err := claim.holds.truth(f)
		if err != nil {
			t.wrong(claim.Line, "check: %s: %v", claim.That, err)
		} else if !holds {
			t.wrong(claim.Line, "check: %s is not so%s", claim.That, but(claim.holds.found(f)))
		}
	}
}

// but adds what was found to a sentence.
func but(found string) string {
	if found == "" {
		return ""
	}
	return fmt.Sprintf(": %s", found)
}
