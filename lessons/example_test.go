package lessons_test

import (
	"context"
	"fmt"
	"testing/fstest"

	"procession/lessons"
)

func Example() {
	course := lessons.Load(lessons.FS)
	for _, p := range course.Problems {
		fmt.Println(p) // file:line: sentence
	}
	lesson := course.Find("en", "01-the-random-logout")
	told, problems := lesson.Tell(context.Background(), nil) // each step was run: numbers in the prose, right answers
	fmt.Println(lesson.Title, len(told.Steps) == len(lesson.Steps), len(problems))
	// Output:
	// The random logout true 0
}

// A lesson that cannot be read is a problem; whether all that the others say is
// so is for the linter.
func ExampleLinter() {
	files := fstest.MapFS{"en/01-short.md": {Data: []byte("---\ntitle: Short\n---\n")}}
	for _, p := range (lessons.Linter{}).Lint(context.Background(), files).Problems {
		fmt.Println(p)
	}
	// Output:
	// en/01-short.md:1: the front matter has no summary
	// en/01-short.md:1: the front matter has no minutes
	// en/01-short.md:1: the front matter has no scenario
	// en/01-short.md:3: there is no step; a step begins with a line ## and its title
}
