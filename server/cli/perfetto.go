package cli

import (
	"io"

	"procession/sim"
	"procession/sim/perfetto"
	"procession/sim/trace"
)

// chrome writes the run as Chrome trace-event JSON, for Perfetto.
type chrome struct{ w *perfetto.Writer }

func newPerfetto(w io.Writer, _ look) (format, error) {
	return chrome{perfetto.NewWriter(w)}, nil
}

func (c chrome) event(l *trace.Log, e *trace.Event) error { return c.w.Add(l, e) }

func (c chrome) end(now int64, _ sim.Scenario) error { return c.w.Close(now) }
