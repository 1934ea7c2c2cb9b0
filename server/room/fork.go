package room

import (
	"slices"
	"time"

	"procession/server/wire"
	"procession/sim/scenario"
)

// fork cuts the runs off at a moment, and brings new ones there: what came
// before is as it was, what comes after is open.
func (r *Room) fork(sub *Subscriber, m wire.Fork, now time.Time) {
	then := (*letter)(nil)
	if m.Text != "" {
		if _, err := scenario.ParseCommand(m.Text); err != nil {
			r.refuse(sub, badCommand(err)) // before anything is cut
			return
		}
		then = &letter{sub, wire.Do{Text: m.Text}}
	}
	r.settle(now)
	if r.catchUp != nil {
		r.refuse(sub, catchingUp())
		return
	}
	given := until(r.given, m.At)
	if at := r.now(); m.At > at || m.At == at && len(given) == len(r.given) {
		r.resync(sub) // there is nothing to cut off
		if then != nil {
			r.handle(*then, now)
		}
		return
	}
	scs := r.scenarios()
	for i := range scs {
		scs[i].Do = until(scs[i].Do, m.At)
	}
	r.given = given
	r.closeRuns()
	r.begin(scs)
	r.catchUp = newCatchUp(m.At)
	r.catchUp.then = then
	r.repace(now)
}

// until gives the commands up to and including a moment.
func until(all []scenario.Command, at int64) []scenario.Command {
	n := slices.IndexFunc(all, func(c scenario.Command) bool { return c.At > at })
	if n < 0 {
		n = len(all)
	}
	return slices.Clone(all[:n])
}
