package core

import "procession/sim/scenario"

// About what a room takes, in bytes. Measured as what a server of many rooms
// holds, divided by their number: that of 2,000 visitors has 5 MB, of which one
// is its log.
const (
	roomSize    = 60 << 10 // the default scenario: its run, its goroutines, its room
	worldSize   = 96 << 10 // the first piece of the log of each world
	visitorSize = 2 << 10  // each visitor of a run: its goroutine, its cookies, its session
)

// Estimate gives about how many bytes a room takes when it begins.
func Estimate(scs []scenario.Scenario) int64 {
	size := roomSize
	for _, sc := range scs {
		size += worldSize + len(sc.Names)*visitorSize
	}
	return int64(size)
}

// Size gives about how many bytes of memory the room holds. It is cheap.
func (r *Room) Size() int {
	size := roomSize + r.o.Commands.Size()
	for _, m := range r.shown.messages {
		size += len(m)
	}
	for _, w := range r.worlds {
		size += w.run.Log().Size() + w.visitors*visitorSize
	}
	return size
}
