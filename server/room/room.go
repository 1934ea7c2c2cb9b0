package room

import (
	"fmt"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"procession/server/wire"
	"procession/sim/scenario"
	"procession/sim/trace"
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

	run      Run
	epoch    int64
	commands int // of the run, those to come included
	subs     []*Subscriber
	empty    time.Time // since when there are none
	playing  bool      // what people asked for; time may stand still all the same
	pacer    pacer
	catchUp  *catchUp // nil: the run is at its moment

	seen     int                   // Seq of the last event that was looked at
	answered map[trace.TextID]bool // visitors who have had an answer
	sent     int                   // Seq of the last event that was published
	texts    int                   // number of texts that were published
	framed   time.Time             // when the last frame went out
	spoke    time.Time             // when a message last said what time it is
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
func (r *Room) enter(sc scenario.Scenario, open wire.Open) (*Subscriber, *wire.Error) {
	reply := make(chan admission, 1)
	r.post(nil, entry{sc, open, reply})
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

// live is the life of the room: begin the run, then sleep until a letter comes
// or the next thing is due.
func (r *Room) live(sc scenario.Scenario, at int64) {
	defer close(r.done)
	end := Failed
	defer func() { r.end(end, recover()) }()

	r.empty = time.Now()
	r.begin(sc)
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
		if err := r.run.Err(); err != nil {
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

// begin begins a run of its own epoch, at time 0.
func (r *Room) begin(sc scenario.Scenario) {
	r.run = r.rooms.o.New(sc)
	r.run.Advance(0) // so that there is a picture
	r.epoch++
	r.commands = len(sc.Do)
	r.answered = map[trace.TextID]bool{}
	r.seen = 0
	r.look()
	r.skip()
	r.catchUp = nil
	if opened := r.rooms.o.Opened; opened != nil {
		opened(r.run)
	}
}

// closeRun ends the run.
func (r *Room) closeRun() {
	if closing := r.rooms.o.Closing; closing != nil {
		closing(r.run)
	}
	r.run.Close()
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
	if r.run == nil {
		return
	}
	defer func() {
		if v := recover(); v != nil {
			r.rooms.o.Logger.Error("a run could not be closed", "room", r.id, "panic", fmt.Sprint(v))
		}
	}()
	r.closeRun()
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
	if next, ok := r.run.Next(); ok && next <= r.pacer.now(now) && now.Sub(r.framed) >= frameGap {
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
	if next, ok := r.run.Next(); ok {
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

// ended says whether the run is over.
func (r *Room) ended() bool { return r.run.Ended() || r.run.Now() >= wire.MaxMoment }

// settle brings the run to the moment that is due, and publishes.
func (r *Room) settle(now time.Time) {
	if !r.pacer.going {
		return
	}
	due := min(r.pacer.now(now), wire.MaxMoment)
	log := r.run.Log()
	for log.Len()-r.sent < frameEvents {
		next, ok := r.run.Next()
		if !ok || next > due {
			r.run.Advance(due)
			break
		}
		r.run.Advance(next)
	}
	if r.run.Now() < due {
		// Either the run ended before, or it is too dense for its speed.
		// Then it goes slower than asked, and does not fall ever more behind.
		r.pacer.anchor(r.run.Now(), now)
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
	r.pacer.anchor(r.run.Now(), now)
	r.pacer.going = r.playing && r.attended() && r.catchUp == nil && !r.ended()
	if r.pacer.going {
		r.spoke = now // a whole paceGap from here
	}
}
