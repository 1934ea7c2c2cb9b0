package lessons

// The form of a lesson.
const (
	fewestSteps = 3
	wholeSteps  = 5 // from so many on, the last two are for one's own machine and to take home
	mostSteps   = 10
	mostWords   = 120 // of prose before a step's act
	questions   = 3   // to take home
)

// form looks at the number of steps, their acts and their length.
func (p *proof) form() {
	n := len(p.Steps)
	if n < fewestSteps || n > mostSteps {
		p.wrong(p.Steps[n-1].Line, "the lesson has %s; %d to %d are wanted, {.machine} and {.questions} included", counted(n, "step"), fewestSteps, mostSteps)
	}
	wanted := p.wanted()
	titles := map[string]int{} // and their lines
	for i, s := range p.Steps {
		if first, twice := titles[s.Title]; twice {
			p.wrong(s.Line, "the step on line %d has this title already; in the list of steps one could not tell them apart", first)
		} else {
			titles[s.Title] = s.Line
		}
		switch kind := wanted[i]; {
		case s.Kind == kind:
		case kind == Act:
			p.wrong(s.Line, "only the last two steps are {.machine} and {.questions}, in this order")
		default:
			p.wrong(s.Line, "this step should be {.%s}: the last two steps of a lesson of %d or more are {.machine} and {.questions}", kind, wholeSteps)
		}
		p.act(s)
	}
}

// wanted gives the kinds that the steps should have. A short lesson may do
// without its last two, or one of them.
func (p *proof) wanted() []Kind {
	kinds := make([]Kind, len(p.Steps))
	last := len(kinds) - 1
	for _, kind := range []Kind{Questions, Machine} {
		if last >= 0 && (len(kinds) >= wholeSteps || p.Steps[last].Kind == kind) {
			kinds[last] = kind
			last--
		}
	}
	return kinds
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
		if s.Kind == Machine {
			p.pastes(s)
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
