package cli_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"procession/lessons"
	"procession/server/cli"
)

// lint runs a command line of "lint".
func lint(args ...string) (stdout, stderr string, code int) {
	var out, errs bytes.Buffer
	code = cli.Lint(args, &out, &errs)
	return out.String(), errs.String(), code
}

// course makes a folder of lessons: names below it and what they have.
func course(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestLint(t *testing.T) {
	en, ko := string(lessons.Skeleton("a", "en")), string(lessons.Skeleton("a", "ko"))
	wrong := strings.Replace(en, "minutes: 5", "minutes: 0", 1)
	right := course(t, map[string]string{"en/a.md": en, "ko/a.md": ko})
	bad := course(t, map[string]string{"en/a.md": wrong, "en/b.md": en, "ko/a.md": ko})
	other := course(t, map[string]string{"readme.md": "Hello."})
	const minutes = `en/a.md:4: minutes: "0" is not possible; it is a whole number from 1 to 120`
	const missing = "ko/b.md:1: this lesson is missing; it is there as en/b.md"
	for _, c := range []struct {
		args     []string
		out, err string
		code     int
	}{
		{[]string{right}, "2 lessons in 2 languages: no problem.\n", "", 0},
		{[]string{right, "--lang", "en"}, "1 lesson in 1 language: no problem.\n", "", 0},
		{[]string{"-lang=ko", right}, "1 lesson in 1 language: no problem.\n", "", 0},
		{[]string{right, "--format", "json"}, "[]\n", "", 0},
		{[]string{bad}, minutes + "\n" + missing + "\n3 lessons in 2 languages: 2 problems.\n", "", 2},
		{[]string{bad, "--lang", "ko"}, "1 lesson in 1 language: no problem.\n", "", 0},
		{[]string{filepath.Join(bad, "en", "a.md")}, minutes + "\n2 lessons in 2 languages: 1 problem.\n", "", 2},
		{[]string{filepath.Join(bad, "en", "a.md"), filepath.Join(bad, "en", "b.md"), "--lang", "en"}, minutes + "\n2 lessons in 1 language: 1 problem.\n", "", 2},
		{[]string{right, "--lang", "fr"}, "", "en, ko", 2},
		{[]string{right, "--format", "xml"}, "", "text, json", 2},
		{[]string{right, "--fast"}, "", "procession lint -h", 2},
		{[]string{filepath.Join(right, "nowhere")}, "", "cannot be read", 2},
		{[]string{other}, "", "has no folder for a language", 2},
		{[]string{filepath.Join(right, "en", "a.md"), filepath.Join(bad, "en", "a.md")}, "", "one folder of lessons is wanted", 2},
	} {
		out, errs, code := lint(c.args...)
		if out != c.out || code != c.code || !strings.Contains(errs, c.err) || (c.err == "") != (errs == "") {
			t.Errorf("lint %q: got %d, %q, errors %q; want %d, %q, errors with %q", c.args, code, out, errs, c.code, c.out, c.err)
		}
	}

	// Which answer comes true is told to who asks, and a problem beside it.
	picked := regexp.MustCompile(`(?m)^en/b\.md:(\d+): choice (\d) of (\d) comes true: (.+)$`)
	out, errs, code := lint("-v", bad, "--lang=en")
	lines := strings.Split(en, "\n")
	all := picked.FindAllStringSubmatch(out, -1)
	if code != 2 || errs != "" || len(all) == 0 || !strings.Contains(out, minutes) {
		t.Errorf("lint -v: got %d, %q, errors %q", code, out, errs)
	}
	for _, p := range all {
		line, _ := strconv.Atoi(p[1])
		if !strings.HasPrefix(p[4], "- say: ") || strings.TrimSpace(lines[line-1]) != p[4] {
			t.Errorf("lint -v tells %q of line %q", p[0], lines[line-1])
		}
	}

	out, _, code = lint(bad, "--format=json", "-v")
	var problems []lessons.Problem
	if err := json.Unmarshal([]byte(out), &problems); err != nil || code != 2 || len(problems) != 2 || problems[0].Error() != minutes {
		t.Errorf("as JSON: got %d, %v, %v", code, problems, err)
	}
}

func TestLintHelp(t *testing.T) {
	if out, errs, code := lint("-h"); code != 0 || errs != "" || !strings.Contains(out, "--format") {
		t.Errorf("got %d, %q, %q", code, out, errs)
	}
}
