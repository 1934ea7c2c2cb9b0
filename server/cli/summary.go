package cli

import (
	"io"

	"procession/sim"
	"procession/sim/stats"
	"procession/sim/trace"
)

// summary writes what the run came to, as indented JSON.
type summary struct {
	w       io.Writer
	counter *stats.Counter
}

func newSummary(w io.Writer, _ look) (format, error) {
	return &summary{w: w, counter: stats.NewCounter()}, nil
}

func (s *summary) event(l *trace.Log, e *trace.Event) error {
	s.counter.Add(l, e)
	return nil
}

func (s *summary) end(now int64, sc sim.Scenario) error {
	sum := s.counter.SummaryAt(now)
	sum.Scenario = sc.String()
	return writeJSON(s.w, sum)
}
