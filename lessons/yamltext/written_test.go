package yamltext_test

import (
	"testing"

	"procession/lessons/yamltext"
)

// TestHowItIsWritten: where the parser trips over how something is written, what
// helps is said.
func TestHowItIsWritten(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"ask: Who?\nchoices:\n  - say: Every\n   when: denied == 3\n", "line 4: this is not YAML that can be read: the key when is not under the one above, say; indent it with 4 spaces, not 3"},
		{"ask: Who?\nchoices:\n  - say: Every\n     when: denied == 3\n", "line 4: this is not YAML that can be read: the key when is not under the one above, say; indent it with 4 spaces, not 5"},
		{"title: \"The \" store move\"\nsummary: x\n", `line 1: this is not YAML that can be read: a quote inside quotes is written \"`},
		{"title: a: b\n", "line 1: this is not YAML that can be read: mapping value is not allowed in this context; put a text that has \": \", \" #\" or a quote in it between quotes"},
		{"say: A\nfeedback: {{ hits }}\n", `line 2: this is not YAML that can be read: a value that begins with { stands in quotes, as in "{{ hits }} of them"`},
		{"feedback: {{ hits }} times\n", `line 1: this is not YAML that can be read: a value that begins with { stands in quotes, as in "{{ hits }} of them"`},
		{"ask: \"Who is \\\"Ada\\\"?\"\nchoices:\n  - say: Every\n    when: denied == 3\n", ""},
	} {
		got := ""
		if _, wrong := yamltext.Parse(c.text, yamltext.Rules{MaxDepth: 6}); wrong != nil {
			got = wrong.Error()
		}
		if got != c.want {
			t.Errorf("%q: got %s, want %s", c.text, got, c.want)
		}
	}
}
