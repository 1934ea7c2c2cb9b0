package lessons

import (
	"cmp"
	"slices"
)

// draft makes of a lesson with mistakes one that can be shown: what is wrong is
// Broken already, and now what needs it becomes so, too.
func (r *reader) draft() {
	l := r.lesson
	l.Title = cmp.Or(l.Title, l.Slug)
	l.Steps = l.Steps[:min(len(l.Steps), maxSteps)]
	// Whether it is known what is on the stage, and the line of what is wrong if not.
	known, cause := r.begun, r.cause
	if cause == 0 && len(r.problems) > 0 {
		cause = r.problems[0].Line // the front matter comes first
	}
	cause = max(1, cause)
	for _, s := range l.Steps {
		switch {
		case s.lost > 0:
			known, cause = false, s.lost
		case s.Sim != nil && !s.Sim.Continue:
			known = r.begun
		}
		if !known {
			s.wait(cause)
		}
	}
}

// wait takes from a step what needs a stage of which nobody knows what is on it.
// The line is that of what is wrong.
func (s *Step) wait(line int) {
	var blocks []Block
	if s.Sim != nil && s.lost == 0 {
		at := slices.IndexFunc(s.Blocks, func(b Block) bool { return lineOf(b) > s.Sim.Line })
		if at < 0 {
			at = len(s.Blocks)
		}
		s.Blocks = slices.Insert(s.Blocks, at, Block(&Broken{Line: s.Sim.Line, Waits: line}))
	}
	for _, b := range s.Blocks {
		switch b.(type) {
		case *Predict, *Challenge:
			b = &Broken{Line: lineOf(b), Waits: line}
		case *Check:
			continue
		}
		blocks = append(blocks, b)
	}
	s.Blocks, s.Sim, s.stage = blocks, nil, nil
}
