// Package room keeps the live rooms: each has a run, paces its virtual time
// against the wall clock, and sends what happens to those who watch.
//
// A caller makes the Rooms once, and for each socket does this:
//
//	sub, err := rooms.Open(sc, open) // the scenario of the address, the client's first message
//	go func() {
//		for data := range sub.Messages() {
//			write(data)
//		}
//	}()
//	for {
//		sub.Receive(read())
//	}
//	sub.Leave()
//
// One goroutine owns the room, its run and its list of subscribers; all that
// others want of it comes through one channel. It sleeps until the next thing
// happens in the run. It never waits for a subscriber: one whose queue is full
// finds a snapshot in its place.
//
// A room can show several worlds side by side: runs that differ in a few keys of
// their scenarios, with the same visitors, seed and commands, in step. A command
// goes to every world in which it is possible.
//
// Virtual time stands still while nobody looks. A room without subscribers is
// kept for a while, so that a client whose connection broke finds it as it was.
package room
