package core

import (
	"errors"

	"procession/server/problem"
	"procession/server/wire"
	"procession/sim"
)

// What a room tells people. The sentences stand in the catalogues of problems;
// each says what was wrong and what to do.

func tooManyCommands(n int) *wire.Error {
	return problem.New(wire.TooManyCommands, "do", "n", n)
}

func notKept(err error) *wire.Error {
	return problem.Say(wire.BadCommand, "not-kept", "do", "reason", err)
}

func runEnded() *wire.Error { return problem.New(wire.RunEnded, "") }

func nothingLeft() *wire.Error { return problem.New(wire.NothingLeft, "") }

func catchingUp() *wire.Error { return problem.New(wire.CatchingUp, "") }

func fromOutside() *wire.Error { return problem.New(wire.FromOutside, "") }

func otherRun() *wire.Error { return problem.New(wire.BadResume, "room") }

func roomFull() *wire.Error { return problem.New(wire.RoomFull, "", "n", MaxClients) }

// Failed puts the error of a room into a sentence for those who watch it: its
// run has too many events, or the simulator broke.
func Failed(err error) *wire.Error {
	if broken := (*sim.Broken)(nil); errors.As(err, &broken) {
		return problem.Of(err).Error
	}
	return problem.Say(wire.RunFailed, "run-stuck", "", "reason", err)
}

func badCommand(err error) *wire.Error { return problem.Scenario(wire.BadCommand, err) }
