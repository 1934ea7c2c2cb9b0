package core

import (
	"time"

	"procession/server/wire"
	"procession/sim/scenario"
)

// do takes a command through its four steps. Each stands by itself, so that
// between them a command can go to another place and come back.
func (r *Room) do(c *client, text string, now time.Time) {
	command, err := r.parse(text)
	if err != nil {
		r.refuse(c, badCommand(err))
		return
	}
	r.settle(now)
	if refused := r.check(command); refused != nil {
		r.refuse(c, refused)
		return
	}
	command = r.stamp(command)
	if _, err := r.o.Commands.Append(command); err != nil {
		r.refuse(c, notKept(err)) // it did not happen, here or anywhere
		return
	}
	r.apply(command)
	r.publish(now)
	r.repace(now)
}

// parse reads a command, which may ask for a handler of the author's own. All
// worlds have the same ones.
func (r *Room) parse(text string) (scenario.Command, error) {
	sc := r.worlds[0].run.Scenario()
	return sc.ParseCommand(text)
}

// check says whether any world can carry out a command now. The refusal is that
// of the first that cannot.
func (r *Room) check(c scenario.Command) *wire.Error {
	switch {
	case r.catchUp != nil:
		return catchingUp()
	case r.ended():
		return runEnded()
	case r.o.Commands.Len() >= scenario.MaxCommands, r.o.Commands.Size()+sizeOf(r.stamp(c)) > wire.MaxGiven:
		return tooManyCommands(r.o.Commands.Len())
	}
	var refused error
	for _, w := range r.worlds {
		err := w.run.Check(c)
		if err == nil {
			return nil
		}
		if refused == nil {
			refused = err
		}
	}
	return badCommand(refused)
}

// stamp gives a command its moment: the next microsecond.
func (r *Room) stamp(c scenario.Command) scenario.Command {
	c.At = r.now() + 1
	return c
}

// apply gives a stamped command to every world in which it is possible, and
// brings the others to its moment, too.
func (r *Room) apply(c scenario.Command) {
	for _, w := range r.worlds {
		if w.run.Check(c) == nil {
			w.run.Give(c)
		}
	}
	r.advance(c.At)
}

// prefix gives how many commands two lists have in common at their beginnings.
func prefix(a, b []scenario.Command) int {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return n
}
