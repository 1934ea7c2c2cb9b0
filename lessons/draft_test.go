package lessons

import (
	"strings"
	"testing"
	"testing/fstest"
)

// kindsOf names what is in a draft: of each step its blocks, in order, and
// whether it has a run.
func kindsOf(l *Lesson) string {
	var steps []string
	for _, s := range l.Steps {
		var names []string
		if s.Sim != nil {
			names = append(names, "sim")
		}
		for _, b := range s.Blocks {
			switch b := b.(type) {
			case Prose:
				names = append(names, "prose")
			case Notes:
				names = append(names, "notes")
			case *Predict:
				names = append(names, "predict")
			case *Challenge:
				names = append(names, "challenge")
			case *Check:
				names = append(names, "check")
			case *Broken:
				if b.Waits > 0 {
					names = append(names, "waits")
				} else {
					names = append(names, "broken")
				}
			}
		}
		steps = append(steps, strings.Join(names, " "))
	}
	return strings.Join(steps, ", ")
}

// TestDraft: a mistake costs its block and what needs that, and nothing else.
func TestDraft(t *testing.T) {
	const rest = ", prose, prose"
	for _, c := range []struct{ name, old, new, want string }{
		{"a sim block, with a run that goes on from it", "until: 8s\n", "until: soon\n", "prose broken, waits waits, sim challenge" + rest},
		{"a run that goes on", "continue: true\nuntil: 12s", "continue: true\nuntil: 12", "sim prose check, broken waits, sim challenge" + rest},
		{"what is shown of a run", "point: [visitor Ada, worker 1]", "point: [Ada]", "sim prose broken check, sim predict, sim challenge" + rest},
		{"who is pointed at", "visitor Ada, worker 1", "visitor Eve", "sim prose broken check, sim predict, sim challenge" + rest},
		{"YAML", "until: 8s\n", "until: [8s\n", "prose broken, waits waits, sim challenge" + rest},
		{"an empty block", "until: 8s\npoint: [visitor Ada, worker 1]\ndo: [2s cart Ada]\n", "", "prose broken, waits waits, sim challenge" + rest},
		{"a question", "ask: How often?", "how: often", "sim prose check, sim broken, sim challenge" + rest},
		{"a goal", "until: 40s", "until: 99h", "sim prose check, sim predict, sim broken" + rest},
		{"a claim", "at: 4s", "at: 9s", "sim prose broken, sim predict, sim challenge" + rest},
		{"text", "Ada was out", "<b>Ada</b> was out", "sim broken check, sim predict, sim challenge" + rest},
		{"a place for a number", "visitor(\"Ada\").logouts }} times", "visitor( }} times", "sim broken check, sim predict, sim challenge" + rest},
		{"the scenario", "workers=2&", "workers=0&", "prose waits, waits waits, waits waits" + rest},
		{"other front matter", "minutes: 5", "minutes: few", "sim prose check, sim predict, sim challenge" + rest},
		{"the title of a step", "## Two", "## Two {.two}", "sim prose check, sim predict, sim challenge" + rest},
	} {
		text := base(t)
		if !strings.Contains(text, c.old) {
			t.Fatalf("%s: the lesson does not have %q", c.name, c.old)
		}
		course := Load(fstest.MapFS{"en/a.md": {Data: []byte(strings.Replace(text, c.old, c.new, 1))}})
		if course.Find("en", "a") != nil || len(course.Problems) == 0 {
			t.Errorf("%s: it is read, with the problems %v", c.name, course.Problems)
		}
		draft := course.Draft("en", "a")
		if draft == nil {
			t.Errorf("%s: there is no draft", c.name)
			continue
		}
		if got := kindsOf(draft); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
		told, problems := draft.Tell(t.Context(), nil)
		if len(problems) > 0 {
			t.Errorf("%s: the rest has the problems %v", c.name, problems)
		}
		for _, s := range told.Steps {
			for _, b := range s.Blocks {
				if openPlace.MatchString(htmlOf(b)) {
					t.Errorf("%s: a place is open: %s", c.name, htmlOf(b))
				}
			}
		}
		for _, p := range course.Problems {
			if p.Line < 10 {
				continue
			}
			if _, _, ok := draft.Where(p.Line); !ok {
				t.Errorf("%s: nobody knows where line %d is", c.name, p.Line)
			}
		}
	}
}

// TestNoDraft: there is none of a lesson without mistakes, and none where there
// is nothing to show.
func TestNoDraft(t *testing.T) {
	c := Load(fstest.MapFS{
		"en/good.md":  {Data: Skeleton("good", "en")},
		"en/bytes.md": {Data: []byte(body("a\x00b"))},
		"en/front.md": {Data: []byte("## Step\n")},
		"en/none.md":  {Data: []byte(frontMatter + "Words.\n")},
		"en/Bad.md":   {Data: Skeleton("bad", "en")},
	})
	for _, slug := range []string{"good", "bytes", "front", "none", "Bad", "nowhere", "../en/good"} {
		if c.Draft("en", slug) != nil {
			t.Errorf("%s: there is a draft", slug)
		}
	}
}

// TestWhere finds the blocks of lines.
func TestWhere(t *testing.T) {
	l := Load(fstest.MapFS{"en/a.md": {Data: []byte(body("Words.\n\n```check\n- requests > 0\n```\n\n## Two\n\nMore."))}}).Find("en", "a")
	for line, want := range map[int][2]int{8: {0, 0}, 11: {0, 0}, 14: {0, 0}, 16: {0, 1}, 18: {0, 1}, 20: {1, 0}, 22: {1, 0}, 99: {1, 0}} {
		step, block, ok := l.Where(line)
		if got := [2]int{step, block}; !ok || got != want {
			t.Errorf("line %d: got %v, want %v", line, got, want)
		}
	}
	if _, _, ok := l.Where(7); ok {
		t.Error("a line of the front matter is in a step")
	}
}

// TestDraftWaitsForTheMistake: what waits names the line that the mistake names.
func TestDraftWaitsForTheMistake(t *testing.T) {
	text := base(t)
	end := strings.Index(text, "\ntitle: ") + 1
	text = text[:end] + "title: \"The \" store move\"" + text[end+strings.IndexByte(text[end:], '\n'):]
	course := Load(fstest.MapFS{"en/a.md": {Data: []byte(text)}})
	draft := course.Draft("en", "a")
	if draft == nil || len(course.Problems) == 0 {
		t.Fatalf("got the problems %v", course.Problems)
	}
	want, waiting := course.Problems[0].Line, 0
	for _, s := range draft.Steps {
		for _, b := range s.Blocks {
			if broken, ok := b.(*Broken); ok && broken.Waits > 0 {
				waiting++
				if broken.Waits != want {
					t.Errorf("what stands on line %d waits for line %d, want %d: %v", broken.Line, broken.Waits, want, course.Problems)
				}
			}
		}
	}
	if waiting == 0 || want < 2 {
		t.Errorf("%d blocks wait for line %d", waiting, want)
	}
}
