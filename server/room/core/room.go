package core

import (
	"slices"
	"time"

	"procession/server/wire"
	"procession/sim/scenario"
)

// Forever is a wait that only a letter ends.
const Forever time.Duration = -1

// Options are what a room needs beside its scenarios.
type Options struct {
	New       func(scenario.Scenario) Run // makes a run
	Commands  Commands                    // empty, or those that the room has had before
	StoreAddr string                      // where redis-cli can look into a run's store; may be empty
	// Opened, when set, is called with the run whose store is worth a look from
	// outside, each time it begins anew; Closing before any run is closed.
	Opened, Closing func(Run)
}

// Room is one live room. It is used by one goroutine at a time.
type Room struct {
	o        Options
	id       string
	worlds   []*world // at least one, once it has begun
	epoch    int64
	told     int // the position in the commands when something was published last
	clients  []*client
	empty    time.Time // since when there are none
	playing  bool      // what people asked for; time may stand still all the same
	pacer    pacer
	catchUp  *catchUp  // nil: the runs are at their moment
	stepping *stepping // nil: nobody steps
	err      error     // why the commands cannot be kept

	settled time.Time // when the runs were last brought to the moment that was due
	framed  time.Time // when the last frame went out
	spoke   time.Time // when a message last said what time it is
	shown   shown     // the pictures of all worlds, as they were asked for last

	out   []Out
	spent func() bool // whether the turn has been long enough
}

// New makes a room, in which nothing happens before Begin. open says the pace,
// and the epoch that the client knew; the room's is the next.
func New(o Options, id string, open wire.Open) *Room {
	return &Room{o: o, id: id, epoch: open.Epoch, playing: open.Playing, pacer: pacer{speed: open.Speed}, spent: never}
}

func never() bool { return false }

// Begin begins the runs of the worlds, the page's own first, which are brought
// to a virtual moment, µs, as soon as somebody looks.
func (r *Room) Begin(scs []scenario.Scenario, at int64, now time.Time) {
	r.empty = now
	for _, c := range scs[0].Do[min(r.o.Commands.Len(), len(scs[0].Do)):] {
		if _, err := r.o.Commands.Append(c); err != nil {
			r.err = err
		}
	}
	r.begin(scs)
	if at > 0 {
		r.catchUp = newCatchUp(at, now)
	}
}

// Turn does what is due, gives all messages since the turn before, and says how
// long to wait for the next one; less than 0: for a letter. spent says whether
// the turn has been long enough: the next one goes on then.
func (r *Room) Turn(now time.Time, spent func() bool) (out []Out, wait time.Duration) {
	r.spent = spent
	defer func() { r.spent = never }()
	if r.Err() == nil {
		wait = r.turn(now)
	}
	if err := r.Err(); err != nil {
		wait = Forever
	}
	out, r.out = r.out, nil
	return out, wait
}

// turn does what is due and says how long to wait.
func (r *Room) turn(now time.Time) time.Duration {
	switch {
	case len(r.clients) == 0:
		return r.keptFor() - now.Sub(r.empty)
	case r.catchUp != nil && r.attended():
		r.approach(now)
		return 0
	case r.stepping != nil:
		r.stride(now)
		return 0
	}
	if r.unsent() && now.Sub(r.framed) >= frameGap { // it came from outside
		r.settle(now)
		r.publish(now)
	}
	if r.pacer.going {
		r.keepPace(now)
	}
	wait := Forever
	if r.pacer.going {
		wait = max(0, r.spoke.Add(paceGap).Sub(now))
		if next, ok := r.next(); ok {
			wait = min(wait, max(0, r.pacer.until(next, now), r.framed.Add(frameGap).Sub(now)))
		}
	}
	if r.unsent() {
		if soon := max(0, r.framed.Add(frameGap).Sub(now)); wait == Forever || soon < wait {
			wait = soon
		}
	}
	return wait
}

// keepPace does what is due of runs that play.
func (r *Room) keepPace(now time.Time) {
	if next, ok := r.next(); ok && next <= r.pacer.now(now) && now.Sub(r.framed) >= frameGap {
		r.settle(now)
	}
	if now.Sub(r.spoke) >= paceGap {
		r.settle(now)
		r.tellPace(now)
	}
}

// Expired says whether nobody came back in time.
func (r *Room) Expired(now time.Time) bool {
	return len(r.clients) == 0 && now.Sub(r.empty) >= r.keptFor()
}

// keptFor is how long the room outlives its last client: the larger it is, the
// shorter, since any server can play its run again.
func (r *Room) keptFor() time.Duration {
	size := max(r.Size(), ordinarySize)
	return max(leastKept, KeptFor*ordinarySize/time.Duration(size))
}

// Attended says whether anybody looks.
func (r *Room) Attended() bool { return r.attended() }

// attended says whether anybody looks.
func (r *Room) attended() bool {
	return slices.ContainsFunc(r.clients, func(c *client) bool { return !c.away })
}

// settle brings the runs to the moment that is due, or, when the turn is spent
// before that, nearer to it; and publishes.
func (r *Room) settle(now time.Time) {
	if !r.pacer.going {
		return
	}
	if late := now.Sub(r.settled) - mostLate; late > 0 {
		r.pacer.delay(late)
	}
	r.settled = now
	due := min(r.pacer.now(now), wire.MaxMoment)
	for !r.dense() {
		next, ok := r.next()
		if !ok || next > due {
			r.advance(due)
			break
		}
		r.advance(next)
		if r.spent() {
			break
		}
	}
	if r.now() < due {
		// Either the runs ended before, or they are too dense for their speed.
		// Then they go slower than asked, and do not fall ever more behind.
		r.pacer.anchor(r.now(), now)
	}
	r.publish(now)
	if r.ended() {
		r.repace(now)
		r.tellPace(now)
	}
}

// repace lets time go or stand still, as people and the run want it. Who
// changes any of that has settled before.
func (r *Room) repace(now time.Time) {
	r.pacer.anchor(r.now(), now)
	r.settled = now
	r.pacer.going = r.playing && r.attended() && r.catchUp == nil && !r.ended()
	if r.pacer.going {
		r.spoke = now // a whole paceGap from here
	}
}

// Err says why the room can go no further: a run cannot, or the commands could
// not be kept.
func (r *Room) Err() error {
	if r.err != nil {
		return r.err
	}
	for _, w := range r.worlds {
		if err := w.run.Err(); err != nil {
			return err
		}
	}
	return nil
}

// Close ends the runs.
func (r *Room) Close() { r.closeRuns() }
