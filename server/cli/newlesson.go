package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"procession/lessons"
	"procession/sim/scenario"
)

const newLessonHelp = `Makes the start of a lesson: one that works, with comments that say how it goes on.

  procession new-lesson [flags] NAME

NAME has small letters, digits and hyphens: what-a-process-is. Without a number before it
(03-what-a-process-is) it gets the next one that is free. No file is overwritten, and no lesson
gets the name that another one has after its number.

Flags
  --lang LIST      a file for each of these languages (default en,ko)
  --dir DIR        the folder of the lessons (default lessons)
  -h, --help       this text

Then
  procession lint DIR              is what it says so?
  procession serve -lessons DIR    see it, and each change at once
`

// numbered is a name with its number.
var numbered = regexp.MustCompile(`^[0-9]+-`)

// NewLesson does what the arguments after "new-lesson" say and gives the exit code.
func NewLesson(args []string, stdout, stderr io.Writer) int {
	c := command{"new-lesson", stderr}
	flags := pflag.NewFlagSet("new-lesson", pflag.ContinueOnError)
	flags.SetOutput(io.Discard) // we say it ourselves
	flags.Usage = func() {}
	languages := flags.StringSlice("lang", []string{"en", "ko"}, "")
	dir := flags.String("dir", "lessons", "")
	wantHelp := flags.BoolP("help", "h", false, "")
	if err := flags.Parse(withTwoDashes(flags, args)); err != nil {
		return c.badInput(fmt.Errorf("%w; `procession new-lesson -h` says what there is", err))
	}
	if *wantHelp {
		_, err := io.WriteString(stdout, newLessonHelp)
		return c.done(err)
	}
	if flags.NArg() != 1 {
		return c.badInput(fmt.Errorf("one name is wanted, and there are %d arguments: procession new-lesson what-a-process-is", flags.NArg()))
	}
	slug := flags.Arg(0)
	if err := lessons.CheckSlug(slug); err != nil {
		return c.badInput(err)
	}
	if len(*languages) == 0 {
		return c.badInput(&scenario.Error{Key: "--lang", Allowed: "tags of languages with commas between, such as en,ko"})
	}
	for _, language := range *languages {
		if !lessons.IsLanguage(language) {
			return c.badInput(&scenario.Error{Key: "--lang", Value: language, Allowed: "tags of languages with commas between, such as en,ko"})
		}
	}
	if !numbered.MatchString(slug) {
		course := lessons.Load(os.DirFS(*dir))
		if file := sameName(course, slug); file != "" {
			return c.badInput(existsError(filepath.Join(*dir, file)))
		}
		slug = fmt.Sprintf("%02d-%s", nextNumber(course), slug)
	}
	written, err := writeSkeletons(*dir, slug, *languages)
	for _, file := range written {
		fmt.Fprintln(stdout, file)
	}
	if err == nil {
		c.wordless(*languages)
	}
	if _, exists := errors.AsType[existsError](err); exists {
		return c.badInput(err)
	}
	return c.done(err)
}

// sameName gives the file of a lesson that has a name already, after its number;
// empty: there is none.
func sameName(course *lessons.Course, name string) string {
	for _, file := range course.Files() {
		if slug := strings.TrimSuffix(path.Base(file), ".md"); slug == name || numbered.ReplaceAllString(slug, "") == name {
			return file
		}
	}
	return ""
}

// nextNumber gives the number after the last lesson's, in any language.
func nextNumber(course *lessons.Course) int {
	last := 0
	for _, all := range course.Lessons {
		for _, l := range all {
			last = max(last, l.Number)
		}
	}
	// Those that cannot be read have their numbers, too.
	for _, p := range course.Problems {
		last = max(last, lessons.NumberOf(strings.TrimSuffix(filepath.Base(p.File), ".md")))
	}
	return last + 1
}

// existsError is the name of a file that is there already.
type existsError string

func (e existsError) Error() string {
	return string(e) + " is there already; choose another name"
}

// writeSkeletons writes a file for each language and gives their names. When
// one of them is there already, none is written.
func writeSkeletons(dir, slug string, languages []string) ([]string, error) {
	slices.Sort(languages)
	languages = slices.Compact(languages)
	file := func(language string) string { return filepath.Join(dir, language, slug+".md") }
	for _, language := range languages {
		if _, err := os.Lstat(file(language)); err == nil {
			return nil, existsError(file(language))
		}
	}
	var written []string
	for _, language := range languages {
		if err := os.MkdirAll(filepath.Join(dir, language), 0o755); err != nil {
			return written, fmt.Errorf("the folder cannot be made: %w", err)
		}
		f, err := os.OpenFile(file(language), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if err != nil {
			return written, fmt.Errorf("the lesson cannot be written: %w", err)
		}
		_, err = f.Write(lessons.Skeleton(slug, language))
		if closed := f.Close(); err == nil {
			err = closed
		}
		if err != nil {
			return written, fmt.Errorf("the lesson cannot be written: %w", err)
		}
		written = append(written, f.Name())
	}
	return written, nil
}
