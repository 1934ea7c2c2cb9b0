package room

import (
	"context"
	"crypto/rand"
	"log/slog"
	"runtime"
	"sync"

	"procession/server/wire"
	"procession/sim/scenario"
)

// Options are what Rooms need to know.
type Options struct {
	Limit     int                         // rooms at once
	New       func(scenario.Scenario) Run // makes a run
	StoreAddr string                      // where redis-cli can look into a run's store; may be empty
	// Opened, when set, is called with the run of a room whose store is worth a
	// look from outside, each time it begins anew; Closing before any run is
	// closed. Both are called from rooms' goroutines.
	Opened, Closing func(Run)
	Logger          *slog.Logger
}

// Rooms are all rooms of a server.
type Rooms struct {
	o Options
	// heavy is held while a slice of a long run is caught up with, so that
	// playing rooms always find a core.
	heavy chan struct{}
	wg    sync.WaitGroup

	mu     sync.Mutex
	byID   map[string]*Room
	closed bool
}

// NewRooms makes an empty set of rooms. Close must be called in the end.
func NewRooms(o Options) *Rooms {
	return &Rooms{
		o:     o,
		heavy: make(chan struct{}, max(1, runtime.GOMAXPROCS(0)-1)),
		byID:  map[string]*Room{},
	}
}

// Len gives the number of rooms.
func (rs *Rooms) Len() int {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	return len(rs.byID)
}

// Open lets a client into the room that it comes back to, or into a new one
// for its scenario. The error is a *wire.Error.
func (rs *Rooms) Open(sc scenario.Scenario, open wire.Open) (*Subscriber, error) {
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
	r, err := rs.add(scs, open)
	if err != nil {
		return nil, err
	}
	sub, err := r.enter(scs, wire.Open{Room: r.id})
	if sub == nil {
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
func (rs *Rooms) add(scs []scenario.Scenario, open wire.Open) (*Room, *wire.Error) {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	if rs.closed {
		return nil, closing()
	}
	if len(rs.byID) >= rs.o.Limit && !rs.evict() {
		return nil, roomsFull(rs.o.Limit)
	}
	r := newRoom(rs, rand.Text(), open)
	rs.byID[r.id] = r
	rs.wg.Go(func() { r.live(scs, open.At) })
	return r, nil
}

// evict ends the room that has been empty for longest; false: none is empty.
// The caller holds mu.
func (rs *Rooms) evict() bool {
	var oldest *Room
	for _, r := range rs.byID {
		if since := r.emptySince.Load(); since != 0 && (oldest == nil || since < oldest.emptySince.Load()) {
			oldest = r
		}
	}
	if oldest == nil {
		return false
	}
	delete(rs.byID, oldest.id)
	oldest.close()
	return true
}

// Heavy does something that takes some milliseconds of a core, in the turn of
// runs that are caught up with. The error is the context's: then nothing was done.
func (rs *Rooms) Heavy(ctx context.Context, do func()) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case rs.heavy <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-rs.heavy }()
	do()
	return nil
}

// forget takes a room that ended off the list.
func (rs *Rooms) forget(r *Room) {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	if rs.byID[r.id] == r {
		delete(rs.byID, r.id)
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
