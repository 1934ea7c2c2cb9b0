package wire

import (
	"encoding/json"
	"fmt"

	"procession/sim/scenario"
)

// Code says what kind of thing went wrong, for programs; the sentence is for
// people.
type Code string

// The codes.
const (
	// BadMessage: the client's message could not be read.
	BadMessage Code = "bad-message"
	// BadScenario: the scenario of the address could not be read. The socket is closed.
	BadScenario Code = "bad-scenario"
	// BadCommand: a command could not be read or applied; the run is as it was.
	BadCommand Code = "bad-command"
	// BadResume: the position belongs to another run; a room of the client's own follows.
	BadResume Code = "bad-resume"
	// TooFast: too many messages a second; this one was not heeded.
	TooFast Code = "too-fast"
	// TooMuch: the client went on above its limits. The socket is closed.
	TooMuch Code = "too-much"
	// TooSlow: the client did not read what it was sent. The socket is closed; it may come back.
	TooSlow Code = "too-slow"
	// TooManyCommands: the run has as many commands as a link can hold.
	TooManyCommands Code = "too-many-commands"
	// CatchingUp: the run is still being brought to its moment; nothing was done.
	CatchingUp Code = "catching-up"
	// NothingLeft: a step found nothing to run to.
	NothingLeft Code = "nothing-left"
	// RunEnded: what was asked needs a run that has not ended.
	RunEnded Code = "run-ended"
	// FromOutside: the run happens elsewhere, and what was asked cannot be done to it from here.
	FromOutside Code = "from-outside"
	// RunFailed: the run can go no further. The socket is closed.
	RunFailed Code = "run-failed"
	// RoomsFull: the server has as many rooms as it may. The socket is closed.
	RoomsFull Code = "rooms-full"
	// RoomFull: as many watch the room as may. The socket is closed.
	RoomFull Code = "room-full"
	// SocketsFull: the server has as many sockets as it may. The socket is closed.
	SocketsFull Code = "sockets-full"
	// BadRange: there can be no such part of a trace.
	BadRange Code = "bad-range"
	// Busy: the server has too much to do; trying again helps.
	Busy Code = "busy"
	// Closing: the server stops. The socket is closed.
	Closing Code = "closing"
	// NotFound: nothing is at the address.
	NotFound Code = "not-found"
	// BadMethod: the address can only be read.
	BadMethod Code = "bad-method"
	// TooLong: the address, or what comes with it, is longer than is read.
	TooLong Code = "too-long"
	// NoSocket: the address is that of a websocket, and none was asked for.
	NoSocket Code = "no-socket"
	// WrongOrigin: a page of another site asked for a websocket.
	WrongOrigin Code = "wrong-origin"
	// WrongHost: the server was called by a name that is not one of its own.
	WrongHost Code = "wrong-host"
	// Failed: something broke by a mistake of ours.
	Failed Code = "failed"
)

// Error tells a person what was wrong, where, and what is allowed. Text is the
// sentence; in another language it is the one that a catalogue has under Say,
// or under Code where that is empty, with Args in its places.
type Error struct {
	Code Code            `json:"code"`
	Key  string          `json:"key"` // the field or the scenario's key that is meant; may be empty
	Text string          `json:"text"`
	Say  string          `json:"say,omitempty"`
	Args scenario.Places `json:"args,omitempty"`
}

// Error gives the sentence.
func (e *Error) Error() string { return e.Text }

// EncodeError gives an error as JSON, as the answer to a request.
func EncodeError(e *Error) []byte {
	data, err := json.Marshal(e)
	if err != nil {
		panic("wire: EncodeError: " + err.Error()) // texts can always be written
	}
	return data
}

// TooLarge is the error of a message of more bytes than it may have.
func TooLarge(most int) *Error {
	return badMessage("", fmt.Sprintf("The message is too large; at most %d bytes are allowed.", most))
}

// Binary is the error of a binary message.
func Binary() *Error {
	return badMessage("", "Binary messages are not understood; send JSON as a text message.")
}

func badMessage(key, text string) *Error {
	return &Error{Code: BadMessage, Key: key, Text: text}
}
