package room

import (
	"errors"

	"procession/server/problem"
	"procession/server/wire"
	"procession/sim"
	"procession/sim/scenario"
)

// What rooms tell people. The sentences stand in the catalogues of problems;
// each says what was wrong and what to do.

func tooFast() *wire.Error {
	return problem.New(wire.TooFast, "", "n", messagesPerSecond)
}

func tooManyCommands() *wire.Error {
	return problem.New(wire.TooManyCommands, "do", "n", scenario.MaxCommands)
}

func runEnded() *wire.Error {
	return problem.New(wire.RunEnded, "")
}

func nothingLeft() *wire.Error {
	return problem.New(wire.NothingLeft, "")
}

func catchingUp() *wire.Error {
	return problem.New(wire.CatchingUp, "")
}

func otherRun() *wire.Error {
	return problem.New(wire.BadResume, "room")
}

func runFailed() *wire.Error {
	return problem.New(wire.RunFailed, "")
}

// runStuck is what is told of a run that can go no further: it has too many
// events, or the simulator broke.
func runStuck(err error) *wire.Error {
	var broken *sim.Broken
	if errors.As(err, &broken) {
		return problem.Of(err).Error
	}
	return problem.Say(wire.RunFailed, "run-stuck", "", "reason", err)
}

func roomsFull(limit int) *wire.Error {
	return problem.New(wire.RoomsFull, "", "n", limit)
}

func roomFull() *wire.Error {
	return problem.New(wire.RoomFull, "", "n", roomSubscribers)
}

func closing() *wire.Error {
	return problem.New(wire.Closing, "")
}

func badScenario(err error) *wire.Error {
	return problem.Scenario(wire.BadScenario, err)
}

func badCommand(err error) *wire.Error {
	return problem.Scenario(wire.BadCommand, err)
}
