package room

import (
	"crypto/rand"
	"log/slog"
	"net/url"
	"sync"
	"time"

	"procession/server/fair"
	"procession/server/room/core"
	"procession/server/wire"
	"procession/sim/scenario"
)

// Run is what a room needs of a run.
type Run = core.Run

// Options are what Rooms need to know.
type Options struct {
	Limit     int                         // rooms at once
	Memory    int64                       // bytes that all rooms may take together; 0: DefaultMemory
	New       func(scenario.Scenario) Run // makes a run
	StoreAddr string                      // where redis-cli can look into a run's store; may be empty
	Turns     *fair.Queue                 // of the processor, in which rooms wait beside all else that costs; nil: one of the rooms' own
	// Opened, when set, is called with the run of a room whose store is worth a
	// look from outside, each time it begins anew; Closing before any run is
	// closed. Both are called from rooms' goroutines.
	Opened, Closing func(Run)
	Logger          *slog.Logger
}

// Rooms are all rooms of a server.
type Rooms struct {
	o  Options
	wg sync.WaitGroup

	mu     sync.Mutex
	byID   map[string]*Room
	size   int64 // bytes of those rooms
	closed bool
}

// NewRooms makes an empty set of rooms. Close must be called in the end.
func NewRooms(o Options) *Rooms {
	if o.Memory == 0 {
		o.Memory = DefaultMemory
	}
	if o.Turns == nil {
		o.Turns = fair.New(fair.Options{})
	}
	return &Rooms{o: o, byID: map[string]*Room{}}
}

// Len gives the number of rooms.
func (rs *Rooms) Len() int {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	return len(rs.byID)
}

// Size gives about how many bytes of memory all rooms take.
func (rs *Rooms) Size() int64 {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	return rs.size
}

// Open lets a client into the room that it comes back to, or into a new one
// for its scenario, which its address pays for. The error is a *wire.Error.
func (rs *Rooms) Open(address string, sc scenario.Scenario, open wire.Open) (*Subscriber, error) {
	if err := carry(&sc, open.Do); err != nil {
		return nil, err
	}
	scs, err := scenarios(sc, open.Worlds)
	if err != nil {
		return nil, err
	}
	var refused *wire.Error
	if open.Room != "" {
		if r := rs.find(open.Room); r != nil {
			sub, err := r.enter(scs, open)
			switch {
			case sub != nil:
				return sub, nil
			case err != nil && err.Code == wire.RoomFull:
				return nil, err
			}
			refused = err // nil when the room ended just now
		}
	}
	r, err := rs.add(address, scs, open)
	if err != nil {
		return nil, err
	}
	sub, err := r.enter(scs, wire.Open{Room: r.id})
	if sub == nil {
		if err == nil {
			err = r.why // it has ended
		}
		if err == nil {
			err = closing()
		}
		return nil, err
	}
	if refused != nil {
		sub.Refuse(refused)
	}
	return sub, nil
}

// carry gives a scenario the commands for which its address had no place.
func carry(sc *scenario.Scenario, do string) *wire.Error {
	if do == "" {
		return nil
	}
	carried, err := scenario.Parse("do=" + url.QueryEscape(do))
	if err != nil {
		return badScenario(err)
	}
	sc.Do = carried.Do
	return nil
}

// scenarios gives the page's scenario and those of the worlds beside it.
func scenarios(sc scenario.Scenario, others []string) ([]scenario.Scenario, *wire.Error) {
	scs := []scenario.Scenario{sc}
	for _, query := range others {
		other, err := sc.Beside(query)
		if err != nil {
			return nil, badScenario(err)
		}
		scs = append(scs, other)
	}
	return scs, nil
}

func (rs *Rooms) find(id string) *Room {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	return rs.byID[id]
}

// add makes a room that continues at open's moment.
func (rs *Rooms) add(address string, scs []scenario.Scenario, open wire.Open) (*Room, *wire.Error) {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	need := core.Estimate(scs)
	switch {
	case rs.closed:
		return nil, closing()
	case !rs.relieve(need) && !rs.yield(address, need):
		return nil, memoryFull()
	case len(rs.byID) >= rs.o.Limit && !rs.remove(rs.emptiest()) && !rs.remove(rs.spare(address, one, 1)):
		return nil, roomsFull(rs.o.Limit)
	}
	r := newRoom(rs, rand.Text(), address, scs[0].String(), open)
	rs.byID[r.id] = r
	r.size = need
	rs.size += r.size
	rs.wg.Go(func() { r.live(scs, open.At) })
	return r, nil
}

