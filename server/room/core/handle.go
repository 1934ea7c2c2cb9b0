package core

import (
	"time"

	"procession/server/wire"
)

// Handle does what a client asks for. m is also a *wire.Error, which the client
// is told. What a client asks that is not here is not done.
func (r *Room) Handle(id ID, m any, now time.Time) {
	c := r.find(id)
	if c == nil || r.Err() != nil {
		return
	}
	switch m := m.(type) {
	case *wire.Error:
		r.refuse(c, m)
	case wire.Open:
		r.refuse(c, &wire.Error{Code: wire.BadMessage, Key: "type", Text: `A message of type "open" can only be the first on a connection.`})
	case wire.Do:
		r.do(c, m.Text, now)
	case wire.Play:
		r.play(c, true, now)
	case wire.Pause:
		r.play(c, false, now)
	case wire.Speed:
		r.settle(now)
		r.pacer.speed = m.Value
		r.repace(now)
		r.tellPace(now)
	case wire.Step:
		r.step(c, now)
	case wire.Reset:
		r.reset(c, now)
	case wire.Fork:
		r.fork(c, m, now)
	case wire.Away:
		r.away(c, m.Value, now)
	case wire.Resync:
		r.settle(now)
		if r.catchUp == nil {
			r.resync(now, c)
		}
	}
}

// play lets time go on (true) or stand still.
func (r *Room) play(c *client, on bool, now time.Time) {
	r.settle(now)
	if on && r.ended() {
		r.refuse(c, runEnded())
		return
	}
	r.playing = on
	r.stepping = nil
	r.repace(now)
	r.tellPace(now)
}

// away says that a client does not look, or looks again.
func (r *Room) away(c *client, away bool, now time.Time) {
	r.settle(now)
	c.away = away
	r.repace(now)
	if away || r.catchUp != nil {
		return
	}
	if c.stale {
		r.resync(now, c)
	} else {
		r.send(c, [][]byte{r.pace()})
	}
}
