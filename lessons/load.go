package lessons

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

var (
	// languageName is how folders of lessons are named; others are passed over.
	languageName = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)
	// slugName is how files are named, without .md.
	slugName = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
)

// maxSlug is how long the name of a lesson may be, in bytes.
const maxSlug = 64

// Load reads all lessons of a folder, once: a folder per language, a file per
// lesson.
func Load(fsys fs.FS) *Course { return NewLoader(fsys).Load() }

// read reads a file. It always gives a reader; its lesson is complete when it
// has no problems.
func (s source) read(fsys fs.FS) *reader {
	if err := CheckSlug(s.slug); err != nil {
		r := s.reader()
		r.wrong(1, "%v", err)
		return r
	}
	text, err := s.open(fsys)
	if err != nil {
		r := s.reader()
		r.wrong(1, "%s", sentence("this file cannot be read", err))
		return r
	}
	return s.readText(text)
}

// reader gives one that has read nothing yet.
func (s source) reader() *reader {
	r := &reader{lesson: &Lesson{Language: s.language, Slug: s.slug, File: s.file, Number: NumberOf(s.slug)}}
	if s.info != nil {
		r.lesson.Changed = s.info.ModTime()
	}
	return r
}

// readText reads what is in a file.
func (s source) readText(text []byte) (r *reader) {
	r = s.reader()
	// A mistake of ours, or of a library, must cost one lesson, not the course.
	defer func() {
		if p := recover(); p != nil {
			r.problems = nil
			r.wrong(1, "this lesson cannot be read: what is in it confuses the reader (%s)", show(fmt.Sprint(p)))
		}
	}()
	r.read(text)
	return r
}

// CheckSlug says whether a lesson can have a name. The error is a sentence.
func CheckSlug(slug string) error {
	if !slugName.MatchString(slug) || len(slug) > maxSlug {
		return fmt.Errorf("%s is no name for a lesson; a name has small letters, digits and hyphens between them, at most %d: 03-what-a-process-is", show(slug), maxSlug)
	}
	return nil
}

// IsLanguage says whether a folder with this name holds lessons: tags such as
// en or pt-BR.
func IsLanguage(name string) bool { return languageName.MatchString(name) }

// NumberOf gives the digits before a slug's first hyphen, 0 without.
func NumberOf(slug string) int {
	digits, _, _ := strings.Cut(slug, "-")
	n := 0
	for _, d := range digits {
		if d < '0' || d > '9' || n > 9999 {
			return 0
		}
		n = 10*n + int(d-'0')
	}
	return n
}

// errTooLarge says that a file is larger than a lesson may be.
var errTooLarge = fmt.Errorf("it is larger than %d KB", maxFile>>10)

// open reads a file, but only if it is one, and never more than a lesson may
// have.
func (s source) open(fsys fs.FS) ([]byte, error) {
	if s.err != nil {
		return nil, s.err
	}
	f, err := fsys.Open(s.file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err == nil && len(text) > maxFile {
		err = errTooLarge
	}
	return text, err
}

// sentence says what failed, without the path that the reader knows already.
func sentence(what string, err error) string {
	if at, ok := errors.AsType[*fs.PathError](err); ok {
		err = at.Err
	}
	return what + ": " + err.Error()
}

// each calls do with 0, 1, … n-1, on as many goroutines as there are processors.
func each(n int, do func(i int)) {
	var next atomic.Int64
	var all sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		all.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	all.Wait()
}

// sortProblems puts problems in the order in which one reads.
func sortProblems(all []Problem) {
	slices.SortStableFunc(all, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
}
