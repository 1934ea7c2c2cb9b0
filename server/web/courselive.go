package web

import (
	"io/fs"
	"log/slog"
	"runtime/debug"
	"sync/atomic"
	"time"

	"procession/lessons"
	"procession/server/fair"
	"procession/sim/play"
)

const (
	// lookEvery is how often the files of a course are looked at.
	lookEvery = 300 * time.Millisecond
	// restTimes is how many times longer than a look the rest after it is at
	// least: a large folder on a slow disk costs no more than a tenth of a core.
	restTimes = 9
	// restAfterPanic is the rest after a look that panicked.
	restAfterPanic = time.Minute
)

// teller is who pays for the runs of lessons: they are played once, for all.
var teller = fair.Who{Client: "lessons", Address: "lessons"}

// courses gives the course as its files are now. One goroutine looks at them,
// beside those who read: nobody who asks for a page waits for a file.
type courses struct {
	live    bool // files may change
	logger  *slog.Logger
	turn    play.Turn     // for the runs of lessons
	slots   chan struct{} // for lessons that are told
	loader  *lessons.Loader
	current atomic.Pointer[course]
}

// newCourses reads a course. If it is live, it must be watched.
func newCourses(files fs.FS, live bool, turn play.Turn, logger *slog.Logger) *courses {
	c := &courses{live: live, logger: logger, turn: turn, slots: make(chan struct{}, tellAtOnce), loader: lessons.NewLoader(files)}
	c.load()
	return c
}

// now gives the newest version that was read.
func (c *courses) now() *course { return c.current.Load() }

// watch looks for changes until it is stopped.
func (c *courses) watch(stop <-chan struct{}) {
	for {
		rest := time.NewTimer(c.look())
		select {
		case <-rest.C:
		case <-stop:
			rest.Stop()
			return
		}
	}
}

// look loads what has changed, and says how long to rest afterwards.
func (c *courses) look() (rest time.Duration) {
	defer func() {
		if p := recover(); p != nil {
			c.logger.Error("the folder of lessons could not be looked at", "panic", p, "stack", string(debug.Stack()))
			rest = restAfterPanic
		}
	}()
	began := time.Now()
	c.load()
	return max(lookEvery, restTimes*time.Since(began))
}

// load reads what has changed, and lets those know who wait for that.
func (c *courses) load() {
	before := c.current.Load()
	now := c.loader.Load()
	if before != nil && before.Course == now {
		return
	}
	c.current.Store(newCourse(c, now, before))
	if before != nil {
		close(before.replaced)
	}
}
