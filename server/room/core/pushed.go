package core

import (
	"time"

	"procession/sim/scenario"
	"procession/sim/trace"
)

// Pushed is a run whose events come from outside, at their own time: one that
// was recorded, or that happens elsewhere.
type Pushed struct {
	sc      scenario.Scenario
	log     *trace.Log
	picture *trace.Picture
	now     int64
	ended   bool
	err     error
}

var _ Run = (*Pushed)(nil)

// NewPushed makes a run in which nothing has happened.
func NewPushed(sc scenario.Scenario) *Pushed {
	log := trace.NewLog()
	log.SetOwn(sc.OwnWords())
	return &Pushed{sc: sc, log: log, picture: trace.NewPicture(sc.Values())}
}

// Push adds an event of another log. An event that is late keeps its moment,
// but for one before the last, which happens at the last's.
func (p *Pushed) Push(from *trace.Log, e trace.Event) {
	if p.ended || p.err != nil {
		return
	}
	if n := p.log.Len(); n > 0 {
		e.Ts = max(e.Ts, p.log.At(n).Ts)
	}
	e.Visitor = p.log.ID(from.Text(e.Visitor)) // which the room remembers
	for _, id := range []*trace.TextID{&e.Sid, &e.Text, &e.Note} {
		*id = p.log.Passing(from.Text(*id))
	}
	e.Seq = int64(p.log.Len()) + 1
	if p.err = p.picture.Apply(p.log, &e); p.err != nil {
		return // what cannot be is not told
	}
	p.log.Append(e)
	p.now = max(p.now, e.Ts)
	p.ended = e.Kind == trace.RunEnded
}

// Now gives the moment that the run has reached, in virtual µs.
func (p *Pushed) Now() int64 { return p.now }

// Next says nothing: nobody knows when the next event comes.
func (p *Pushed) Next() (ts int64, ok bool) { return 0, false }

// Advance lets time pass.
func (p *Pushed) Advance(to int64) {
	if !p.ended && p.err == nil {
		p.now = max(p.now, to)
	}
}

// Check refuses every command: what happens is not decided here.
func (p *Pushed) Check(c scenario.Command) error {
	return &scenario.Error{Key: "command", Value: c.String(), Allowed: "nothing here, since this run happens elsewhere"}
}

// Give is never called, since Check refuses.
func (p *Pushed) Give(scenario.Command) { panic("core: Pushed.Give: a command that was refused") }

// Log gives the events so far.
func (p *Pushed) Log() *trace.Log { return p.log }

// Snapshot gives the picture as it is now.
func (p *Pushed) Snapshot() trace.Snapshot { return p.picture.Snapshot() }

// Ended says whether the run is over.
func (p *Pushed) Ended() bool { return p.ended }

// Err says why the events fold to no picture.
func (p *Pushed) Err() error { return p.err }

// Scenario gives the scenario.
func (p *Pushed) Scenario() scenario.Scenario { return p.sc }

// Close does nothing: there is nothing to end.
func (p *Pushed) Close() {}

// Push adds events of a log to the run of a world, which is a Pushed one. They
// are published with the next frame, also while time stands still.
func (r *Room) Push(world int, from *trace.Log, events []trace.Event, now time.Time) {
	run, ok := r.worlds[world].run.(*Pushed)
	if !ok {
		panic("core: Room.Push: a world whose run makes its own events")
	}
	for _, e := range events {
		run.Push(from, e)
	}
	if len(r.clients) == 0 {
		r.skip() // nobody waits for them
	}
	if r.ended() {
		r.settle(now)
		r.publish(now)
		r.repace(now)
		r.tellPace(now)
	}
}

// pushed says whether what happens is decided elsewhere.
func (r *Room) pushed() bool {
	for _, w := range r.worlds {
		if _, ok := w.run.(*Pushed); ok {
			return true
		}
	}
	return false
}
