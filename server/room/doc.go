// Package room keeps the live rooms: each has a run, paces its virtual time
// against the wall clock, and sends what happens to those who watch.
//
// A caller makes the Rooms once, and for each socket does this:
//
//	sub, err := rooms.Open(address, sc, open) // where it comes from, the scenario of the address, the client's first message
//	write(sub.Welcome())
//	go func() {
//		for {
//			data, more := sub.Next()
//			switch {
//			case data != nil:
//				write(data)
//			case more:
//				<-sub.Ready()
//			default:
//				return
//			}
//		}
//	}()
//	for {
//		sub.Receive(read())
//	}
//	sub.Leave()
//
// What a room does is package core, which has no clock. Here is the loop around
// it: one goroutine that sleeps until the next thing happens in the run, or
// somebody wants something. Whatever a room does, it does in its turn of the
// queue in which everything waits that costs (package fair); it pays for it, and
// so does the address that opened it. A room that waits long for its turns goes
// slower than asked.
//
// Everything is bounded. What waits for a client has a size in bytes: one that
// does not keep up loses what waits and gets a snapshot when it reads on; one
// that reads nothing is let go, and may come back. What a client asks for has a
// price: one that goes on above its limits is let go. What all rooms take
// together has a size: the rooms in which nobody is end first, then nobody new
// is let in, but for who comes from an address that has less than another.
//
// A room can show several worlds side by side: runs that differ in a few keys of
// their scenarios, with the same visitors, seed and commands, in step. A command
// goes to every world in which it is possible.
//
// Virtual time stands still while nobody looks. A room without subscribers is
// kept for a while, so that a client whose connection broke finds it as it was.
package room
