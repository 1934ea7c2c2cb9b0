package room

import (
	"procession/sim"
	"procession/sim/scenario"
	"procession/sim/trace"
)

// Run is what a room needs of a run. Only the room's goroutine uses it.
type Run interface {
	// Now gives the virtual time, µs.
	Now() int64
	// Next says when the next thing happens; not ok: nothing is left.
	Next() (ts int64, ok bool)
	// Advance does everything up to a moment.
	Advance(to int64)
	// Apply gives a command, a little after Now; the error is a *scenario.Error.
	Apply(c scenario.Command) (scenario.Command, error)
	Log() *trace.Log
	Snapshot() trace.Snapshot
	Ended() bool
	// Err says why the run can go no further: it makes no progress in virtual time.
	Err() error
	// Scenario has all commands, given and to come.
	Scenario() scenario.Scenario
	Close()
}

var _ Run = (*sim.Run)(nil)
