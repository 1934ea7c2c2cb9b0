package room

import (
	"slices"
	"time"

	"procession/server/wire"
	"procession/sim/scenario"
)

// handle does what a letter asks for.
func (r *Room) handle(l letter, now time.Time) {
	if e, ok := l.what.(entry); ok {
		r.admit(e, now)
		return
	}
	if !slices.Contains(r.subs, l.from) {
		return // it left before its letter was read
	}
	switch m := l.what.(type) {
	case leave:
		r.dismiss(l.from, now)
	case *wire.Error:
		r.tell(l.from, wire.Encode(m))
	case wire.Open:
		r.refuse(l.from, &wire.Error{Code: wire.BadMessage, Key: "type", Text: `A message of type "open" can only be the first on a connection.`})
	case wire.Do:
		r.do(l.from, m.Text, now)
	case wire.Play:
		r.play(l.from, true, now)
	case wire.Pause:
		r.play(l.from, false, now)
	case wire.Speed:
		r.settle(now)
		r.pacer.speed = m.Value
		r.repace(now)
		r.tellPace(now)
	case wire.Step:
		r.step(l.from, now)
	case wire.Reset:
		r.reset(now)
	case wire.Fork:
		r.fork(l.from, m, now)
	case wire.Away:
		r.away(l.from, m.Value, now)
	case wire.Resync:
		r.settle(now)
		if r.catchUp == nil {
			r.resync(l.from)
		}
	}
}

func (r *Room) refuse(sub *Subscriber, err *wire.Error) { r.tell(sub, wire.Encode(err)) }

// do gives a command to every world in which it is possible.
func (r *Room) do(sub *Subscriber, text string, now time.Time) {
	c, err := scenario.ParseCommand(text)
	if err != nil {
		r.refuse(sub, badCommand(err))
		return
	}
	r.settle(now)
	switch {
	case r.catchUp != nil:
		r.refuse(sub, catchingUp())
		return
	case r.ended():
		r.refuse(sub, runEnded())
		return
	case len(r.given) >= scenario.MaxCommands:
		r.refuse(sub, tooManyCommands())
		return
	}
	var done bool
	var refused error // by the first world that did
	for _, w := range r.worlds {
		applied, err := w.run.Apply(c)
		switch {
		case err == nil && !done:
			r.given, done = insert(r.given, applied), true
		case err != nil && refused == nil:
			refused = err
		}
	}
	if !done {
		r.refuse(sub, badCommand(refused))
		return
	}
	r.advance(r.now()) // also where it was not possible
	r.publish(now)
	r.repace(now)
}

// insert puts a command behind those of its moment and before.
func insert(list []scenario.Command, c scenario.Command) []scenario.Command {
	i := len(list)
	for i > 0 && list[i-1].At > c.At {
		i--
	}
	return slices.Insert(list, i, c)
}

// play lets time go on (true) or stand still.
func (r *Room) play(sub *Subscriber, on bool, now time.Time) {
	r.settle(now)
	if on && r.ended() {
		r.refuse(sub, runEnded())
		return
	}
	r.playing = on
	r.repace(now)
	r.tellPace(now)
}

// reset begins the scenarios anew without their commands.
func (r *Room) reset(now time.Time) {
	scs := r.scenarios()
	for i := range scs {
		scs[i].Do = nil
	}
	r.given = nil
	r.closeRuns()
	r.begin(scs)
	r.repace(now)
	r.resync(r.subs...)
}

// away says that a subscriber does not look, or looks again.
func (r *Room) away(sub *Subscriber, away bool, now time.Time) {
	r.settle(now)
	sub.away = away
	r.repace(now)
	if away || r.catchUp != nil {
		return
	}
	if sub.stale {
		r.resync(sub)
	} else {
		r.tell(sub, r.pace())
	}
}
