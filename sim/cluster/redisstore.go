package cluster

import (
	"strconv"

	"procession/sim/machine"
	"procession/sim/redis"
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
	key := prefix + id.text
	err = s.in.storeClient().call(t, r, redis.Line("GET", key), func() { // ▸ store.*.get
		text, ok, err = s.c.store.redis.Get(key)
		must(err)
	})
	return text, ok, err
}

func (s *redisStore) set(t *machine.Task, r *request, ses *session) error {
	key, value, ttl := prefix+ses.id.text, ses.json(), s.ttl(ses)
	if ttl <= 0 {
		return s.destroy(t, r, ses.id)
	}
	return s.in.storeClient().call(t, r, redis.Line("SET", key, value, "EX", strconv.FormatInt(ttl, 10)), func() { // ▸ store.*.set
		must(s.c.store.redis.Set(key, value, ttl)) // ▸ session.saved, update.lost
		until, data := s.c.now()+ttl*1_000_000, ses.data.json()
		s.c.store.put(ses.id.text, data, until)
		lost := s.c.saved(ses, trace.Store)
		s.c.emit(trace.Event{Kind: trace.SessionSaved, Req: r.ref(), Visitor: r.v.id, Pid: int16(s.in.pid), Mem: trace.Store,
			Sid: ses.id.id, Text: s.c.log.ID(data), Until: until})
		if lost {
			s.c.lose(r, s.in.pid, trace.Store, data)
		}
	})
}

func (s *redisStore) touch(t *machine.Task, r *request, ses *session) error {
	key, ttl := prefix+ses.id.text, s.ttl(ses)
	return s.in.storeClient().call(t, r, redis.Line("EXPIRE", key, strconv.FormatInt(ttl, 10)), func() { // ▸ store.*.expire
		there, err := s.c.store.redis.Expire(key, ttl) // ▸ session.touched
		must(err)
		h := s.c.store.held[ses.id.text]
		if !there || h == nil {
			return
		}
		until := s.c.now() + ttl*1_000_000
		s.c.store.put(ses.id.text, h.data, until)
		s.c.emit(trace.Event{Kind: trace.SessionTouched, Req: r.ref(), Visitor: r.v.id, Pid: int16(s.in.pid), Mem: trace.Store,
			Sid: ses.id.id, Until: until})
	})
}

func (s *redisStore) destroy(t *machine.Task, r *request, id sid) error {
	key := prefix + id.text
	return s.in.storeClient().call(t, r, redis.Line("DEL", key), func() { // ▸ store.*.del
		there, err := s.c.store.redis.Del(key) // ▸ session.destroyed
		must(err)
		if !there {
			return
		}
		s.c.store.remove(id.text)
		s.c.gone(id.text, trace.Store, trace.WhyDestroyed)
		s.c.emit(trace.Event{Kind: trace.SessionDestroyed, Req: r.ref(), Visitor: r.v.id, Pid: int16(s.in.pid), Mem: trace.Store, Sid: id.id})
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

// must holds the in-process server to its word: it has no reason to fail.
func must(err error) {
	if err != nil {
		panic("cluster: redisStore: the in-process store failed: " + err.Error())
	}
}

var _ sessionStore = (*redisStore)(nil)
