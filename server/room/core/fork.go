package core

import (
	"slices"
	"time"

	"procession/server/wire"
	"procession/sim/scenario"
)

// fork cuts the runs off at a moment, and brings new ones there: what came
// before is as it was, what comes after is open.
func (r *Room) fork(c *client, m wire.Fork, now time.Time) {
	then := wire.ClientMessage(nil)
	if m.Text != "" {
		if _, err := r.parse(m.Text); err != nil {
			r.refuse(c, badCommand(err)) // before anything is cut
			return
		}
		then = wire.Do{Text: m.Text}
	}
	r.settle(now)
	switch {
	case r.pushed():
		r.refuse(c, fromOutside())
		return
	case r.catchUp != nil:
		r.refuse(c, catchingUp())
		return
	}
	later := slices.ContainsFunc(r.o.Commands.After(0), func(c scenario.Command) bool { return c.At > m.At })
	if at := r.now(); m.At > at || m.At == at && !later {
		r.resync(now, c) // there is nothing to cut off
		if then != nil {
			r.Handle(c.id, then, now)
		}
		return
	}
	scs := r.scenarios()
	for i := range scs {
		scs[i].Do = until(scs[i].Do, m.At)
	}
	if !r.cut(m.At) {
		return
	}
	r.closeRuns()
	r.begin(scs)
	r.catchUp = newCatchUp(m.At, now)
	r.catchUp.by, r.catchUp.then = c.id, then
	r.repace(now)
}

// reset begins the scenarios anew without their commands.
func (r *Room) reset(c *client, now time.Time) {
	if r.pushed() {
		r.refuse(c, fromOutside())
		return
	}
	scs := r.scenarios()
	for i := range scs {
		scs[i].Do = nil
	}
	if !r.cut(-1) {
		return
	}
	r.closeRuns()
	r.begin(scs)
	r.repace(now)
	r.resync(now, r.clients...)
}

// cut takes the commands after a moment off the list, and says whether that
// could be done.
func (r *Room) cut(at int64) bool {
	before := slices.Clone(r.o.Commands.After(0))
	if r.err = r.o.Commands.Cut(at); r.err != nil {
		return false
	}
	same := prefix(before, r.o.Commands.After(0))
	for _, c := range r.clients {
		c.came, c.known = min(c.came, same), min(c.known, same)
	}
	r.told = r.o.Commands.Len()
	return true
}

// until gives the commands up to and including a moment.
func until(all []scenario.Command, at int64) []scenario.Command {
	n := slices.IndexFunc(all, func(c scenario.Command) bool { return c.At > at })
	if n < 0 {
		n = len(all)
	}
	return slices.Clone(all[:n])
}