// relieve ends empty rooms until there are so many bytes of memory left; false:
// there are not. The caller holds mu.
func (rs *Rooms) relieve(need int64) bool {
	for rs.size+need > rs.o.Memory {
		if !rs.remove(rs.emptiest()) {
			return false
		}
	}
	return true
}

// emptiest gives the room that takes most for nobody, by its size and the time
// since somebody was there; nil: none is empty. The caller holds mu.
func (rs *Rooms) emptiest() *Room {
	var best *Room
	var most float64
	now := time.Now().UnixNano()
	for _, r := range rs.byID {
		since := r.emptySince.Load()
		if since == 0 {
			continue
		}
		if cost := float64(r.size) * float64(now-since+1); best == nil || cost > most {
			best, most = r, cost
		}
	}
	return best
}

// emptied ends the oldest empty rooms of an address that has very many.
func (rs *Rooms) emptied(address string) {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	var oldest *Room
	n := 0
	for _, r := range rs.byID {
		since := r.emptySince.Load()
		if since == 0 || r.who.Address != address {
			continue
		}
		n++
		if oldest == nil || since < oldest.emptySince.Load() {
			oldest = r
		}
	}
	if n > emptyOfOne {
		rs.remove(oldest)
	}
}

// yield ends rooms of others until there are so many bytes of memory left for
// one more of an address; false: it has as much as any of them. The caller holds mu.
func (rs *Rooms) yield(address string, need int64) bool {
	for rs.size+need > rs.o.Memory {
		if !rs.remove(rs.spare(address, bytes, need)) {
			return false
		}
	}
	return true
}

// What a room takes away from others: a place, or memory.
func one(*Room) int64     { return 1 }
func bytes(r *Room) int64 { return r.size }

// spare gives the room that can go for somebody of another address who needs so
// much of what rooms take: of the address that has the most, and that will not
// have less than the other one then, the room at which nobody looks, or has asked
// for anything for longest. nil: there is no such address. The caller holds mu.
func (rs *Rooms) spare(address string, takes func(*Room) int64, need int64) *Room {
	held := map[string]int64{}
	most := int64(0)
	for _, r := range rs.byID {
		held[r.who.Address] += takes(r)
		most = max(most, held[r.who.Address])
	}
	if most-need < held[address]+need {
		return nil
	}
	var best *Room
	for _, r := range rs.byID {
		if held[r.who.Address] == most && (best == nil || r.idler(best)) {
			best = r
		}
	}
	return best
}

// remove takes a room off the list and asks it to end; false: there is none.
// The caller holds mu.
func (rs *Rooms) remove(r *Room) bool {
	if r == nil {
		return false
	}
	delete(rs.byID, r.id)
	rs.size -= r.size
	r.close()
	return true
}

// fit notes how many bytes a room takes, and says whether that is too much: it
// has more than its share, or all are a tenth over their limit, nobody's room is
// left to end, and it takes the most.
func (rs *Rooms) fit(r *Room, size int64) bool {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	if rs.byID[r.id] != r {
		return true // it is about to end
	}
	rs.size += size - r.size
	r.size = size
	if size > rs.o.Memory/roomShare {
		return false
	}
	if rs.relieve(0) || rs.size <= rs.o.Memory+rs.o.Memory/10 {
		return true
	}
	for _, other := range rs.byID {
		if other.size > size {
			return true // that one's turn comes
		}
	}
	return false
}

// forget takes a room that ended off the list.
func (rs *Rooms) forget(r *Room) {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	if rs.byID[r.id] == r {
		delete(rs.byID, r.id)
		rs.size -= r.size
	}
}

// Close ends all rooms and returns when they have ended. Nobody can enter any more.
func (rs *Rooms) Close() {
	rs.mu.Lock()
	rs.closed = true
	for _, r := range rs.byID {
		r.close()
	}
	rs.mu.Unlock()
	rs.wg.Wait()
}
