package sim

import (
	"fmt"

	"procession/sim/scenario"
)

// Broken is the error of a run in which the simulator itself panicked: a
// mistake of ours, never of the person who made the scenario. The run stays
// where it was, and can only be looked at and closed.
type Broken struct {
	Scenario string // the link to the run, commands included: whoever has it can have the mistake again
	At       int64  // virtual µs
	Value    any    // what was given to panic
	Stack    []byte // of the goroutine that panicked
}

// Error gives a sentence with the link to report.
func (b *Broken) Error() string {
	return fmt.Sprintf("this run broke inside the simulator at %s, which is a mistake of ours; please report it with its link, /?%s",
		scenario.FormatDuration(b.At), b.Scenario)
}
