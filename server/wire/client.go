package wire

// ClientMessage is what a browser sends: one of the types in this file.
type ClientMessage interface{ clientMessage() }

// Open is the first message on a socket. Room, Epoch and Seq are the position
// at which a client that was here before wants to go on.
type Open struct {
	At      int64 // virtual µs at which a run that is not known here begins to be shown
	Room    string
	Epoch   int64
	Seq     int64 // the last event that the client has
	Playing bool
	Speed   float64
	Do      string   // the run's commands, where the address has no place for them; in the words of the grammar's key do
	Worlds  []string // what other worlds, beside the page's own, have differently; each a query of the grammar
}

// Do gives a command of the grammar, such as "crash 1".
type Do struct{ Text string }

// Play lets time go on.
type Play struct{}

// Pause lets time stand still.
type Pause struct{}

// Speed sets the pace, one of Speeds.
type Speed struct{ Value float64 }

// Step runs to the next milestone and pauses there.
type Step struct{}

// Reset begins the scenario anew, without its commands.
type Reset struct{}

// Fork cuts a run off at a moment and lets another future begin there.
type Fork struct {
	At   int64  // virtual µs
	Text string // a command that the new future begins with; may be empty
}

// Away says that nobody looks at the page (true), or again does (false).
type Away struct{ Value bool }

// Resync asks for a snapshot, because the client lost the thread.
type Resync struct{}

func (Open) clientMessage()   {}
func (Do) clientMessage()     {}
func (Play) clientMessage()   {}
func (Pause) clientMessage()  {}
func (Speed) clientMessage()  {}
func (Step) clientMessage()   {}
func (Reset) clientMessage()  {}
func (Fork) clientMessage()   {}
func (Away) clientMessage()   {}
func (Resync) clientMessage() {}
