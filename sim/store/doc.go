// Package store says what the simulated cluster asks of its shared store: to
// execute Redis' commands, word for word, at a virtual time.
//
//	var s store.Store = redis.New()
//	defer s.Close()
//	s.SetTime(now)
//	reply, err := s.Do("SET", "sess:7f3a", `{"user":"Ada"}`, "EX", "86400") // "OK"
//	reply, err = s.Do("GET", "sess:7f3a")                                   // the value, or nil
//
// The commands that workers send are GET, SET with and without EX, EXPIRE, DEL,
// INCR and PUBLISH; storetest holds a store to what a Redis server does with
// them. Package redis is such a store, and a run may be given another one.
package store
