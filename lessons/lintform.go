package lessons

// The form of a lesson.
const (
	fewestSteps = 5
	mostSteps   = 10
	mostWords   = 120 // of prose before a step's act
	questions   = 3   // to take home
)

// form looks at the number of steps, their acts and their length.
func (p *proof) form() {
	n := len(p.Steps)
	if n < fewestSteps || n > mostSteps {
		p.wrong(p.Steps[n-1].Line, "the lesson has %s; %d to %d are wanted, the last two included", counted(n, "step"), fewestSteps, mostSteps)
	}
	for i, s := range p.Steps {
		switch kind := wanted(i, n); {
		case s.Kind == kind:
		case kind == Act:
			p.wrong(s.Line, "only the last two steps are {.machine} and {.questions}, in this order")
		default:
			p.wrong(s.Line, "this step should be {.%s}: the last two steps of a lesson are {.machine} and {.questions}", kind)
		}
		p.act(s)
	}
}

// wanted gives the kind of step i (from 0) of n.
func wanted(i, n int) Kind {
	switch i {
	case n - 1:
		return Questions
	case n - 2:
		return Machine
	}
	return Act
}

// act looks at what there is to do in a step, and after how many words.
func (p *proof) act(s *Step) {
	acts := []string{"predict", "challenge", "sim"}
	if s.Kind != Act {
		for _, name := range acts {
			if s.has(name) {
				p.wrong(s.Line, "a step {.%s} has no block %s: what is done here is done on one's own machine or at home", s.Kind, name)
			}
		}
		if s.Kind == Questions && s.questions != questions {
			p.wrong(s.Line, "there are %d questions to take home, as items of a list; this step has %d", questions, s.questions)
		}
		return
	}
	// A question or a challenge is the act; without one it is the run.
	words, found := -1, false
	for _, name := range acts[:2] {
		if n, ok := s.before[name]; ok && (!found || n < words) {
			words, found = n, true
		}
	}
	if !found {
		words, found = s.before["sim"]
	}
	if !found {
		p.wrong(s.Line, "there is nothing to do in this step; it needs a block sim, predict or challenge")
	} else if words > mostWords {
		p.wrong(s.Line, "there are %d words before the act of this step; at most %d are possible", words, mostWords)
	}
}
