// Package wire is what crosses the websocket, both ways: JSON text messages,
// each an object with a "type".
//
// The server reads what a browser sends with Decode:
//
//	m, err := wire.Decode(data)
//	switch m := m.(type) {
//	case wire.Do:
//		apply(m.Text)
//	case wire.Speed:
//		pace(m.Value)
//	}
//
// and writes with Encode, or, for the many, with AppendFrame.
//
// A client needs no table of its own: Welcome carries the schema, which names
// every kind of event, its fields, and the words that numbers stand for. A
// frame is then one flat array of integers, for each event: its kind, its
// moment less the moment of the event before (the first of a frame: the moment
// itself), and the fields of its kind in the order of the schema. Texts are
// numbers too; a frame brings those that are new, and base says where in the
// client's table they go.
//
// Frames follow one another without a gap: the events of a frame end at its
// seq, and there are as many as the array holds. After a gap that cannot be
// closed comes a Snapshot, which replaces everything that the client knew.
//
// The commands of a run, those that are still to come included, are a list in
// the order in which they were given, and a position in it says how many there
// are. A client has the list of its address; it learns of more by the events
// that apply them. A Snapshot has no command, but a position and the numbers of
// those that were applied. Where the client's list is not that far, or not the
// same, a Given comes before it and says which are missing.
//
// An address can hold some kilobytes. Where the commands need more, a page has
// them in the part of its address that is not sent, and an Open brings them.
//
// A room can show several worlds side by side. Snapshots and frames then say
// which world they are of, and each world has its own events and texts; a
// snapshot always comes for all of them.
//
// A server that has nothing to say says a Beat, so that a page knows one from a
// connection that has stopped without being closed.
//
// AppendPast is not for the websocket: it answers who asks over HTTP for events
// that a page never received.
//
// The files in testdata are such messages. The tests of the server and those
// of the browser read the same files.
package wire
