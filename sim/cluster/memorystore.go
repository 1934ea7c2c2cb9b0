package cluster

import (
	"procession/sim/machine"
	"procession/sim/trace"
)

// memoryStore is express-session's MemoryStore: the sessions live in the
// memory of the process that has it, as JSON. Threads of one process share it,
// under its lock.
type memoryStore struct {
	c  *Cluster
	in *instance
}

func (m *memoryStore) memory() trace.Memory { return m.in.mem }

func (m *memoryStore) access(t *machine.Task, r *request, write bool, do func(*machine.Memory)) {
	m.in.access(t, r, "sessions", write, do)
}

// access does something with the memory: under the lock if threads share it
// and have one. Without a lock, Go's runtime ends the whole process when it
// sees a thread come into the map while another one writes (Memory.Enter).
func (in *instance) access(t *machine.Task, r *request, guard string, write bool, do func(*machine.Memory)) {
	mem, c := t.Memory(), in.c
	if in.proc.Threads == 1 {
		do(mem)
		return
	}
	if c.sc.Lock == "mutex" {
		lock := in.proc.Lock(guard)
		lock.Lock(t, r)         // ▸ lock.waited, lock.acquired
		t.Compute(c.costs.Lock) // ▸ after lock.acquired
		do(mem)
		lock.Unlock(t, r) // ▸ lock.released
		return
	}
	if !mem.Enter(t, write) {
		c.env.Schedule(0, (*mapWrites)(in))
		t.Halt()
	}
	t.Compute(c.costs.Lock)
	do(mem)
	mem.Leave(t)
}

// mapWrites is Go's "fatal error: concurrent map writes" in a process.
type mapWrites instance

// Fire ends the process.
func (in *mapWrites) Fire() { (*instance)(in).die(trace.WhyMapWrites) }

func (m *memoryStore) get(t *machine.Task, r *request, id sid) (text string, ok bool, err error) {
	m.access(t, r, false, func(mem *machine.Memory) {
		text, ok = m.live(t, mem, id)
	})
	return text, ok, nil
}

func (m *memoryStore) set(t *machine.Task, r *request, s *session) error {
	m.access(t, r, true, func(mem *machine.Memory) {
		mem.Put(t, s.id.text, s.json()) // ▸ session.saved
		over := m.c.saved(s, m.in.mem)
		m.c.emit(trace.Event{Kind: trace.SessionSaved, Req: r.ref(), Visitor: r.v.id, Pid: int16(m.in.pid), Mem: m.in.mem,
			Sid: m.c.name(s.id), Text: m.c.log.Passing(s.data.json()), Until: s.cookie.expires})
		m.c.overwrote(over, r, m.in.pid, m.in.mem, s)
	})
	return nil
}

// live gives the session that is in the memory. One whose time is over is
// deleted first, and is not there.
func (m *memoryStore) live(t *machine.Task, mem *machine.Memory, id sid) (text string, ok bool) {
	text, ok = mem.Get(t, id.text)
	if !ok {
		return "", false
	}
	if _, c := parseSession(text); c.expires == 0 || c.expires > m.c.now() {
		return text, true
	}
	mem.Delete(t, id.text)
	m.c.gone(id.text, m.in.mem, trace.WhyExpired)
	m.c.emit(trace.Event{Kind: trace.SessionExpired, Mem: m.in.mem, Sid: m.c.name(id)})
	return "", false
}

// touch writes the cookie's new expiry into the stored session, and nothing
// else. A session that has expired under the request stays away.
func (m *memoryStore) touch(t *machine.Task, r *request, s *session) error {
	m.access(t, r, true, func(mem *machine.Memory) {
		text, ok := m.live(t, mem, s.id) // ▸ session.touched
		if !ok {
			return
		}
		if s.cookie.expires != 0 {
			stored := session{cookie: s.cookie}
			stored.data, _ = parseSession(text)
			mem.Put(t, s.id.text, stored.json())
		}
		m.c.emit(trace.Event{Kind: trace.SessionTouched, Req: r.ref(), Visitor: r.v.id, Pid: int16(m.in.pid), Mem: m.in.mem,
			Sid: m.c.name(s.id), Until: s.cookie.expires})
	})
	return nil
}

func (m *memoryStore) destroy(t *machine.Task, r *request, id sid) error {
	m.access(t, r, true, func(mem *machine.Memory) {
		if mem.Delete(t, id.text) { // ▸ session.destroyed
			m.c.gone(id.text, m.in.mem, trace.WhyDestroyed)
			m.c.emit(trace.Event{Kind: trace.SessionDestroyed, Req: r.ref(), Visitor: r.v.id, Pid: int16(m.in.pid), Mem: m.in.mem, Sid: m.c.name(id)})
		}
	})
	return nil
}

var _ sessionStore = (*memoryStore)(nil)
