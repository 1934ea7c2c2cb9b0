package core

import (
	"math"
	"time"
)

// pacer relates virtual time to the wall clock: from its anchor on, virtual
// time goes speed times as fast, or stands still.
type pacer struct {
	virtual int64     // µs, at the anchor
	wall    time.Time // of the anchor
	speed   float64
	going   bool
}

// now gives the virtual moment that is due.
func (p *pacer) now(wall time.Time) int64 {
	if !p.going {
		return p.virtual
	}
	return p.virtual + int64(float64(wall.Sub(p.wall).Nanoseconds())/1000*p.speed)
}

// until gives the wall time until a virtual moment is due. It is rounded up,
// so that whoever waits so long does not come too early.
func (p *pacer) until(virtual int64, wall time.Time) time.Duration {
	elapsed := math.Ceil(float64(virtual-p.virtual) / p.speed * 1000) // ns since the anchor
	return time.Duration(elapsed) - wall.Sub(p.wall)
}

// anchor says that the virtual moment is reached now.
func (p *pacer) anchor(virtual int64, wall time.Time) {
	p.virtual, p.wall = virtual, wall
}

// delay lets everything be due so much later.
func (p *pacer) delay(by time.Duration) { p.wall = p.wall.Add(by) }
