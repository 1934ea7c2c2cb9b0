package fair

import "time"

// bucket is a token bucket, told from its other side: what was used of it, which
// is forgotten with time.
type bucket struct {
	used time.Duration
	at   time.Time // when used was right
}

// leak forgets what time has given back.
func (b *bucket) leak(r Rate, now time.Time) {
	if b.used > 0 {
		b.used = max(0, b.used-time.Duration(now.Sub(b.at).Seconds()*float64(r.PerSecond)))
	}
	b.at = now
}

// debt says how long it takes until what was used is within the burst.
func (b *bucket) debt(r Rate, now time.Time) time.Duration {
	b.leak(r, now)
	if b.used <= r.Burst {
		return 0
	}
	return time.Duration(float64(b.used-r.Burst) / float64(r.PerSecond) * float64(time.Second))
}
