package core

import (
	"slices"
	"time"

	"procession/server/wire"
	"procession/sim/scenario"
)

// Enter lets a client in, unless it takes this room for another, and gives the
// first message for it. What else it needs comes out of the next turn.
func (r *Room) Enter(id ID, scs []scenario.Scenario, open wire.Open, now time.Time) (welcome []byte, refused *wire.Error) {
	r.settle(now)
	switch {
	case r.Err() != nil:
		return nil, Failed(r.Err())
	case !r.sameRun(scs, open):
		return nil, otherRun()
	case len(r.clients) >= MaxClients:
		return nil, roomFull()
	}
	welcome = wire.Encode(wire.Welcome{
		Room:      r.id,
		Epoch:     r.epoch,
		V:         scenario.Version,
		Schema:    wire.NewSchema(r.worlds[0].run.Log().Own()...),
		Speeds:    scenario.Speeds,
		StoreAddr: r.o.StoreAddr,
		Worlds:    r.differences(),
	})
	came := prefix(scs[0].Do, r.o.Commands.After(0))
	c := &client{id: id, came: came, known: came}
	r.clients = append(r.clients, c)
	r.repace(now)
	switch {
	case r.catchUp != nil: // the snapshot comes when the run is at its moment
	case r.resumable(open):
		r.missed(c, int(open.Seq))
	default:
		r.resync(now, c)
	}
	return welcome, nil
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
		mine.V = theirs.V // of the link: whatever it says, this version plays it
		if mine.String() != theirs.String() {
			return false
		}
	}
	if open.Epoch != r.epoch {
		return true // the run was reset meanwhile, or the client knows nothing yet
	}
	given := map[scenario.Command]bool{}
	for _, c := range r.o.Commands.After(0) {
		given[c] = true
	}
	unknown := slices.ContainsFunc(scs[0].Do, func(c scenario.Command) bool { return !given[c] })
	return !unknown && open.Seq <= int64(r.worlds[0].sent)
}

// resumable says whether the events that a client has not seen are still here.
// A client with seq 0 has nothing, so it needs the whole picture; so does one
// that watches several worlds, whose position says too little.
func (r *Room) resumable(open wire.Open) bool {
	w := r.worlds[0]
	return len(r.worlds) == 1 && open.Room == r.id && open.Epoch == r.epoch &&
		open.Seq > 0 && open.Seq >= int64(w.run.Log().First()-1) && open.Seq <= int64(w.sent)
}

// missed gives a client the events after seq, and the time.
func (r *Room) missed(c *client, seq int) {
	w := r.worlds[0]
	var told wire.Told // nobody knows which texts the client has
	var messages [][]byte
	for seq < w.sent {
		to := min(w.sent, seq+frameEvents)
		messages = append(messages, wire.AppendFrame(nil, w.number, w.run.Log(), r.epoch, seq+1, to, &told, r.now()))
		seq = to
	}
	w.told.Forget() // of these texts, nor of those that come
	r.send(c, append(messages, r.pace()))
}

// Leave takes a client off the list.
func (r *Room) Leave(id ID, now time.Time) {
	i := slices.IndexFunc(r.clients, func(c *client) bool { return c.id == id })
	if i < 0 {
		return
	}
	if r.Err() == nil {
		r.settle(now)
	}
	r.clients = slices.Delete(r.clients, i, i+1)
	if len(r.clients) == 0 {
		r.empty = now
		r.shown = shown{}
	}
	r.repace(now)
}
