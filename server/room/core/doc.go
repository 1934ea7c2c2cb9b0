// Package core is what a room does, without a clock and without a goroutine:
// messages and the time go in, messages and when to call again come out. The
// same letters at the same times give the same messages, so that a room can be
// replayed, driven in a browser, and tested without waiting.
//
// A caller keeps the time and the clients; the package's example is its loop.
// Whatever was handled, its messages come out of the next Turn. How long a turn
// may take is for the caller's spent to say; what is left is done in the next.
//
// A command is checked by the runs, stamped with a moment, put into the list of
// commands (Commands), and applied: four steps, in command.go. Where the list is
// kept is the caller's choice.
//
// A run can also be one whose events come from outside, at their own time: a
// Pushed run, which has no next thing and is given its events with Push.
package core
