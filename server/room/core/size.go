package core

// About what a room takes, in bytes. Measured as what a server of many rooms
// holds, divided by their number: that of 2,000 visitors has 5 MB, of which one
// is its log.
const (
	LeastSize   = 60 << 10 // of a room: the default scenario: its run, its goroutines, its room
	visitorSize = 2 << 10  // each visitor of a run: its goroutine, its cookies, its session
)

// Size gives about how many bytes of memory the room holds. It is cheap.
func (r *Room) Size() int {
	size := LeastSize + r.o.Commands.Size()
	for _, m := range r.shown.messages {
		size += len(m)
	}
	for _, w := range r.worlds {
		size += w.run.Log().Size() + w.visitors*visitorSize
	}
	return size
}
