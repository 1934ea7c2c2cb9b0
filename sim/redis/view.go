package redis

import (
	"strconv"
	"strings"
)

// View is a door for looking into a store from outside, while the run goes on
// and from any goroutine. It lets nothing in that could change the store.
type View struct {
	store *Store
}

// View gives the door.
func (s *Store) View() *View { return &View{store: s} }

// lookers are the commands that pass: they read, do not wait and have no
// variant that writes.
var lookers = wordSet(`
	DBSIZE EXISTS EXPIRETIME GET GETRANGE KEYS MGET OBJECT PEXPIRETIME PTTL SCAN STRLEN TIME TTL TYPE
	HEXISTS HGET HGETALL HKEYS HLEN HMGET HSCAN HSTRLEN HVALS
	LINDEX LLEN LRANGE
	SCARD SDIFF SINTER SISMEMBER SMEMBERS SMISMEMBER SSCAN SUNION
	ZCARD ZCOUNT ZRANGE ZRANGEBYSCORE ZRANK ZREVRANGE ZSCAN ZSCORE
	XLEN XRANGE XREVRANGE
	ECHO PING`)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// Do executes a command that reads and gives the reply as a Redis server
// writes it (RESP2). A command that writes is refused in the reply.
func (v *View) Do(args ...string) []byte {
	if len(args) == 0 {
		return replyError("ERR a command needs at least one word")
	}
	if !lookers[strings.ToUpper(args[0])] {
		return replyError("READONLY this door is for looking only: " + strconv.Quote(args[0]) +
			" is not among the commands that read; the simulated workers are the only ones who write")
	}
	s := v.store
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.start(); err != nil {
		return replyError("ERR the run that this store belonged to is over")
	}
	s.clock.move(s.now)
	c := dial(s.server.Server(), func([]string) {})
	c.server.Dispatch(c.peer, args)
	c.peer.Flush()
	return c.out.Bytes()
}

// replyError gives an error as a Redis server writes it.
func replyError(text string) []byte {
	return []byte("-" + strings.NewReplacer("\r", " ", "\n", " ").Replace(text) + "\r\n")
}
