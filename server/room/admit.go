package room

import (
	"slices"
	"time"

	"procession/server/wire"
	"procession/sim/scenario"
)

// admit lets a client in, unless it takes this room for another.
func (r *Room) admit(e entry, now time.Time) {
	r.settle(now)
	if !r.sameRun(e.sc, e.open) {
		e.reply <- admission{err: otherRun()}
		return
	}
	sub := &Subscriber{
		room:   r,
		queue:  make(chan []byte, queueLen),
		bucket: newBucket(now),
		welcome: wire.Encode(wire.Welcome{
			Room:      r.id,
			Epoch:     r.epoch,
			V:         scenario.Version,
			Schema:    wire.NewSchema(),
			Speeds:    wire.Speeds,
			StoreAddr: r.rooms.o.StoreAddr,
		}),
	}
	r.subs = append(r.subs, sub)
	r.emptySince.Store(0)
	r.repace(now)
	switch {
	case r.catchUp != nil: // the snapshot comes when the run is at its moment
	case r.resumable(e.open):
		r.missed(sub, int(e.open.Seq))
	default:
		r.resync(sub)
	}
	e.reply <- admission{sub: sub}
}

// sameRun says whether a client's scenario and position can be of this run.
// The client may have seen fewer commands than were given.
func (r *Room) sameRun(sc scenario.Scenario, open wire.Open) bool {
	mine := r.run.Scenario()
	given := mine.Do
	theirs := sc.Do
	mine.Do, sc.Do = nil, nil
	if mine.String() != sc.String() {
		return false
	}
	if open.Epoch != r.epoch {
		return true // the run was reset meanwhile, or the client knows nothing yet
	}
	for _, c := range given {
		if len(theirs) > 0 && theirs[0] == c {
			theirs = theirs[1:]
		}
	}
	return len(theirs) == 0 && open.Seq <= int64(r.sent)
}

// resumable says whether the events that a client has not seen are still here.
// A client with seq 0 has nothing, so it needs the whole picture.
func (r *Room) resumable(open wire.Open) bool {
	return open.Room == r.id && open.Epoch == r.epoch &&
		open.Seq > 0 && open.Seq >= int64(r.run.Log().First()-1) && open.Seq <= int64(r.sent)
}

// missed gives a subscriber the events after seq, and the time.
func (r *Room) missed(sub *Subscriber, seq int) {
	for seq < r.sent {
		// All texts: nobody knows which of them the client has.
		to := min(r.sent, seq+frameEvents)
		sub.offer(wire.AppendFrame(nil, r.run.Log(), r.epoch, seq+1, to, 1, r.run.Now()))
		seq = to
	}
	sub.offer(r.pace())
}

// dismiss takes a subscriber off the list.
func (r *Room) dismiss(sub *Subscriber, now time.Time) {
	i := slices.Index(r.subs, sub)
	if i < 0 {
		return
	}
	r.settle(now)
	r.subs = slices.Delete(r.subs, i, i+1)
	close(sub.queue)
	if len(r.subs) == 0 {
		r.empty = now
		r.emptySince.Store(now.UnixNano())
	}
	r.repace(now)
}
