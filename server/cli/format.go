package cli

import (
	"fmt"
	"io"

	"procession/sim"
	"procession/sim/trace"
)

// format says what of a run is written, and how.
type format interface {
	// event is called with each event, in order.
	event(l *trace.Log, e *trace.Event) error
	// end is called once, at the virtual time (µs) at which the run was left,
	// with the commands given.
	end(now int64, sc sim.Scenario) error
}

// formatNames has the formats in the order of the help.
var formatNames = []string{"text", "ndjson", "summary", "strip", "redis"}

// formats makes a format. turns: visitors take turns; colour: so may the text.
var formats = map[string]func(w io.Writer, turns, colour bool) (format, error){
	"text":    newText,
	"ndjson":  newNDJSON,
	"summary": newSummary,
	"strip":   newStrip,
	"redis":   newRedis,
}

// newFormat makes the format of a name.
func newFormat(name string, w io.Writer, turns, colour bool) (format, error) {
	make, ok := formats[name]
	if !ok {
		return nil, fmt.Errorf("there is no format %q", name)
	}
	return make(w, turns, colour)
}
