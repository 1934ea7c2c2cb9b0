package room

import (
	"fmt"
	"runtime/debug"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"procession/server/wire"
	"procession/sim/scenario"
)

// forever is a wait that only a letter ends.
const forever time.Duration = -1

// Room is one live room. But for the fields of the first group, everything
// belongs to the goroutine that executes live.
type Room struct {
	rooms      *Rooms
	id         string
	inbox      chan letter
	quit       chan struct{} // closed: the room is to end
	done       chan struct{} // closed: the room has ended
	once       sync.Once     // of closing quit
	emptySince atomic.Int64  // wall time, ns, since when the last subscriber is gone; 0: somebody is here, or about to come

	worlds  []*world // at least one
	epoch   int64
	given   []scenario.Command // by At, those to come included; a world has those that are possible in it
	subs    []*Subscriber
	empty   time.Time // since when there are none
	playing bool      // what people asked for; time may stand still all the same
	pacer   pacer
	catchUp *catchUp // nil: the runs are at their moment

	framed time.Time // when the last frame went out
	spoke  time.Time // when a message last said what time it is
	frames [][]byte  // to be used again by publish; empty
}

// newRoom makes a room that lives when live is executed. epoch is the one
// that its client knew; the room's is the next.
func newRoom(rs *Rooms, id string, open wire.Open) *Room {
	return &Room{
		rooms:   rs,
		id:      id,
		inbox:   make(chan letter, inboxLen),
		quit:    make(chan struct{}),
		done:    make(chan struct{}),
		epoch:   open.Epoch,
		playing: open.Playing,
		pacer:   pacer{speed: open.Speed},
	}
}

// close asks the room to end.
func (r *Room) close() { r.once.Do(func() { close(r.quit) }) }

// post puts a letter into the inbox; it is lost when the room has ended.
func (r *Room) post(from *Subscriber, what any) {
	select {
	case r.inbox <- letter{from, what}:
	case <-r.done:
	}
}

// enter asks the room to let a client in. Neither a subscriber nor an error:
// the room has ended.
func (r *Room) enter(scs []scenario.Scenario, open wire.Open) (*Subscriber, *wire.Error) {
	reply := make(chan admission, 1)
	r.post(nil, entry{scs, open, reply})
	select {
	case a := <-reply:
		return a.sub, a.err
	case <-r.done:
	}
	select {
	case a := <-reply: // it answered before it ended
		return a.sub, a.err
	default:
		return nil, nil
	}
}

// live is the life of the room: begin the runs, then sleep until a letter comes
// or the next thing is due.
func (r *Room) live(scs []scenario.Scenario, at int64) {
	defer close(r.done)
	end := Failed
	defer func() { r.end(end, recover()) }()

	r.empty = time.Now()
	r.given = slices.Clone(scs[0].Do)
	r.begin(scs)
	if at > 0 {
		r.catchUp = newCatchUp(at)
	}
	timer := time.NewTimer(keptFor)
	defer timer.Stop()
	for {
		select {
		case l := <-r.inbox:
			r.handle(l, time.Now())
		case <-timer.C:
		case <-r.quit:
			end = Closed
			return
		}
		now := time.Now()
		if r.expired(now) {
			end = Closed
			return
		}
		wait := r.turn(now)
		if err := r.err(); err != nil {
			for _, sub := range r.subs {
				r.refuse(sub, runStuck(err))
			}
			return
		}
		if wait == forever {
			timer.Stop()
		} else {
			timer.Reset(wait)
		}
	}
}

// end ends the room. broke is what a run panicked with: that must not take
// the server down.
func (r *Room) end(end End, broke any) {
	if broke != nil {
		r.rooms.o.Logger.Error("a run broke", "room", r.id, "panic", fmt.Sprint(broke), "stack", string(debug.Stack()))
		for _, sub := range r.subs {
			sub.offer(wire.Encode(runFailed()))
		}
	}
	r.rooms.forget(r)
	for _, sub := range r.subs {
		sub.end = end
		close(sub.queue)
	}
	defer func() {
		if v := recover(); v != nil {
			r.rooms.o.Logger.Error("the runs could not be closed", "room", r.id, "panic", fmt.Sprint(v))
		}
	}()
	r.closeRuns()
}

// expired says whether nobody came back in time.
func (r *Room) expired(now time.Time) bool {
	return len(r.subs) == 0 && now.Sub(r.empty) >= keptFor
}

// turn does what is due and says how long to sleep.
func (r *Room) turn(now time.Time) time.Duration {
	switch {
	case len(r.subs) == 0:
		return keptFor - now.Sub(r.empty)
	case r.catchUp != nil && r.attended():
		r.slice()
		return 0
	case !r.pacer.going:
		return forever
	}
	if next, ok := r.next(); ok && next <= r.pacer.now(now) && now.Sub(r.framed) >= frameGap {
		r.settle(now)
	}
	if now.Sub(r.spoke) >= paceGap {
		r.settle(now)
		r.tellPace(now)
	}
	if !r.pacer.going { // the run ended
		return forever
	}
	wait := r.spoke.Add(paceGap).Sub(now)
	if next, ok := r.next(); ok {
		wait = min(wait, max(r.pacer.until(next, now), r.framed.Add(frameGap).Sub(now)))
	}
	return max(wait, 0)
}

// attended says whether anybody looks.
func (r *Room) attended() bool {
	for _, sub := range r.subs {
		if !sub.away {
			return true
		}
	}
	return false
}

// settle brings the runs to the moment that is due, and publishes.
func (r *Room) settle(now time.Time) {
	if !r.pacer.going {
		return
	}
	due := min(r.pacer.now(now), wire.MaxMoment)
	for !r.dense() {
		next, ok := r.next()
		if !ok || next > due {
			r.advance(due)
			break
		}
		r.advance(next)
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
	r.pacer.going = r.playing && r.attended() && r.catchUp == nil && !r.ended()
	if r.pacer.going {
		r.spoke = now // a whole paceGap from here
	}
}
