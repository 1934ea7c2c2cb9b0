package cli_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"procession/server/cli"
)

// newLesson runs a command line of "new-lesson".
func newLesson(args ...string) (stdout, stderr string, code int) {
	var out, errs bytes.Buffer
	code = cli.NewLesson(args, &out, &errs)
	return out.String(), errs.String(), code
}

// TestNewLesson makes lessons one after the other in one folder, and lints
// them at the end.
func TestNewLesson(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "lessons")
	for _, c := range []struct {
		args  []string
		files string // those made, below the folder
		err   string
	}{
		{[]string{"first"}, "en/01-first.md ko/01-first.md", ""},
		{[]string{"second-one"}, "en/02-second-one.md ko/02-second-one.md", ""},
		{[]string{"07-seventh"}, "en/07-seventh.md ko/07-seventh.md", ""},
		{[]string{"-lang", "ko,en,ko", "next"}, "en/08-next.md ko/08-next.md", ""},
		{[]string{"07-seventh"}, "", "07-seventh.md is there already"},
		{[]string{"seventh"}, "", "07-seventh.md is there already"},
		{[]string{"first"}, "", "01-first.md is there already"},
		{[]string{"Bad"}, "", `"Bad" is no name for a lesson`},
		{[]string{"../escape"}, "", `"../escape" is no name`},
		{[]string{""}, "", `"" is no name`},
		{[]string{"a", "b"}, "", "there are 2 arguments"},
		{nil, "", "there are 0 arguments"},
		{[]string{"--lang", "../x", "a"}, "", "tags of languages"},
		{[]string{"--lang", "", "a"}, "", "tags of languages"},
		{[]string{"--fast", "a"}, "", "procession new-lesson -h"},
	} {
		out, errs, code := newLesson(append([]string{"--dir", dir}, c.args...)...)
		var want strings.Builder
		for _, file := range strings.Fields(c.files) {
			want.WriteString(filepath.Join(dir, file) + "\n")
		}
		if out != want.String() || (code == 0) != (c.err == "") || !strings.Contains(errs, c.err) {
			t.Errorf("new-lesson %q: got %d, %q, errors %q; want %q, errors with %q", c.args, code, out, errs, want.String(), c.err)
		}
	}
	if out, errs, code := lint(dir); code != 0 || errs != "" {
		t.Errorf("the new lessons have problems:\n%s%s", out, errs)
	}
	// A language in which the page has no words.
	const wordless = "de: the page has no words in this language"
	if _, errs, code := newLesson("--dir", dir, "--lang", "de", "01-first"); code != 0 || !strings.Contains(errs, wordless) {
		t.Errorf("got %d, %q", code, errs)
	}
	if _, errs, _ := lint(dir); strings.Count(errs, wordless) != 1 {
		t.Errorf("lint says %q", errs)
	}
}

// TestNewLessonKeeps changes nothing when only one of the files is there.
func TestNewLessonKeeps(t *testing.T) {
	dir := course(t, map[string]string{"ko/05-mine.md": "mine"})
	_, errs, code := newLesson("-dir", dir, "05-mine")
	text, err := os.ReadFile(filepath.Join(dir, "ko", "05-mine.md"))
	if code != 2 || string(text) != "mine" || err != nil {
		t.Errorf("got %d, %q, and the file has %q (%v)", code, errs, text, err)
	}
	if _, err := os.Stat(filepath.Join(dir, "en")); !os.IsNotExist(err) {
		t.Errorf("something was made: %v", err)
	}
	// A file that cannot be read has its number all the same.
	if out, _, code := newLesson("-dir", dir, "-lang", "ko", "next"); code != 0 || !strings.HasSuffix(out, "06-next.md\n") {
		t.Errorf("got %d, %q", code, out)
	}
}

func TestNewLessonHelp(t *testing.T) {
	if out, errs, code := newLesson("--help"); code != 0 || errs != "" || !strings.Contains(out, "--dir") {
		t.Errorf("got %d, %q, %q", code, out, errs)
	}
}
