package redis

import "time"

// saved is a key as an RDB file has it: with the moment of its end.
type saved struct {
	key, value string
	expires    int64 // virtual µs; never: it stays
}

// Save writes every key to disk.
func (s *Store) Save() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.disk = s.keys()
}

// keys gives every key that lives. Workers set nothing but strings. It counts
// as no command. The caller holds the lock.
func (s *Store) keys() (all []saved) {
	if s.server == nil {
		return nil
	}
	s.clock.move(s.now)
	for _, key := range s.server.Keys() {
		value, err := s.server.Get(key)
		if err != nil {
			continue // not a string
		}
		k := saved{key: key, value: value, expires: never}
		if ttl := s.server.TTL(key); ttl > 0 {
			k.expires = s.now + ttl.Microseconds()
		}
		all = append(all, k)
	}
	return all
}

// Load forgets every key and reads those that are on disk and still live.
func (s *Store) Load() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.flush()
	if s.server == nil {
		return
	}
	s.clock.move(s.now)
	for _, k := range s.disk {
		if k.expires <= s.now {
			continue
		}
		if err := s.server.Set(k.key, k.value); err != nil {
			panic("redis: Store.Load: " + k.key + ": " + err.Error())
		}
		if k.expires != never {
			s.server.SetTTL(k.key, time.Duration(k.expires-s.now)*time.Microsecond)
			s.clock.due = min(s.clock.due, k.expires)
		}
	}
}
