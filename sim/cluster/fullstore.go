package cluster

import (
	"strings"

	"procession/sim/scenario"
	"procession/sim/store"
	"procession/sim/trace"
)

// Redis has a limit of memory (maxmemory). Whoever else uses this one fills it
// again as fast as a logout makes room, so it is full until somebody raises the
// limit ("store up"). What it does then is said by maxmemory-policy: refuse
// whatever needs memory, or forget the key that was used least recently. There
// are as many sessions then as there were when it came to its limit, and at
// least one. Redis looks at a few keys at random to find the oldest; here it is
// always found.

// fill brings the store to the limit of its memory.
func (s *sharedStore) fill() {
	if s.state == storeDown {
		s.up()
	}
	s.state = storeFull
	s.room = max(1, len(s.held))
	s.c.emit(trace.Event{Kind: trace.StoreFilled})
}

// isFull says whether the store is at the limit of its memory. A database has none.
func (s *sharedStore) isFull() bool {
	return s.state == storeFull && s.c.sc.StoreKind != scenario.Database
}

// refuses says whether the store has no memory for a command.
func (s *sharedStore) refuses(words words) bool {
	return s.isFull() && s.c.sc.MaxmemoryPolicy == scenario.NoEviction && store.NeedsMemory(words[0])
}

// makeRoom forgets sessions, if a command that has arrived brings a new one.
func (s *sharedStore) makeRoom(cmd *command) {
	sid, ok := sessionOf(cmd.words)
	if !ok {
		return
	}
	if h := s.held[sid]; h != nil {
		s.use(h)
		return
	}
	if cmd.words[0] != "SET" || !s.isFull() {
		return
	}
	for len(s.held) >= s.room {
		s.evict(s.oldest(), cmd)
	}
}

// oldest gives the session that was used least recently. There is one.
func (s *sharedStore) oldest() (oldest *held) {
	for _, h := range s.held {
		if oldest == nil || h.used < oldest.used {
			oldest = h
		}
	}
	return oldest
}

// evict forgets a session to make room for what a command brings.
func (s *sharedStore) evict(h *held, cmd *command) {
	c, r := s.c, cmd.r
	s.server.Forget(prefix + h.sid)
	s.remove(h.sid)
	c.gone(h.sid, trace.Store, trace.WhyEvicted)
	c.emit(trace.Event{Kind: trace.SessionEvicted, Req: r.ref(), Visitor: r.v.id, Pid: int16(cmd.cl.in.pid), Mem: trace.Store, Sid: c.log.Passing(h.sid)})
}

// use notes that a session was used.
func (s *sharedStore) use(h *held) {
	s.uses++
	h.used = s.uses
}

// sessionOf gives the session that a command is about.
func sessionOf(words words) (sid string, ok bool) {
	if len(words) < 2 {
		return "", false
	}
	return strings.CutPrefix(words[1], prefix)
}
