package lessons

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"procession/sim"
	"procession/sim/trace"
)

// TestBrokenRun: a panic inside the simulator is a problem of the step whose
// run it was, and the rest of the lesson is told.
func TestBrokenRun(t *testing.T) {
	text := frontMatter + "## First\n\n```sim\nuntil: 2s\n```\n\nWords.\n\n## Second\n\n```sim\nset: mode=store\nuntil: 2s\n```\n\nIt answered {{ requests }}.\n"
	c := Load(fstest.MapFS{"en/a.md": {Data: []byte(text)}})
	l := c.Find("en", "a")
	if l == nil {
		t.Fatal(c.Problems)
	}
	rs := newRuns(nil)
	defer rs.close()
	rs.world(l.Steps[0].Sim.Scenario).run.Log().Hook = func(e *trace.Event) {
		if e.Kind == trace.RequestRouted {
			panic("on purpose")
		}
	}
	told, problems := l.tell(t.Context(), rs, true)
	if len(problems) != 1 || problems[0].Line != l.Steps[0].Sim.Line || !strings.Contains(problems[0].Sentence, "please report it with its link, /?") {
		t.Errorf("got the problems %v, want one on line %d", problems, l.Steps[0].Sim.Line)
	}
	var broken *sim.Broken
	if len(told.Broke) != 1 || !errors.As(told.Broke[0], &broken) || broken.Value != "on purpose" {
		t.Errorf("for the log: got %v", told.Broke)
	}
	if got := htmlOf(told.Steps[1].Blocks[0]); !strings.HasPrefix(got, "<p>It answered ") || strings.Contains(got, "<data") {
		t.Errorf("the step after it says %q", got)
	}
}

// TestBrokenTeller: a panic of our own code costs what it was about.
func TestBrokenTeller(t *testing.T) {
	l := Load(fstest.MapFS{"en/a.md": {Data: []byte(body("Words."))}}).Find("en", "a")
	l.Steps[0].stage.chain = nil // which is never so
	told, problems := l.Tell(t.Context(), nil)
	if len(problems) != 1 || problems[0].Line != l.Steps[0].Line || !strings.Contains(problems[0].Sentence, "a mistake of ours") {
		t.Errorf("got the problems %v", problems)
	}
	if len(told.Steps) != 1 || htmlOf(told.Steps[0].Blocks[0]) == "" || len(told.Broke) != 1 || !strings.Contains(told.Broke[0].Error(), "TestBrokenTeller") {
		t.Errorf("got %+v", told)
	}
}
