package room

import "time"

// bucket limits how often a client may send: each message takes a token, and
// tokens come back with time.
type bucket struct {
	tokens float64
	at     time.Time
}

func newBucket(now time.Time) bucket { return bucket{tokens: messagesAtOnce, at: now} }

// take says whether one more message is all right.
func (b *bucket) take(now time.Time) bool {
	b.tokens = min(messagesAtOnce, b.tokens+now.Sub(b.at).Seconds()*messagesPerSecond)
	b.at = now
	if b.tokens < 1 {
		return false
	}
	b.tokens--
	return true
}
