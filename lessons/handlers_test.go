package lessons

import (
	"strings"
	"testing"
	"testing/fstest"
)

// withHandlers is a lesson with handlers in its front matter.
func withHandlers(title, handlers, sim string) string {
	return "---\ntitle: " + title + "\nsummary: A lesson with handlers.\nminutes: 5\nscenario: visitors=Ada&script=vote\nhandlers:\n" + handlers +
		"---\n\n## One\n\n```sim\nuntil: 5s\n" + sim + "```\n\n## Two\n\n```sim\nset: 'handlers=vote: incr votes | look: read store votes'\nuntil: 5s\n```\n\n## Three\n\n```sim\ncontinue: true\nuntil: 9s\n```\n"
}

// TestHandlersOfALesson: all steps have the handlers of the front matter, and
// what is said of them, but for a step that has others.
func TestHandlersOfALesson(t *testing.T) {
	c := Load(fstest.MapFS{"en/a.md": {Data: []byte(withHandlers("A", "  vote:\n    steps: read memory votes, add 1, write memory votes\n    word: Vote\n  limit: {says: {429: Enough}}\n", "do: [2s limit Ada]\n"))}})
	l := c.Find("en", "a")
	if l == nil {
		t.Fatal(c.Problems)
	}
	for i, want := range []string{"vote: read memory votes, add 1, write memory votes | limit", "vote: incr votes | look: read store votes", "vote: incr votes | look: read store votes"} {
		if got := l.Steps[i].Sim.Scenario.Values()["handlers"]; got != want {
			t.Errorf("step %d: got %q, want %q", i+1, got, want)
		}
	}
	if got := spoken(l.WordsOf(l.Steps[0].Sim.Scenario)); got != "vote with a word; limit 429" {
		t.Errorf("the words of step 1: got %q", got)
	}
	if got := spoken(l.WordsOf(l.Steps[1].Sim.Scenario)); got != "vote with a word" {
		t.Errorf("the words of step 2: got %q", got)
	}
}

// TestHandlersSay: a sentence for all answers is that of each status.
func TestHandlersSay(t *testing.T) {
	c := Load(fstest.MapFS{"en/a.md": {Data: []byte(withHandlers("A", "  vote: {steps: [incr votes, answer 429 over 5, answer 503 under 0], says: 'So it is.'}\n", ""))}})
	l := c.Find("en", "a")
	if l == nil {
		t.Fatal(c.Problems)
	}
	if got := spoken(l.Handlers); got != "vote 200 429 503" {
		t.Errorf("got %q", got)
	}
}

// TestHandlersInTwoLanguages: words differ, and who has some does not.
func TestHandlersInTwoLanguages(t *testing.T) {
	for _, c := range []struct{ other, want string }{
		{"  vote: {steps: [incr votes], word: 투표, says: 표예요.}\n", ""},
		{"  vote: {steps: [incr votes], says: 표예요.}\n", "which handlers have words of the author's own is not as in en/a.md: vote with a word 200 there, vote 200 here"},
		{"  vote: {steps: [incr ballots], word: 투표, says: 표예요.}\n", "scenario is not as in en/a.md"},
	} {
		report := Linter{}.Lint(t.Context(), fstest.MapFS{
			"en/a.md": {Data: []byte(withHandlers("A", "  vote: {steps: [incr votes], word: Vote, says: A vote.}\n", ""))},
			"ko/a.md": {Data: []byte(withHandlers("가", c.other, ""))},
		})
		var told []string
		for _, p := range report.Problems {
			if strings.HasPrefix(p.File, "ko/") && strings.Contains(p.Sentence, "is not as in") {
				told = append(told, p.Sentence)
			}
		}
		if got := strings.Join(told, "; "); (c.want == "") != (got == "") || !strings.Contains(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.other, got, c.want)
		}
	}
}
