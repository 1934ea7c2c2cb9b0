package room

import (
	"sync"
	"time"
)

// bucket limits what a client may ask for, in time of a core. It is used by the
// goroutine that reads the client and by that of the room.
type bucket struct {
	mu      sync.Mutex
	level   time.Duration // below 0: what was asked for took longer than was left
	at      time.Time     // when it was filled last
	dropped int           // messages, since it was last half full
	told    time.Time     // when the client was last told that it is too fast
}

// verdict says what becomes of a message.
type verdict uint8

// The verdicts.
const (
	heed verdict = iota // it is listened to
	drop                // it is not
	tell                // it is not, and the client is told
	part                // there were so many that the client is let go
)

// take pays the price of a message, if there is enough for it.
func (b *bucket) take(now time.Time) verdict {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.at.IsZero() {
		b.level += time.Duration(now.Sub(b.at).Seconds() * float64(bucketRate))
	} else {
		b.level = bucketSize
	}
	b.level, b.at = min(b.level, bucketSize), now
	if b.level >= bucketSize/2 {
		b.dropped = 0
	}
	if b.level >= messagePrice {
		b.level -= messagePrice
		return heed
	}
	b.dropped++
	switch {
	case b.dropped > mostDropped:
		return part
	case now.Sub(b.told) >= time.Second: // one word a second is enough for who sends a thousand messages
		b.told = now
		return tell
	}
	return drop
}

// charge takes what a message really took. It leaves a debt of a bucket at
// most: after that the client can go on.
func (b *bucket) charge(took time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.level = max(b.level-took, -bucketSize)
}
