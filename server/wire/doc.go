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
// Its scenario holds every command, also those that are still to come; those
// that were applied are in its state.
//
// A room can show several worlds side by side. Snapshots and frames then say
// which world they are of, and each world has its own events and texts; a
// snapshot always comes for all of them.
//
// AppendPast is not for the websocket: it answers who asks over HTTP for events
// that a page never received.
//
// The files in testdata are such messages. The tests of the server and those
// of the browser read the same files.
package wire
