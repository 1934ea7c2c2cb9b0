package replay

import (
	"context"
	"errors"

	"procession/sim"
	"procession/sim/scenario"
)

// atOnce is how many runs are played at once.
const atOnce = 8

// ErrBusy says that as many runs are being played as may be.
var ErrBusy = errors.New("replay: too many runs are being played")

// Heavy does something that takes some milliseconds of a core, when there is
// one to spare. The error is the context's: then nothing was done.
type Heavy func(ctx context.Context, do func()) error

// Player plays runs.
type Player struct {
	heavy Heavy
	slots chan struct{}
}

// NewPlayer makes a player.
func NewPlayer(heavy Heavy) *Player {
	return &Player{heavy: heavy, slots: make(chan struct{}, atOnce)}
}

// Begin begins a run at time 0. It must be closed. The error is ErrBusy.
func (p *Player) Begin(sc scenario.Scenario) (*Replay, error) {
	select {
	case p.slots <- struct{}{}:
		return &Replay{player: p, run: sim.New(sc)}, nil
	default:
		return nil, ErrBusy
	}
}
