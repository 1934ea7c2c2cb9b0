package room

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync/atomic"
	"time"

	"procession/server/fair"
	"procession/server/room/core"
	"procession/server/wire"
	"procession/sim"
	"procession/sim/scenario"
)

// Room is the loop around the core of one live room: it has the clock, the
// clients, and a turn in the queue of all that costs. But for the fields of the
// first group, everything belongs to the goroutine that executes live.
type Room struct {
	rooms   *Rooms
	id      string
	who     fair.Who   // who pays for it
	entries chan entry // those who want in
	inbox   *inbox     // what those who are in want
	ctx     context.Context
	close   context.CancelFunc // asks the room to end
	done    chan struct{}      // closed: the room has ended
	why     *wire.Error        // once it has: why, if that is worth a word
	link    string             // to its run, as it began

	// What the set of rooms wants to know to choose between them.
	emptySince atomic.Int64 // wall time, ns, since when the last subscriber is gone; 0: somebody is here, or about to come
	heard      atomic.Int64 // wall time, ns, when a client last came or asked for something
	unattended atomic.Bool  // nobody looks
	size       int64        // about its bytes of memory; rooms.mu guards it

	core     *core.Room
	subs     map[core.ID]*Subscriber
	last     core.ID   // that was given to a subscriber
	sized    time.Time // when size was looked at
	tooLarge bool      // it takes more memory than it may
	lagging  bool      // a subscriber may have read nothing for a while
}

// entry asks to be let in; reply has room for the answer.
type entry struct {
	scs   []scenario.Scenario // of the worlds, the page's own first
	open  wire.Open
	reply chan admission
}

// admission is the answer to an entry: one of the two.
type admission struct {
	sub *Subscriber
	err *wire.Error
}

// newRoom makes a room that lives when live is executed.
func newRoom(rs *Rooms, id, address, link string, open wire.Open) *Room {
	ctx, cancel := context.WithCancel(context.Background())
	r := &Room{
		rooms:   rs,
		id:      id,
		who:     fair.Who{Client: id, Address: address},
		entries: make(chan entry),
		inbox:   newInbox(),
		ctx:     ctx,
		close:   cancel,
		done:    make(chan struct{}),
		link:    link,
		subs:    map[core.ID]*Subscriber{},
		core: core.New(core.Options{
			New:       rs.o.New,
			Commands:  &core.Memory{},
			StoreAddr: rs.o.StoreAddr,
			Opened:    rs.o.Opened,
			Closing:   rs.o.Closing,
		}, id, open),
	}
	r.heard.Store(time.Now().UnixNano())
	return r
}

