package lessons

import (
	"maps"
	"slices"
	"strings"

	"procession/sim"
	"procession/sim/scenario"
)

// stages looks at what happens on the stage: commands that cannot be carried
// out, and challenges.
func (p *proof) stages() {
	for _, s := range p.Steps {
		if s.Sim == nil {
			continue
		}
		p.safely(s.Sim.Line, func() { p.commands(s) })
		for _, b := range s.Blocks {
			if c, ok := b.(*Challenge); ok {
				p.safely(c.Line, func() { p.challenge(s, c) })
			}
		}
	}
}

// commands looks for commands that the run refuses.
func (p *proof) commands(s *Step) {
	w := p.runs.world(s.stage.chain.scenario)
	if w.to(p.ctx, s.Sim.Until) != nil {
		return // which was told when its claims were looked at
	}
	for _, r := range w.refused(s.Sim.From, s.Sim.Until) {
		line := s.Sim.Line
		for _, c := range s.Sim.own {
			if c.command.At == r.at {
				line = c.line
			}
		}
		p.wrong(line, "do: %s", r.why)
	}
}

// challenge looks whether a goal is open at the beginning, and reached by each
// solution.
func (p *proof) challenge(s *Step, c *Challenge) {
	start := s.Sim.Scenario
	if f, err := p.runs.world(start).factsAt(p.ctx, c.Until); err != nil {
		p.problems = append(p.problems, p.cannotRun(c.Line, err))
		return
	} else if verdicts, err := c.Judge(f); err != nil {
		p.wrong(c.Line, "meet: %v", err)
		return
	} else if !slices.ContainsFunc(verdicts, func(v Verdict) bool { return !v.Met }) {
		p.wrong(c.Line, "the goal is reached without doing anything: at %s all conditions are met", scenario.FormatDuration(c.Until))
	}
	for _, sol := range c.Solutions {
		p.solution(s, c, sol)
	}
}

// solution looks whether a solution reaches the goal, with what may be touched.
func (p *proof) solution(s *Step, c *Challenge, sol Solution) {
	for _, missing := range locked(s.Sim.Controls, sol) {
		p.wrong(sol.Line, "a learner cannot carry this solution out: %s needs %s in the controls of this step", missing.what, strings.Join(missing.controls, " or "))
	}
	sc, err := sol.scenario(s.Sim.Scenario)
	if err != nil {
		p.wrong(sol.Line, "set: %v", err)
		return
	}
	w := p.runs.world(sc)
	f, err := w.factsAt(p.ctx, c.Until)
	if err != nil {
		p.problems = append(p.problems, p.cannotRun(sol.Line, err))
		return
	}
	for _, r := range w.refused(0, c.Until) {
		p.wrong(sol.Line, "solution: %s", r.why)
	}
	verdicts, err := c.Judge(f)
	if err != nil {
		p.wrong(sol.Line, "this solution cannot be judged: %v", err)
		return
	}
	for i, v := range verdicts {
		if !v.Met {
			m := c.Meet[i]
			p.wrong(sol.Line, "this solution does not meet the condition on line %d, %s%s", m.Line, m.That, but(m.holds.found(f)))
		}
	}
}

// lock is what a learner may not touch, and the controls that would allow it.
type lock struct {
	what     string
	controls []string
}

// locked gives what a solution touches and the controls of its step do not allow.
func locked(controls []string, sol Solution) []lock {
	var all []lock
	need := func(what string, either ...string) {
		either = append(either, "all")
		if !slices.ContainsFunc(either, func(c string) bool { return oneOf(c, controls) }) {
			all = append(all, lock{what, either})
		}
	}
	for _, key := range slices.Sorted(maps.Keys(sol.keys)) {
		need("set: "+key, menus(key)...)
	}
	for _, c := range sol.commands {
		need(c.String(), allows(c)...)
	}
	return all
}

// menus gives the controls that change a key.
func menus(key string) []string {
	if oneOf(key, []string{"mode", "workers", "balancer", "connection"}) {
		return []string{key, "settings"}
	}
	return []string{"settings"}
}

// allows gives the controls that give a command.
func allows(c sim.Command) []string {
	switch c.Verb {
	case scenario.Set:
		return menus(c.Key)
	case scenario.Crash, scenario.Restart, scenario.Reload:
		return []string{"processes"}
	case scenario.StoreDown, scenario.StoreUp, scenario.StoreSlow, scenario.StoreFull:
		return []string{"store"}
	}
	return []string{"visitors"}
}
