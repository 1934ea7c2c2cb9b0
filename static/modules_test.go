package static_test

import (
	"path"
	"slices"
	"strings"
	"testing"

	"procession/static"
)

func TestModules(t *testing.T) {
	all, err := static.Modules("js/main.js")
	if err != nil {
		t.Fatal(err)
	}
	for _, needed := range []string{"js/main.js", "js/page/app.js", "js/run/model.js", "js/stage/stage.js"} {
		if !slices.Contains(all, needed) {
			t.Errorf("%s is needed for the first picture, and not found: %q", needed, all)
		}
	}
	for _, later := range []string{"js/travel/timeline.js", "js/controls/help.js", "js/words/heard.js"} {
		if slices.Contains(all, later) {
			t.Errorf("%s loads later, and is found all the same", later)
		}
	}
	if _, err := static.Modules("js/nothing.js"); err == nil {
		t.Error("a module that is not there gives no error")
	}
}

// TestModuleNames: no two scripts have one name, so that a name says which is meant.
func TestModuleNames(t *testing.T) {
	known := map[string]string{}
	all(t, static.FS, func(name, _ string) {
		if !strings.HasPrefix(name, "js/") {
			return
		}
		if other, ok := known[path.Base(name)]; ok {
			t.Errorf("%s has the name of %s", name, other)
		}
		known[path.Base(name)] = name
	})
}
