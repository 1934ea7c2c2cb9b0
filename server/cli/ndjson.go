package cli

import (
	"io"

	"procession/sim"
	"procession/sim/trace"
)

// ndjson writes the trace: each event as one JSON object on a line.
type ndjson struct {
	only only
	w    io.Writer
	buf  []byte
}

func newNDJSON(w io.Writer, l look) (format, error) { return &ndjson{w: w, only: l.only}, nil }

func (n *ndjson) event(l *trace.Log, e *trace.Event) error {
	if !n.only.wants(e) {
		return nil
	}
	n.buf = append(l.AppendJSON(n.buf[:0], e), '\n')
	_, err := n.w.Write(n.buf)
	return err
}

func (n *ndjson) end(int64, sim.Scenario) error { return nil }
