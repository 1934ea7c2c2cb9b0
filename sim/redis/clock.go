package redis

import (
	"math"
	"time"

	"github.com/alicebob/miniredis/v2"

	"procession/sim/store"
)

// clock moves the server's time only when that can be seen.
//
// The server keeps for each key how long it still has to live and, when its
// time moves, walks through all keys to shorten that. With two thousand
// sessions and a time of its own for each command that would be most of the
// work of a run. So the server's time stays behind while no key is due, and a
// life given meanwhile is made longer by what the server is behind.
type clock struct {
	server *miniredis.Miniredis
	behind int64 // virtual µs: the server's time
	due    int64 // virtual µs: no key expires before
}

// never is later than every virtual time.
const never = math.MaxInt64

// newClock gives the clock of a server without keys.
func newClock(server *miniredis.Miniredis, now int64) *clock {
	server.SetTime(at(now))
	server.ClockTTL(true)
	return &clock{server: server, behind: now, due: never}
}

// forGiven makes the server ready for a command whose effect on lives will be
// given by lives. It moves the time when a key is due.
func (c *clock) forGiven(now int64) {
	if now >= c.due {
		c.move(now)
	}
}

// forAny makes the server ready for any command, whatever it does to lives.
func (c *clock) forAny(now int64) {
	c.move(now)
	c.due = now // unknown: look again at the next command
}

// lives says that a key was given a life from now on.
func (c *clock) lives(key string, seconds, now int64) {
	expires := now + seconds*int64(time.Second/time.Microsecond)
	if c.behind < now {
		c.server.SetTTL(key, time.Duration(expires-c.behind)*time.Microsecond)
	}
	c.due = min(c.due, expires)
}

// move brings the server's time to now, which removes the keys whose time is
// over, and finds out which key is due next.
func (c *clock) move(now int64) {
	c.server.SetTime(at(now))
	c.behind = now
	c.due = never
	for _, key := range c.server.Keys() {
		if ttl := c.server.TTL(key); ttl > 0 {
			c.due = min(c.due, now+ttl.Microseconds())
		}
	}
}

// at gives the moment of a virtual time in µs.
func at(us int64) time.Time { return time.UnixMicro(store.Epoch + us).UTC() }
