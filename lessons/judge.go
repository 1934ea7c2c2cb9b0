package lessons

import (
	"cmp"
	"maps"
	"slices"

	"procession/sim"
	"procession/sim/scenario"
)

// Verdict says whether a condition of a challenge is met.
type Verdict struct {
	Met   bool
	Value string // what was there, "43", "420 ms", or "5 / 12" where more is wanted; empty when the condition compares nothing
}

// Judge looks which conditions of a challenge are met. The verdicts are in the
// order of Meet. The error is a sentence.
func (c *Challenge) Judge(f *Facts) ([]Verdict, error) {
	all := make([]Verdict, len(c.Meet))
	for i, m := range c.Meet {
		met, err := m.holds.truth(f)
		if err != nil {
			return nil, err
		}
		all[i] = Verdict{met, m.holds.measured(f, c.Language)}
	}
	return all, nil
}

// scenario gives the run in which a solution is carried out, from that in
// which the learner starts.
func (s Solution) scenario(start sim.Scenario) (sim.Scenario, error) {
	sc := start
	if len(s.keys) > 0 {
		m := start.Values()
		if _, scripted := s.keys["script"]; scripted {
			delete(m, "traffic") // a script brings its own
		}
		maps.Copy(m, s.keys)
		var err error
		if sc, err = scenario.FromMap(m); err != nil {
			return sc, err
		}
	}
	sc.Do = append(slices.Clone(start.Do), s.commands...)
	slices.SortStableFunc(sc.Do, func(a, b sim.Command) int { return cmp.Compare(a.At, b.At) })
	return sc, nil
}
