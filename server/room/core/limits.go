package core

import "time"

const (
	// MaxClients is how many can watch a room at once.
	MaxClients = 500

	// KeptFor is how long a room outlives its last client.
	KeptFor = 2 * time.Minute
	// ordinarySize is up to how many bytes a room is kept for so long; one that
	// is twice as large is kept half as long.
	ordinarySize = 512 << 10
	// leastKept is how long any room is kept: a connection that broke is back by then.
	leastKept = 15 * time.Second

	// frameGap is the least time between two frames: 20 a second. It is well
	// below the delay with which browsers show a run, so nothing stutters.
	frameGap = 50 * time.Millisecond

	// paceGap is the longest silence while a run plays, so that clocks agree.
	paceGap = time.Second

	// mostLate is how much wall time is made up for at once, when a turn came
	// late. It is longer than paceGap, after which there is always a turn. A room
	// that waits longer for its turns goes slower than asked.
	mostLate = 1500 * time.Millisecond

	// frameEvents is how many events a frame holds at most. A run so dense
	// that frameGap brings more is shown slower than asked.
	frameEvents = 2000

	// keptEvents is how many past events stay for those who resume: more than a
	// minute of an ordinary run, and some hundred kilobytes.
	keptEvents = 2000

	// A step that has met no milestone for stepCalm (virtual µs) ends at the
	// next answer: where everything goes well there are no milestones.
	stepCalm = 3_000_000
	// stepMoments bounds the moments that a step may take at all.
	stepMoments = 50_000

	// progressGap is the least time between two words of progress.
	progressGap = 200 * time.Millisecond
)
