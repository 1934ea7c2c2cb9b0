package room

import "time"

const (
	// DefaultLimit is how many rooms a server has unless told otherwise.
	DefaultLimit = 2000

	// roomSubscribers is how many can watch a room at once.
	roomSubscribers = 500

	// keptFor is how long a room outlives its last subscriber.
	keptFor = 2 * time.Minute

	// frameGap is the least time between two frames: 20 a second. It is well
	// below the delay with which browsers show a run, so nothing stutters.
	frameGap = 50 * time.Millisecond

	// paceGap is the longest silence while a run plays, so that clocks agree.
	paceGap = time.Second

	// frameEvents is how many events a frame holds at most. A run so dense
	// that frameGap brings more is shown slower than asked.
	frameEvents = 2000

	// keptEvents is how many past events stay for those who resume: minutes of
	// an ordinary run.
	keptEvents = 20_000

	// queueLen is how many messages wait for a slow subscriber before they are
	// replaced by a snapshot: about three seconds of frames.
	queueLen = 64

	// inboxLen is how many messages wait for the room's goroutine.
	inboxLen = 16

	// Messages that a client may send: so many a second, and so many at once
	// after a rest.
	messagesPerSecond = 20
	messagesAtOnce    = 40

	// A step that has met no milestone for stepCalm (virtual µs) ends at the
	// next answer: where everything goes well there are no milestones.
	stepCalm = 3_000_000
	// stepMoments bounds the moments that a step may take at all.
	stepMoments = 50_000

	// A run that is caught up with is advanced in slices of about sliceTime,
	// between which the room listens and others get their turn.
	sliceTime = 10 * time.Millisecond
	// firstSlice is the virtual length, µs, of the first slice.
	firstSlice = 100_000
	// progressGap is the least time between two words of progress.
	progressGap = 200 * time.Millisecond
)
