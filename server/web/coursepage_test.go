package web_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"procession/server/fair"
)

// TestCourseParts: what lies further on has a list of its own, and both count.
func TestCourseParts(t *testing.T) {
	files := aCourse()
	s := newCourse(t, files, false)
	if page := s.page(t, "/lessons?lang=en"); strings.Contains(page, `id="further"`) || strings.Contains(page, `id="symptoms"`) {
		t.Errorf("there is a list of nothing:\n%s", page)
	}
	files["en/02-and-so-on.md"] = &fstest.MapFile{Data: []byte(strings.Replace(string(files["en/02-and-so-on.md"].Data), "needs: [", "part: further\nneeds: [", 1))}
	page := newCourseWith(t, files, false, realWords(t), fair.Options{}).page(t, "/lessons?lang=en")
	holds(t, "the course", page, "2 lessons", `id="path"`, `data-slug="01-two-copies"`, `</section>`, `id="further"`, `data-slug="02-and-so-on"`, `</section>`)
}

// TestSymptoms: symptoms are listed by their kind, lead to their steps, and are
// found by who searches for them.
func TestSymptoms(t *testing.T) {
	files := aCourse()
	with := func(file, symptoms string) {
		files[file] = &fstest.MapFile{Data: []byte(strings.Replace(string(files[file].Data), "\nneeds: [", "\nsymptoms:\n"+symptoms+"needs: [", 1))}
	}
	with("en/01-two-copies.md", "  - {say: It is <slow>, kind: slow}\n  - {say: Out at random, kind: login, step: 2}\n")
	with("en/02-and-so-on.md", "  - {say: Never in, kind: login, step: 1}\n")
	s := newCourseWith(t, files, false, realWords(t), fair.Options{})
	page := s.page(t, "/lessons?lang=en")
	holds(t, "the course", page, `<a href="#symptoms">`, `id="symptoms"`,
		`id="symptoms-login"`, `<a href="/lessons/01-two-copies?lang=en#step-2">Out at random</a> <span class="to">1 Two copies`, `<a href="/lessons/02-and-so-on?lang=en#step-1">Never in</a>`,
		`id="symptoms-slow"`, `<a href="/lessons/01-two-copies?lang=en">It is &lt;slow&gt;</a>`)
	if strings.Contains(page, "symptoms-deploy") {
		t.Error("there is a heading with nothing below it")
	}
	holds(t, "what is found", s.page(t, "/lessons?lang=en&q=never+in"), `class="found"`, `href="/lessons/02-and-so-on?lang=en"`, "<mark>Never</mark> <mark>in</mark>")
}