// enter asks the room to let a client in. Neither a subscriber nor an error:
// the room has ended.
func (r *Room) enter(scs []scenario.Scenario, open wire.Open) (*Subscriber, *wire.Error) {
	reply := make(chan admission, 1)
	select {
	case r.entries <- entry{scs, open, reply}:
	case <-r.done:
		return nil, nil
	}
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

// live is the life of the room: begin the runs, then sleep until somebody wants
// something or the next thing is due.
func (r *Room) live(scs []scenario.Scenario, at int64) {
	defer close(r.done)
	end, why := Failed, runFailed(r.link) // when it breaks
	defer func() { r.end(end, why, recover()) }()
	defer r.close()

	if r.act(func(func() bool) { r.core.Begin(scs, at, time.Now()) }) != nil {
		end, why = Closed, nil
		return
	}
	timer := time.NewTimer(core.KeptFor)
	defer timer.Stop()
	for {
		var in *entry
		select {
		case e := <-r.entries:
			in = &e
		case <-r.inbox.bell:
		case <-timer.C:
		case <-r.ctx.Done():
		}
		var wait time.Duration
		err := r.act(func(spent func() bool) { wait = r.turn(in, spent) })
		broken := r.core.Err()
		switch {
		case err != nil, r.core.Expired(time.Now()):
			end, why = Closed, nil
			return
		case r.tooLarge:
			why = tooLarge()
			return
		case broken != nil:
			why = core.Failed(broken)
			r.report(broken)
			return
		}
		if wait < 0 {
			timer.Stop()
		} else {
			timer.Reset(wait)
		}
	}
}

// idler says whether a room can be done without sooner than another.
func (r *Room) idler(other *Room) bool {
	if away := r.unattended.Load(); away != other.unattended.Load() {
		return away
	}
	return r.heard.Load() < other.heard.Load()
}

// act does something that costs, in the room's turn. The error says that the
// room is to end.
func (r *Room) act(do func(spent func() bool)) error { return r.rooms.o.Turns.Do(r.ctx, r.who, do) }

// turn does what clients want and what is due, and says how long to sleep.
func (r *Room) turn(in *entry, spent func() bool) time.Duration {
	now := time.Now()
	for _, sub := range r.inbox.gone() {
		r.dismiss(sub, now)
	}
	if in != nil {
		r.admit(*in, now)
	}
	for !spent() {
		sub, letter, ok := r.inbox.take()
		if !ok {
			break
		}
		if sub.left() {
			continue // nobody waits for it
		}
		began := time.Now()
		r.heard.Store(began.UnixNano())
		r.core.Handle(sub.id, letter, began)
		sub.bucket.charge(time.Since(began))
	}
	now = time.Now()
	out, wait := r.core.Turn(now, spent)
	r.deliver(out, now)
	r.unattended.Store(!r.core.Attended())
	r.measure(now)
	if !r.inbox.empty() {
		return 0
	}
	return wait
}

// admit lets a client in, unless the core refuses it.
func (r *Room) admit(e entry, now time.Time) {
	r.last++
	sub := &Subscriber{room: r, id: r.last, queue: newQueue(), letters: make(chan any, letters), gone: make(chan struct{})}
	welcome, refused := r.core.Enter(sub.id, e.scs, e.open, now)
	if refused != nil {
		e.reply <- admission{err: refused}
		return
	}
	sub.welcome = welcome
	r.subs[sub.id] = sub
	r.emptySince.Store(0)
	r.heard.Store(now.UnixNano())
	e.reply <- admission{sub: sub}
}

// dismiss takes a subscriber off the list.
func (r *Room) dismiss(sub *Subscriber, now time.Time) {
	if r.subs[sub.id] != sub {
		return
	}
	delete(r.subs, sub.id)
	r.core.Leave(sub.id, now)
	sub.queue.finish(Left, nil)
	if len(r.subs) == 0 {
		r.emptySince.Store(now.UnixNano())
		r.rooms.emptied(r.who.Address)
	}
}

// deliver queues messages for those whom they are for. Who does not keep up
// loses what waits, and who reads nothing for long is let go.
func (r *Room) deliver(out []core.Out, now time.Time) {
	for _, o := range out {
		sub := r.subs[o.To]
		if sub != nil && !sub.queue.offer(o.Messages, o.Whole, now) {
			r.core.Lag(o.To)
			r.lagging = true
		}
	}
	if !r.lagging {
		return
	}
	r.lagging = false
	for _, sub := range r.subs {
		silent, lags := sub.queue.lags(now)
		r.lagging = r.lagging || lags
		if silent >= mostSilence {
			sub.expel(TooSlow, tooSlow())
		}
	}
}

// measure looks at how much memory the room takes, now and then.
func (r *Room) measure(now time.Time) {
	if now.Sub(r.sized) < sizeGap {
		return
	}
	r.sized = now
	size := r.core.Size()
	for _, sub := range r.subs {
		size += sub.queue.size()
	}
	r.tooLarge = !r.rooms.fit(r, int64(size))
}

// report writes a run that broke into the log.
func (r *Room) report(err error) {
	if broken := (*sim.Broken)(nil); errors.As(err, &broken) {
		r.rooms.o.Logger.Error("a run broke", "room", r.id, "scenario", broken.Scenario, "at", broken.At,
			"panic", fmt.Sprint(broken.Value), "stack", string(broken.Stack))
	}
}

// end ends the room, and tells those who watch why, if there is anything to
// tell. broke is what our own code panicked with: that must not take the server
// down.
func (r *Room) end(end End, why *wire.Error, broke any) {
	if broke != nil {
		r.rooms.o.Logger.Error("a room broke", "room", r.id, "scenario", r.link, "panic", fmt.Sprint(broke), "stack", string(debug.Stack()))
	}
	r.rooms.forget(r)
	r.why = why
	var last []byte
	if why != nil {
		last = wire.Encode(why)
	}
	for _, sub := range r.subs {
		sub.queue.finish(end, last)
	}
	defer func() {
		if v := recover(); v != nil {
			r.rooms.o.Logger.Error("the runs could not be closed", "room", r.id, "panic", fmt.Sprint(v), "stack", string(debug.Stack()))
		}
	}()
	r.core.Close()
}
