package web

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"procession/lessons"
	"procession/sim"
)

const (
	// tellAtOnce is how many lessons are told at once: so many have their runs
	// in memory.
	tellAtOnce = 2
	// tellWait is how long the runs of a lesson may take.
	tellWait = 20 * time.Second
)

// course is a course as it was read at one moment, and what was made of it: a
// version, in which nothing changes any more.
type course struct {
	*lessons.Course
	of       *courses
	printed  *memo[*printed] // what readers asked for
	replaced chan struct{}   // closed when another version has taken its place

	mu    sync.Mutex
	told  map[*lessons.Lesson]*telling
	index map[string][]place // by language
}

// telling is a lesson whose runs are played, or were.
type telling struct {
	done     chan struct{} // closed when the rest is there
	told     *lessons.Told // nil: could not be told
	problems []lessons.Problem
}

// newCourse is a version of which nothing was told yet, but for the lessons that
// are in the version before, too; nil: there was none before.
func newCourse(of *courses, c *lessons.Course, before *course) *course {
	now := &course{Course: c, of: of, printed: newMemo((*printed).size), replaced: make(chan struct{}), told: map[*lessons.Lesson]*telling{}, index: map[string][]place{}}
	if before == nil {
		return now
	}
	before.mu.Lock()
	defer before.mu.Unlock()
	for l, t := range before.told {
		if now.Find(l.Language, l.Slug) == l {
			now.told[l] = t
		}
	}
	return now
}

// tell plays the runs of a lesson, once. The error is the context's, which is
// the one of somebody who waits: the others wait on.
func (c *course) tell(ctx context.Context, l *lessons.Lesson) (*telling, error) {
	t := c.begin(l)
	select {
	case <-t.done:
		return t, nil
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

// begin lets a lesson be told, and does not wait for it. What could not be told
// is begun anew.
func (c *course) begin(l *lessons.Lesson) *telling {
	c.mu.Lock()
	defer c.mu.Unlock()
	t := c.told[l]
	if t == nil || t.failed() {
		t = &telling{done: make(chan struct{})}
		c.told[l] = t
		go c.play(l, t)
	}
	return t
}

// failed says whether a telling has come to an end without anything to show.
func (t *telling) failed() bool {
	select {
	case <-t.done:
		return t.told == nil
	default:
		return false
	}
}

// play tells a lesson. What panics meanwhile is that lesson's problem.
func (c *course) play(l *lessons.Lesson, t *telling) {
	defer close(t.done)
	defer func() {
		if p := recover(); p != nil {
			c.of.logger.Error("a lesson could not be told", "file", l.File, "panic", p, "stack", string(debug.Stack()))
			t.told, t.problems = nil, wrong(l, "its runs cannot be played, which is a mistake of ours; please report it")
		}
	}()
	c.of.slots <- struct{}{}
	defer func() { <-c.of.slots }()
	ctx, cancel := context.WithTimeout(context.Background(), tellWait)
	defer cancel()
	t.told, t.problems = l.Tell(ctx, c.of.turn)
	c.report(l, t.told.Broke)
	if ctx.Err() != nil {
		t.told, t.problems = nil, wrong(l, "its runs take too long to be played just now; please try again")
	}
}

// wrong is a problem of a lesson as a whole.
func wrong(l *lessons.Lesson, sentence string) []lessons.Problem {
	return []lessons.Problem{{File: l.File, Line: 1, Sentence: sentence}}
}

// report notes mistakes of ours that a lesson ran into.
func (c *course) report(l *lessons.Lesson, broke []error) {
	for _, err := range broke {
		if broken := (*sim.Broken)(nil); errors.As(err, &broken) {
			c.of.logger.Error("a run of a lesson broke", "file", l.File, "scenario", broken.Scenario, "at", broken.At, "panic", broken.Value, "stack", string(broken.Stack))
		} else {
			c.of.logger.Error("a lesson broke", "file", l.File, "error", err)
		}
	}
}

// allProblems are those of files that cannot be read, and those that show only
// when a lesson is told, as far as that is done when the context ends. It says
// whether they are all.
func (c *course) allProblems(ctx context.Context) (all []lessons.Problem, complete bool) {
	all = slices.Clone(c.Problems)
	var begun []*telling
	for _, tag := range c.Languages {
		for _, l := range c.Lessons[tag] {
			begun = append(begun, c.begin(l))
		}
	}
	complete = true
	for _, t := range begun {
		select {
		case <-t.done:
			all = append(all, t.problems...)
			complete = complete && t.told != nil
		case <-ctx.Done():
			complete = false
		}
	}
	return all, complete
}

// find gives a lesson; nil when there is none. Its author gets a draft, too.
func (c *course) find(tag, slug string) *lessons.Lesson {
	l := c.Find(tag, slug)
	if l == nil && c.of.live {
		l = c.Draft(tag, slug)
	}
	return l
}

// languagesOf are the languages in which there is a lesson.
func (c *course) languagesOf(slug string) (tags []string) {
	for _, tag := range c.Languages {
		if c.find(tag, slug) != nil {
			tags = append(tags, tag)
		}
	}
	return tags
}

// problemsOf are those of a file.
func (c *course) problemsOf(file string) []lessons.Problem {
	return slices.DeleteFunc(slices.Clone(c.Problems), func(p lessons.Problem) bool { return p.File != file })
}

// question names what a reader asks for.
func question(kind string, about ...string) string { return fmt.Sprintf("%s %q", kind, about) }
