package static_test

import (
	"slices"
	"testing"

	"procession/static"
)

func TestModules(t *testing.T) {
	all, err := static.Modules("js/main.js")
	if err != nil {
		t.Fatal(err)
	}
	for _, needed := range []string{"js/main.js", "js/app.js", "js/model.js", "js/stage/stage.js"} {
		if !slices.Contains(all, needed) {
			t.Errorf("%s is needed for the first picture, and not found: %q", needed, all)
		}
	}
	for _, later := range []string{"js/travel/timeline.js", "js/controls/help.js", "js/heard.js"} {
		if slices.Contains(all, later) {
			t.Errorf("%s loads later, and is found all the same", later)
		}
	}
	if _, err := static.Modules("js/nothing.js"); err == nil {
		t.Error("a module that is not there gives no error")
	}
}
