package room

import (
	"procession/server/problem"
	"procession/server/wire"
)

// What rooms tell people. The sentences stand in the catalogues of problems;
// each says what was wrong and what to do.

func tooFast() *wire.Error {
	return problem.New(wire.TooFast, "", "n", int(bucketRate/messagePrice))
}

func tooMuch() *wire.Error { return problem.New(wire.TooMuch, "") }

func tooSlow() *wire.Error {
	return problem.New(wire.TooSlow, "", "n", int(mostSilence.Seconds()))
}

// runFailed is told when a room broke outside its run.
func runFailed(link string) *wire.Error {
	return problem.New(wire.RunFailed, "", "link", "/?"+link)
}

func roomsFull(limit int) *wire.Error { return problem.New(wire.RoomsFull, "", "n", limit) }

func memoryFull() *wire.Error { return problem.Say(wire.RoomsFull, "memory-full", "") }

func tooLarge() *wire.Error { return problem.Say(wire.RunFailed, "run-large", "") }

func closing() *wire.Error { return problem.New(wire.Closing, "") }

func badScenario(err error) *wire.Error { return problem.Scenario(wire.BadScenario, err) }
