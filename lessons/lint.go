package lessons

import (
	"cmp"
	"context"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
)

// Linter says what is linted of a folder of lessons.
type Linter struct {
	Languages []string // only these; nil: all. With one, languages are not compared
	Slugs     []string // only these lessons; nil: all
}

// Report is what a linter found.
type Report struct {
	Problems  []Problem
	Picked    []Picked // the answers that come true, by file and line
	Broke     bool     // a mistake of ours is among them
	Lessons   int      // files that were linted, in all languages
	Languages int
}

// Lint reads and runs lessons of a folder, on all processors, and says what is
// wrong with them by file and line. Once the context
// is done, lessons that were not begun are left out.
func (l Linter) Lint(ctx context.Context, fsys fs.FS) Report {
	c := &checker{course: Load(fsys), unread: map[string]bool{}}
	c.languages = slices.DeleteFunc(slices.Clone(c.course.Languages), func(language string) bool {
		return len(l.Languages) > 0 && !oneOf(language, l.Languages)
	})
	// Others are compared with the first one.
	slices.SortStableFunc(c.languages, func(a, b string) int { return cmp.Compare(rank(a), rank(b)) })
	report := Report{Languages: len(c.languages)}
	for _, p := range c.course.Problems {
		language, name, isFile := strings.Cut(p.File, "/")
		slug := strings.TrimSuffix(name, ".md")
		if !isFile || oneOf(language, c.languages) && (len(l.Slugs) == 0 || oneOf(slug, l.Slugs)) {
			report.Problems = append(report.Problems, p)
			if isFile && !c.unread[p.File] {
				report.Lessons++
			}
		}
		c.unread[p.File] = true
	}
	slugs := l.Slugs
	if len(slugs) == 0 {
		slugs = c.slugs()
	}
	found := make([]Report, len(slugs))
	each(len(slugs), func(i int) {
		if ctx.Err() == nil {
			found[i] = c.lessons(ctx, slugs[i])
		}
	})
	for _, f := range found {
		report.Problems = append(report.Problems, f.Problems...)
		report.Picked = append(report.Picked, f.Picked...)
		report.Broke = report.Broke || f.Broke
		report.Lessons += f.Lessons
	}
	sortProblems(report.Problems)
	slices.SortFunc(report.Picked, func(a, b Picked) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	return report
}

// rank puts English first.
func rank(language string) int {
	if language == "en" {
		return 0
	}
	return 1
}

// checker checks the lessons of a course.
type checker struct {
	course    *Course
	languages []string        // that are wanted
	unread    map[string]bool // files that could not be read
}

// unreadable says whether a lesson is there, but cannot be read, which is told
// where it is.
func (c *checker) unreadable(language, slug string) bool {
	return c.unread[path.Join(language, slug+".md")]
}

// slugs gives the names of all lessons in any of the languages.
func (c *checker) slugs() []string {
	all := map[string]bool{}
	for _, language := range c.languages {
		for _, l := range c.course.Lessons[language] {
			all[l.Slug] = true
		}
	}
	return slices.Sorted(maps.Keys(all))
}

// lessons checks a lesson in all languages. Their runs are the same, and so
// each is run once.
func (c *checker) lessons(ctx context.Context, slug string) Report {
	rs := newRuns(nil)
	defer rs.close()
	var report Report
	var first *Lesson
	var missing []string
	for _, language := range c.languages {
		l := c.course.Find(language, slug)
		if l == nil {
			if !c.unreadable(language, slug) {
				missing = append(missing, path.Join(language, slug+".md"))
			}
			continue
		}
		told, wrong := l.tell(ctx, rs, false)
		p := &proof{teller: &teller{Lesson: l, ctx: ctx, runs: rs, problems: wrong, broke: told.Broke}, checker: c}
		p.safely(1, p.form)
		p.safely(1, p.paths)
		p.stages()
		if first == nil {
			first = l
		} else {
			p.safely(1, func() { p.same(first) })
		}
		report.Problems = append(report.Problems, p.problems...)
		report.Picked = append(report.Picked, c.picked(l, told)...)
		report.Broke = report.Broke || len(p.broke) > 0
		report.Lessons++
	}
	if first != nil {
		for _, file := range missing {
			report.Problems = append(report.Problems, Problem{file, 1, "this lesson is missing; it is there as " + first.File})
		}
	}
	return report
}

// picked gives the answers of a lesson that come true.
func (c *checker) picked(l *Lesson, told *Told) []Picked {
	var all []Picked
	for i, s := range l.Steps {
		right := told.Steps[i].Right
		for _, b := range s.Blocks {
			p, ok := b.(*Predict)
			if !ok || right < 0 {
				continue
			}
			line := p.Choices[right].Line
			all = append(all, Picked{l.File, line, right + 1, len(p.Choices), strings.TrimSpace(c.course.Line(l.File, line))})
		}
	}
	return all
}

// proof is the check of one lesson.
type proof struct {
	*teller
	*checker
}
