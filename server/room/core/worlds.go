package core

import (
	"slices"

	"procession/server/wire"
	"procession/sim/scenario"
	"procession/sim/trace"
)

// The worlds of a room go through virtual time in step. What is said here of
// all of them is what would be said of the run where there is only one.

// begin begins the runs of an epoch of their own, at time 0.
func (r *Room) begin(scs []scenario.Scenario) {
	r.epoch++
	r.catchUp, r.stepping, r.shown = nil, nil, shown{}
	for i, sc := range scs {
		w := &world{number: i, run: r.o.New(sc), visitors: len(sc.Names), answered: map[trace.TextID]bool{}}
		r.worlds = append(r.worlds, w)
		w.run.Advance(0) // so that there is a picture
		w.look()
		w.skip()
	}
	if opened := r.o.Opened; opened != nil {
		opened(r.visible(scs).run)
	}
}

// visible gives the world whose store people from outside look into: the first
// that has its sessions there, else the page's own.
func (r *Room) visible(scs []scenario.Scenario) *world {
	i := slices.IndexFunc(scs, func(sc scenario.Scenario) bool { return sc.Mode == scenario.Store })
	return r.worlds[max(i, 0)]
}

// closeRuns ends the runs.
func (r *Room) closeRuns() {
	all := r.worlds
	r.worlds = nil
	for _, w := range all {
		if closing := r.o.Closing; closing != nil {
			closing(w.run)
		}
		w.run.Close()
	}
}

// scenarios gives what each world began with, its own commands included.
func (r *Room) scenarios() []scenario.Scenario {
	var scs []scenario.Scenario
	for _, w := range r.worlds {
		scs = append(scs, w.run.Scenario())
	}
	return scs
}

// now gives the virtual moment, µs, that the room has reached. A world that
// has ended stays behind.
func (r *Room) now() int64 {
	now := int64(0)
	for _, w := range r.worlds {
		now = max(now, w.run.Now())
	}
	return now
}

// next says when the next thing happens; not ok: nothing is left.
func (r *Room) next() (ts int64, ok bool) {
	for _, w := range r.worlds {
		if t, more := w.run.Next(); more && (!ok || t < ts) {
			ts, ok = t, true
		}
	}
	return ts, ok
}

// advance does everything up to a moment.
func (r *Room) advance(to int64) {
	for _, w := range r.worlds {
		w.run.Advance(to)
	}
}

// look says whether a milestone, or an answer of any kind, was among the
// events since it was called last.
func (r *Room) look() (milestone, answer bool) {
	for _, w := range r.worlds {
		m, a := w.look()
		milestone, answer = milestone || m, answer || a
	}
	return milestone, answer
}

// dense says whether as much has happened as frames can take.
func (r *Room) dense() bool {
	for _, w := range r.worlds {
		if w.unsent() >= frameEvents {
			return true
		}
	}
	return false
}

// ended says whether all runs are over.
func (r *Room) ended() bool {
	return r.now() >= wire.MaxMoment || !slices.ContainsFunc(r.worlds, func(w *world) bool { return !w.run.Ended() })
}

// unsent says whether anything happened that nobody has yet.
func (r *Room) unsent() bool {
	return slices.ContainsFunc(r.worlds, func(w *world) bool { return w.unsent() > 0 })
}
