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
var formatNames = []string{"text", "ndjson", "summary", "strip", "redis", "perfetto"}

// look is how a run is to be shown.
type look struct {
	turns  bool // visitors take turns
	colour bool // so may the text
	only   only // which events the text and the trace have
}

// formats makes a format.
var formats = map[string]func(w io.Writer, l look) (format, error){
	"text":     newText,
	"ndjson":   newNDJSON,
	"summary":  newSummary,
	"strip":    newStrip,
	"redis":    newRedis,
	"perfetto": newPerfetto,
}

// newFormat makes the format of a name.
func newFormat(name string, w io.Writer, l look) (format, error) {
	make, ok := formats[name]
	if !ok {
		return nil, fmt.Errorf("there is no format %q", name)
	}
	return make(w, l)
}
