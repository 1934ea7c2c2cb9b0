package lessons

import (
	"context"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"procession/sim"
)

// lesson reads a lesson that must be right.
func lesson(t testing.TB, text string) *Lesson {
	t.Helper()
	c := Load(fstest.MapFS{"en/a.md": {Data: []byte(text)}})
	if len(c.Problems) > 0 {
		t.Fatal(c.Problems)
	}
	return c.Find("en", "a")
}

const told = `---
title: Told
summary: Numbers come from runs.
minutes: 5
scenario: workers=2&visitors=Ada&think=1s
---

## One

Out {{ logouts }} of {{ visitor("Ada").requests }} times; {{ strip("Ada") + " <b>" }}.

` + "```" + `sim
until: 9s
from: 2s
do: [3s cart Ada]
` + "```" + `

` + "```" + `predict
ask: How many of {{ requests }}?
choices:
  - {say: none, when: logouts == 0, feedback: no}
  - {say: "{{ logouts }}", when: logouts > 0, feedback: "yes, {{ duration }}"}
` + "```" + `

## Two

Still {{ logouts }}.

## Three

` + "```" + `sim
continue: true
until: 20s
do: [12s set mode=store]
` + "```" + `

Now {{ mode }}, {{ count(events("command.applied"), true) }} commands.

` + "```" + `check
- mode == "store"
- {at: 11s, that: mode == "local"}
` + "```" + `

` + "```" + `notes
{{ duration }}
` + "```" + `

## Four

` + "```" + `sim
set: workers=3
until: 5s
` + "```" + `

` + "```" + `challenge
goal: "{{ value('workers') }} workers"
meet:
  - {that: requests > 3 && p95 < s(9), say: "{{ requests }} till now"}
  - {that: value("workers") == "1", say: one worker}
hints: ["{{ duration }}"]
until: 15s
solutions:
  - {set: workers=1, say: "{{ value('workers') }} worker, {{ duration }}"}
  - {do: [6s set workers=1], say: plain}
` + "```" + `
`

func TestTell(t *testing.T) {
	l := lesson(t, told)
	got, problems := l.Tell(t.Context(), nil)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if len(got.Steps) != 4 {
		t.Fatalf("got %d steps", len(got.Steps))
	}
	one, two, three, four := got.Steps[0], got.Steps[1], got.Steps[2], got.Steps[3]

	wantProse(t, one.Blocks[0], "<p>Out 2 of 4 times; AL* B- AC B- &lt;b&gt;.</p>\n")
	p := one.Blocks[1].(*Predict)
	if one.Right != 1 || p.Ask != "How many of 4?" || p.Choices[1].Say != "2" || p.Choices[1].Feedback != "yes, 9000000" {
		t.Errorf("got the question %+v with the answer %d", p, one.Right)
	}
	if l.Steps[0].Blocks[1].(*Predict).Choices[1].Say == "2" {
		t.Error("telling changed the lesson")
	}
	wantProse(t, two.Blocks[0], "<p>Still 2.</p>\n")
	wantProse(t, three.Blocks[0], "<p>Now store, 2 commands.</p>\n")
	if n := three.Blocks[2].(Notes); n.HTML != "<p>20000000</p>\n" {
		t.Errorf("got the notes %q", n.HTML)
	}
	c := four.Blocks[0].(*Challenge)
	if c.Goal != "3 workers" || c.Meet[0].Say != "2 till now" || c.Hints[0] != "5000000" || c.Solutions[0].Say != "1 worker, 15000000" || c.Solutions[1].Say != "plain" {
		t.Errorf("got the challenge %+v", c)
	}

	if want := "visitors=Ada&think=1s&do=3s+cart+Ada%3B+12s+set+mode=store"; three.Query != want {
		t.Errorf("the run of step 3 is %q, want %q", three.Query, want)
	}
	if two.Query != one.Query || two.Right != -1 || three.Right != -1 {
		t.Errorf("step 2 is %q with the answer %d", two.Query, two.Right)
	}
	// The pictures are those of runs of their own.
	for i, at := range [][2]int64{{2e6, 9e6}, {9e6, 9e6}, {9e6, 20e6}, {0, 5e6}} {
		s := got.Steps[i]
		sc, err := sim.Parse(s.Query)
		if err != nil {
			t.Fatal(err)
		}
		run := sim.New(sc)
		run.Advance(at[0])
		if want := run.Snapshot(); !reflect.DeepEqual(s.Start, want) {
			t.Errorf("step %d begins with another picture than its run has at %d µs", i+1, at[0])
		}
		run.Advance(at[1])
		if want := run.Snapshot(); !reflect.DeepEqual(s.End, want) {
			t.Errorf("step %d ends with another picture than its run has at %d µs", i+1, at[1])
		}
		run.Close()
	}
}

func wantProse(t *testing.T, b Block, want string) {
	t.Helper()
	if p, ok := b.(Prose); !ok || string(p.HTML) != want {
		t.Errorf("got %+v, want %q", b, want)
	}
}

func TestTellWithoutTime(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Nanosecond)
	defer cancel()
	<-ctx.Done()
	got, problems := lesson(t, told).Tell(ctx, nil)
	if len(got.Steps) != 4 || len(problems) == 0 || !strings.Contains(problems[0].Sentence, "no time left") {
		t.Errorf("got %d steps and the problems %v", len(got.Steps), problems)
	}
}

func TestJudge(t *testing.T) {
	c := lesson(t, told).Steps[3].Blocks[0].(*Challenge)
	for _, want := range []struct {
		query string
		all   []Verdict
	}{
		{"workers=3&visitors=Ada&think=1s", []Verdict{{true, "6 requests"}, {false, "3"}}},
		{"workers=1&visitors=Ada&think=1s", []Verdict{{true, "6 requests"}, {true, "1"}}},
		{"workers=1&visitors=Ada&think=12s", []Verdict{{false, "1 / 3 requests"}, {true, "1"}}},
	} {
		got, err := c.Judge(FactsOf(played(t, want.query, 15e6).Log(), 15e6))
		if err != nil || !reflect.DeepEqual(got, want.all) {
			t.Errorf("%s: got %v, %v, want %v", want.query, got, err, want.all)
		}
	}
}
