package room

import (
	"fmt"

	"procession/server/wire"
	"procession/sim/scenario"
)

// The sentences that people read. Each says what was wrong and what to do.

func tooFast() *wire.Error {
	return &wire.Error{Code: wire.TooFast, Text: fmt.Sprintf(
		"That was too fast: at most %d messages a second are heeded. Those beyond were dropped; please slow down.", messagesPerSecond)}
}

func tooManyCommands() *wire.Error {
	return &wire.Error{Code: wire.TooManyCommands, Key: "do", Text: fmt.Sprintf(
		"This run has %d commands, which is as many as its link can hold. Reset it to go on.", scenario.MaxCommands)}
}

func runEnded() *wire.Error {
	return &wire.Error{Code: wire.RunEnded, Text: "The run has ended. Reset it to begin anew."}
}

func nothingLeft() *wire.Error {
	return &wire.Error{Code: wire.NothingLeft, Text: "Nothing will happen by itself: let a visitor do something, then step."}
}

func catchingUp() *wire.Error {
	return &wire.Error{Code: wire.CatchingUp, Text: "The run is still being brought to its moment. Please wait until it is there."}
}

func otherRun() *wire.Error {
	return &wire.Error{Code: wire.BadResume, Key: "room", Text: "The position to resume at belongs to another run, so this run was begun anew at the moment given."}
}

func runFailed() *wire.Error {
	return &wire.Error{Code: wire.RunFailed, Text: "This run broke inside the simulator, which is a mistake of ours. Load the page again to begin anew."}
}

func runStuck(err error) *wire.Error {
	return &wire.Error{Code: wire.RunFailed, Text: "This run can go no further (" + err.Error() + "). Please choose another scenario."}
}

func roomsFull(limit int) *wire.Error {
	return &wire.Error{Code: wire.RoomsFull, Text: fmt.Sprintf(
		"All %d rooms of this server are taken. Please try again in a few minutes, or start a server of your own.", limit)}
}

func roomFull() *wire.Error {
	return &wire.Error{Code: wire.RoomFull, Text: fmt.Sprintf(
		"This room has %d watchers, which is as many as it can take. Open the same link in a room of your own, or try again in a few minutes.", roomSubscribers)}
}

func closing() *wire.Error {
	return &wire.Error{Code: wire.Closing, Text: "The server is stopping. Please try again in a moment."}
}

func badScenario(err error) *wire.Error {
	e := &wire.Error{Code: wire.BadScenario, Text: err.Error() + "."}
	if s, ok := err.(*scenario.Error); ok {
		e.Key = s.Key
	}
	return e
}

func badCommand(err error) *wire.Error {
	e := &wire.Error{Code: wire.BadCommand, Text: err.Error()}
	if s, ok := err.(*scenario.Error); ok {
		e.Key = s.Key
	}
	return e
}
