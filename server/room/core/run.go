package core

import (
	"procession/sim"
	"procession/sim/scenario"
	"procession/sim/trace"
)

// Run is what a room needs of a run.
type Run interface {
	// Now gives the virtual time, µs.
	Now() int64
	// Next says when the next thing happens; not ok: nothing that is known of.
	Next() (ts int64, ok bool)
	// Advance does everything up to a moment.
	Advance(to int64)
	// Check says whether a command is possible now; the error is a *scenario.Error,
	// or that of Err.
	Check(c scenario.Command) error
	// Give takes a command that was checked, stamped with a moment after Now, and
	// does everything up to that.
	Give(c scenario.Command)
	Log() *trace.Log
	Snapshot() trace.Snapshot
	Ended() bool
	// Err says why the run can go no further.
	Err() error
	// Scenario has all commands, given and to come.
	Scenario() scenario.Scenario
	Close()
}

var _ Run = (*sim.Run)(nil)
