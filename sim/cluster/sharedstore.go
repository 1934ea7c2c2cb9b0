package cluster

import (
	"maps"
	"math"
	"slices"

	"procession/sim/des"
	"procession/sim/scenario"
	"procession/sim/store"
	"procession/sim/trace"
)

// storeState says what becomes of commands.
type storeState uint8

const (
	storeUp storeState = iota
	storeDown
	storeSlow
	storeFull
)

// String gives the state's word in the picture.
func (s storeState) String() string { return [...]string{"up", "down", "slow", "full"}[s] }

// sharedStore is the shared session store: a Redis server behind a network.
type sharedStore struct {
	c        *Cluster
	server   store.Store
	state    storeState
	clients  []*client
	held     map[string]*held // what is in it, by session id
	soonest  int64            // nothing expires before
	commands []string         // the last ones
	values   map[string]int32 // what handlers of an author's own keep in it, by name
	written  map[string]int   // how often each was written: what the onlooker knows
	locks    sessionLocks
	disk     disk
	emptied  bool // it went down and lost what it had in memory
	room     int  // full: how many sessions it holds at most
	uses     int  // of sessions, so far
}

// held is a session in the store, as the picture shows it. A test compares it
// with what the server really holds.
type held struct {
	c     *Cluster
	sid   string
	data  string
	until int64
	used  int // number of its last use
	timer des.Timer
}

func (s *sharedStore) init(c *Cluster, server store.Store) {
	s.c, s.server, s.held = c, server, map[string]*held{}
	s.values, s.written = map[string]int32{}, map[string]int{}
	s.locks = sessionLocks{}
	s.disk.init(c)
}

// execute lets the server carry out a command that has arrived and gives its
// reply. The server is in this program and has no reason to fail.
func (s *sharedStore) execute(words words) any {
	reply, err := s.server.Do(words...)
	if err != nil {
		panic("cluster: sharedStore.execute: the store refused a command: " + err.Error())
	}
	return reply
}

// delay is how long a command or its reply travels.
func (s *sharedStore) delay() int64 {
	switch {
	case s.state == storeSlow:
		return s.c.costs.StoreSlow
	case s.c.sc.StoreKind == scenario.Database:
		return s.c.costs.DatabaseTrip
	}
	return s.c.costs.StoreTrip
}

// down is the end of the server, killed or told to end: the connections to it
// break, and what it had in memory is gone, unless it is a database.
func (s *sharedStore) down(why trace.Why) {
	s.server.SetTime(s.c.now())
	if s.emptied = s.c.sc.StoreKind != scenario.Database; s.emptied {
		s.disk.die(why)
		s.flush()
	}
	s.state = storeDown
	s.c.emit(trace.Event{Kind: trace.StoreDown, Why: why})
	for _, cl := range slices.Clone(s.clients) {
		cl.lost()
	}
}

// flush forgets everything.
func (s *sharedStore) flush() {
	for _, sid := range slices.Sorted(maps.Keys(s.held)) {
		s.held[sid].timer.Stop()
		s.c.gone(sid, trace.Store, trace.WhyFlushed)
	}
	s.server.Flush()
	s.held = map[string]*held{}
	s.c.counts[trace.Store] = 0
	s.c.countVersion[trace.Store]++
	s.setValues(nil)
}

// setValues is a change of all numbers at once: they are gone, or back from disk.
func (s *sharedStore) setValues(values map[string]int32) {
	for key := range s.written {
		s.written[key]++
	}
	s.values = map[string]int32{}
	maps.Copy(s.values, values)
}

// valueViews gives the numbers in the store by name.
func (s *sharedStore) valueViews() []trace.ValueView {
	all := []trace.ValueView{}
	for _, name := range slices.Sorted(maps.Keys(s.values)) {
		all = append(all, trace.ValueView{Name: name, Value: s.values[name]})
	}
	return all
}

// up brings the server back, with what is on its disk, or ends its slowness.
func (s *sharedStore) up() {
	var loaded []trace.SessionView
	back := s.emptied
	if back {
		s.emptied = false
		loaded = s.disk.load()
	}
	s.state = storeUp
	s.c.emit(trace.Event{Kind: trace.StoreUp, Count: int32(s.c.counts[trace.Store])})
	for _, ses := range loaded {
		s.c.emit(trace.Event{Kind: trace.SessionLoaded, Mem: trace.Store, Sid: s.c.log.Passing(ses.Sid), Text: s.c.log.Passing(ses.Data), Until: ses.Until})
	}
	if back {
		for _, v := range s.valueViews() {
			s.c.emit(trace.Event{Kind: trace.ValueWritten, Mem: trace.Store, Text: s.c.log.ID(v.Name), Count: v.Value})
		}
	}
	for _, cl := range s.clients {
		cl.seek()
	}
}

func (s *sharedStore) slow() {
	if s.state == storeDown {
		s.up()
	}
	s.state = storeSlow
	s.c.emit(trace.Event{Kind: trace.StoreSlowed})
}

// views gives what is in the store, by session id.
func (s *sharedStore) views() []trace.SessionView {
	all := []trace.SessionView{}
	for _, sid := range slices.Sorted(maps.Keys(s.held)) {
		h := s.held[sid]
		all = append(all, trace.SessionView{Sid: sid, Data: h.data, Until: h.until})
	}
	return all
}

// put notes that the store holds a session until a moment.
func (s *sharedStore) put(sid, data string, until int64) {
	h := s.held[sid]
	if h == nil {
		h = &held{c: s.c, sid: sid}
		h.timer.Init(s.c.env, h)
		s.held[sid] = h
	}
	h.data, h.until = data, until
	s.use(h)
	if len(s.held) == 1 {
		s.soonest = until
	}
	s.soonest = min(s.soonest, until)
	h.timer.SetAt(until)
}

// remove notes that the store no longer holds a session.
func (s *sharedStore) remove(sid string) {
	if h := s.held[sid]; h != nil {
		h.timer.Stop()
		delete(s.held, sid)
	}
}

// expire removes what the server has let expire by now.
func (s *sharedStore) expire() {
	if s.c.now() < s.soonest {
		return
	}
	s.soonest = math.MaxInt64
	for _, sid := range slices.Sorted(maps.Keys(s.held)) {
		if h := s.held[sid]; h.until <= s.c.now() {
			h.Fire()
		} else {
			s.soonest = min(s.soonest, h.until)
		}
	}
}

// Fire is the end of the session's time.
func (h *held) Fire() {
	c := h.c
	c.store.server.SetTime(c.now())
	c.store.remove(h.sid)
	c.gone(h.sid, trace.Store, trace.WhyExpired)
	c.emit(trace.Event{Kind: trace.SessionExpired, Mem: trace.Store, Sid: c.log.Passing(h.sid)})
}
