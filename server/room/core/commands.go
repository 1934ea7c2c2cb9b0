package core

import "procession/sim/scenario"

// Commands is the list of a room's commands, in the order in which they were
// given, each stamped with its moment. A position is how many there are. One
// room writes it. An error says that the list could not be kept; it is then as
// it was.
type Commands interface {
	// Append adds a command and gives the new position.
	Append(c scenario.Command) (position int, err error)
	// Cut keeps the commands up to and including a moment, virtual µs; one before 0 keeps none.
	Cut(at int64) error
	// Len gives the position.
	Len() int
	// Size gives the bytes of all commands as text.
	Size() int
	// After gives the commands after a position from 0 to Len. The caller must
	// not change them, and they are good until the list changes.
	After(position int) []scenario.Command
}
