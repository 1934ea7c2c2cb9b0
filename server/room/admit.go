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
	switch {
	case !r.sameRun(e.scs, e.open):
		e.reply <- admission{err: otherRun()}
		return
	case len(r.subs) >= roomSubscribers:
		e.reply <- admission{err: roomFull()}
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
			Speeds:    scenario.Speeds,
			StoreAddr: r.rooms.o.StoreAddr,
			Worlds:    r.differences(),
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

// differences says what each world has differently from the page's scenario.
func (r *Room) differences() []string {
	scs := r.scenarios()
	all := make([]string, len(scs))
	for i, sc := range scs {
		all[i] = sc.Against(scs[0])
	}
	return all
}

// sameRun says whether a client's scenarios and position can be of this room.
// The client may have seen fewer commands than were given.
func (r *Room) sameRun(scs []scenario.Scenario, open wire.Open) bool {
	all := r.scenarios()
	if len(scs) != len(all) {
		return false
	}
	for i, mine := range all {
		theirs := scs[i]
		mine.Do, theirs.Do = nil, nil
		if mine.String() != theirs.String() {
			return false
		}
	}
	theirs := scs[0].Do
	if open.Epoch != r.epoch {
		return true // the run was reset meanwhile, or the client knows nothing yet
	}
	for _, c := range r.given {
		if len(theirs) > 0 && theirs[0] == c {
			theirs = theirs[1:]
		}
	}
	return len(theirs) == 0 && open.Seq <= int64(r.worlds[0].sent)
}

// resumable says whether the events that a client has not seen are still here.
// A client with seq 0 has nothing, so it needs the whole picture; so does one
// that watches several worlds, whose position says too little.
func (r *Room) resumable(open wire.Open) bool {
	w := r.worlds[0]
	return len(r.worlds) == 1 && open.Room == r.id && open.Epoch == r.epoch &&
		open.Seq > 0 && open.Seq >= int64(w.run.Log().First()-1) && open.Seq <= int64(w.sent)
}

// missed gives a subscriber the events after seq, and the time.
func (r *Room) missed(sub *Subscriber, seq int) {
	w := r.worlds[0]
	for seq < w.sent {
		// All texts: nobody knows which of them the client has.
		to := min(w.sent, seq+frameEvents)
		sub.offer(wire.AppendFrame(nil, w.number, w.run.Log(), r.epoch, seq+1, to, 1, r.now()))
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
