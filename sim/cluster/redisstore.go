package cluster

import (
	"strconv"

	"procession/sim/machine"
	"procession/sim/trace"
)

// redisStore is connect-redis: it keeps sessions in the shared store, in the
// commands that connect-redis 9 sends.
type redisStore struct {
	c  *Cluster
	in *instance
}

// prefix comes before the session id in a key.
const prefix = "sess:"

func (s *redisStore) memory() trace.Memory { return trace.Store }

func (s *redisStore) get(t *machine.Task, r *request, id sid) (text string, ok bool, err error) {
	err = s.in.storeClient().call(t, r, words{"GET", prefix + id.text}, func(reply any) { // ▸ store.*.get
		text, ok = reply.(string)
	})
	return text, ok, err
}

func (s *redisStore) set(t *machine.Task, r *request, ses *session) error {
	ttl := s.ttl(ses)
	if ttl <= 0 {
		return s.destroy(t, r, ses.id)
	}
	set := words{"SET", prefix + ses.id.text, ses.json(), "EX", strconv.FormatInt(ttl, 10)}
	return s.in.storeClient().call(t, r, set, func(any) { // ▸ store.*.set, session.saved, update.lost
		until, data := s.c.now()+ttl*1_000_000, ses.data.json()
		s.c.store.put(ses.id.text, data, until)
		over := s.c.saved(ses, trace.Store)
		s.c.emit(trace.Event{Kind: trace.SessionSaved, Req: r.ref(), Visitor: r.v.id, Pid: int16(s.in.pid), Mem: trace.Store,
			Sid: s.c.name(ses.id), Text: s.c.log.Passing(data), Until: until})
		s.c.overwrote(over, r, s.in.pid, trace.Store, ses)
	})
}

func (s *redisStore) touch(t *machine.Task, r *request, ses *session) error {
	ttl := s.ttl(ses)
	expire := words{"EXPIRE", prefix + ses.id.text, strconv.FormatInt(ttl, 10)}
	return s.in.storeClient().call(t, r, expire, func(reply any) { // ▸ store.*.expire, session.touched
		h := s.c.store.held[ses.id.text]
		if reply != int64(1) || h == nil {
			return
		}
		until := s.c.now() + ttl*1_000_000
		s.c.store.put(ses.id.text, h.data, until)
		s.c.emit(trace.Event{Kind: trace.SessionTouched, Req: r.ref(), Visitor: r.v.id, Pid: int16(s.in.pid), Mem: trace.Store,
			Sid: s.c.name(ses.id), Until: until})
	})
}

func (s *redisStore) destroy(t *machine.Task, r *request, id sid) error {
	return s.in.storeClient().call(t, r, words{"DEL", prefix + id.text}, func(reply any) { // ▸ store.*.del, session.destroyed
		if reply != int64(1) {
			return
		}
		s.c.store.remove(id.text)
		s.c.gone(id.text, trace.Store, trace.WhyDestroyed)
		s.c.emit(trace.Event{Kind: trace.SessionDestroyed, Req: r.ref(), Visitor: r.v.id, Pid: int16(s.in.pid), Mem: trace.Store, Sid: s.c.name(id)})
	})
}

// ttl is the life of a session in the store, in whole seconds, rounded up.
func (s *redisStore) ttl(ses *session) int64 {
	if ses.cookie.expires == 0 {
		return storeTTL
	}
	ms := ses.cookie.expires/1000 - s.c.now()/1000
	return (ms + 999) / 1000
}

var _ sessionStore = (*redisStore)(nil)
