package static_test

import (
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"

	"procession/static"
)

var (
	// asked are the scripts that a page asks for.
	asked = regexp.MustCompile(`/static/(js/[^"]+\.js)`)
	// imported are those that a script asks for; a type alone is no reason.
	imported = regexp.MustCompile(`(?m)^[^*@\n]*(?:from |import |import\()['"](\.[^'"]+)['"]`)
)

// TestScriptsAreOfPages: what is served as a script is what a page needs, and
// nothing that only tests do.
func TestScriptsAreOfPages(t *testing.T) {
	var scripts []string
	all(t, os.DirFS("../templates"), func(_, text string) {
		for _, m := range asked.FindAllStringSubmatch(text, -1) {
			scripts = append(scripts, m[1])
		}
	})
	known := map[string]bool{}
	for len(scripts) > 0 {
		name := scripts[0]
		scripts = scripts[1:]
		if known[name] {
			continue
		}
		known[name] = true
		text, err := fs.ReadFile(static.FS, name)
		if err != nil {
			t.Errorf("a script that is asked for: %v", err)
		}
		for _, m := range imported.FindAllStringSubmatch(string(text), -1) {
			scripts = append(scripts, path.Join(path.Dir(name), m[1]))
		}
	}
	all(t, static.FS, func(name, _ string) {
		if strings.HasPrefix(name, "js/") && !known[name] {
			t.Errorf("%s is served, and no page asks for it", name)
		}
	})
}

// all calls do for each file.
func all(t *testing.T, files fs.FS, do func(name, text string)) {
	t.Helper()
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(files, name)
		if err == nil {
			do(name, string(text))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
