package cli

import (
	"io"

	"procession/sim"
	"procession/sim/trace"
)

// redis writes the commands that the store executed, as redis-cli monitor
// prints their words.
type redis struct{ w io.Writer }

func newRedis(w io.Writer, _ look) (format, error) { return &redis{w: w}, nil }

func (r *redis) event(l *trace.Log, e *trace.Event) error {
	if e.Kind != trace.StoreExecuted {
		return nil
	}
	_, err := io.WriteString(r.w, l.Text(e.Text)+"\n")
	return err
}

func (r *redis) end(int64, sim.Scenario) error { return nil }
