package room

import (
	"procession/server/wire"
	"procession/sim/scenario"
)

// letter is what comes through a room's inbox: a wire.ClientMessage, a
// *wire.Error for the sender, or one of the types below. from is nil for one
// who wants in.
type letter struct {
	from *Subscriber
	what any
}

// leave says that a subscriber is gone.
type leave struct{}

// entry asks to be let in; reply has room for the answer.
type entry struct {
	scs   []scenario.Scenario // of the worlds, the page's own first
	open  wire.Open
	reply chan admission
}

// admission is the answer to an entry: one of the two.
type admission struct {
	sub *Subscriber
	err *wire.Error
}
