package web

import (
	"context"
	"slices"
	"sync"
	"time"

	"procession/lessons"
)

const (
	// tellAtOnce is how many lessons are told at once. Each keeps a core busy.
	tellAtOnce = 2
	// tellWait is how long the runs of a lesson may take.
	tellWait = 20 * time.Second
)

// course is a course as it was read at one moment, and what was told of it.
type course struct {
	*lessons.Course
	stamps map[string]string // by file: another one after each change; nil: files do not change
	slots  chan struct{}

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

// newCourse is a course of which nothing was told yet, but for the lessons that
// are the same as before; nil: there was none before.
func newCourse(c *lessons.Course, stamps map[string]string, before *course) *course {
	now := &course{Course: c, stamps: stamps, slots: make(chan struct{}, tellAtOnce), told: map[*lessons.Lesson]*telling{}, index: map[string][]place{}}
	if before == nil {
		return now
	}
	before.mu.Lock()
	defer before.mu.Unlock()
	for l, t := range before.told {
		same := now.Find(l.Language, l.Slug)
		if same != nil && stamps[l.File] == before.stamps[l.File] {
			now.told[same] = t
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
		return nil, ctx.Err()
	}
}

// begin lets a lesson be told, and does not wait for it.
func (c *course) begin(l *lessons.Lesson) *telling {
	c.mu.Lock()
	defer c.mu.Unlock()
	t := c.told[l]
	if t == nil {
		t = &telling{done: make(chan struct{})}
		c.told[l] = t
		go c.play(l, t)
	}
	return t
}

// play tells a lesson. What did not come to an end for lack of time is
// forgotten, so that the next one who asks begins anew.
func (c *course) play(l *lessons.Lesson, t *telling) {
	defer close(t.done)
	c.slots <- struct{}{}
	defer func() { <-c.slots }()
	ctx, cancel := context.WithTimeout(context.Background(), tellWait)
	defer cancel()
	t.told, t.problems = l.Tell(ctx, nil)
	if ctx.Err() != nil {
		t.told = nil
		t.problems = []lessons.Problem{{File: l.File, Line: 1, Sentence: "its runs take too long to be played just now; please try again"}}
		c.mu.Lock()
		delete(c.told, l)
		c.mu.Unlock()
	}
}

// allProblems are those of files that cannot be read, and those that show only
// when a lesson is told, as far as that is done when the context ends.
func (c *course) allProblems(ctx context.Context) []lessons.Problem {
	all := slices.Clone(c.Problems)
	var begun []*telling
	for _, tag := range c.Languages {
		for _, l := range c.Lessons[tag] {
			begun = append(begun, c.begin(l))
		}
	}
	for _, t := range begun {
		select {
		case <-t.done:
			all = append(all, t.problems...)
		case <-ctx.Done():
		}
	}
	return all
}

// languagesOf are the languages in which there is a lesson.
func (c *course) languagesOf(slug string) (tags []string) {
	for _, tag := range c.Languages {
		if c.Find(tag, slug) != nil {
			tags = append(tags, tag)
		}
	}
	return tags
}

// problemsOf are those of a file.
func (c *course) problemsOf(file string) []lessons.Problem {
	return slices.DeleteFunc(slices.Clone(c.Problems), func(p lessons.Problem) bool { return p.File != file })
}
