package lessons

import (
	"bytes"
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// patience is how long reading a file may take at the very most, on a slow
// machine with the race detector.
const patience = 10 * time.Second

// Names of hostile lessons say what is expected of them: those of ok- are
// harmless, those of run- can be read and are found out when they are run, all
// others have a problem.
const (
	harmless = "ok-"
	later    = "run-"
)

// TestHostile reads each malformed lesson in a folder with a good one.
func TestHostile(t *testing.T) {
	all := hostile()
	if len(all) < 200 {
		t.Fatalf("there are %d hostile lessons, want 200", len(all))
	}
	good := Skeleton("good", "en")
	for name, text := range all {
		t.Run(name, func(t *testing.T) {
			began := time.Now()
			c := Load(fstest.MapFS{"en/" + name + ".md": {Data: []byte(text)}, "en/good.md": {Data: good}})
			if took := time.Since(began); took > patience {
				t.Errorf("reading took %v", took)
			}
			if c.Find("en", "good") == nil {
				t.Error("the good lesson beside it is gone")
			}
			l := c.Find("en", name)
			problems := c.Problems
			if l != nil {
				ctx, cancel := context.WithTimeout(context.Background(), patience)
				defer cancel()
				told, wrong := l.Tell(ctx, nil)
				problems = append(problems, wrong...)
				noScript(t, l, told)
			}
			draft := c.Draft("en", name)
			if draft != nil {
				ctx, cancel := context.WithTimeout(context.Background(), patience)
				defer cancel()
				told, _ := draft.Tell(ctx, nil)
				noScript(t, draft, told)
			}
			if draft != nil && l != nil {
				t.Error("it can be read, and there is a draft all the same")
			}
			inFile(t, []byte(text), problems)
			switch {
			case strings.HasPrefix(name, harmless):
				if l == nil || len(problems) > 0 {
					t.Errorf("it should be harmless; got the problems %v", problems)
				}
			case strings.HasPrefix(name, later):
				if l == nil || len(problems) == 0 {
					t.Errorf("it should be found out when it is run; got the problems %v", problems)
				}
			default:
				if l != nil || len(problems) == 0 {
					t.Errorf("it should not be read; got the problems %v", problems)
				}
			}
		})
	}
}

// TestHostileTogether reads them all as one course.
func TestHostileTogether(t *testing.T) {
	files := fstest.MapFS{"en/good.md": {Data: Skeleton("good", "en")}}
	for name, text := range hostile() {
		files["en/"+name+".md"] = &fstest.MapFile{Data: []byte(text)}
	}
	if c := Load(files); c.Find("en", "good") == nil || len(c.Problems) < 150 {
		t.Errorf("got %d problems, and the good lesson %v", len(c.Problems), c.Find("en", "good"))
	}
}

// inFile looks whether problems name lines that there are.
func inFile(t testing.TB, text []byte, problems []Problem) {
	t.Helper()
	lines := 1 + strings.Count(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(text)), "\n")
	for _, p := range problems {
		if p.Line < 1 || p.Line > lines || p.Sentence == "" || strings.ContainsAny(p.Sentence, "\n\x00") {
			t.Errorf("the problem %+v is not one of a file with %d lines", p, lines)
		}
	}
}

var (
	// tag is an element of the page as we write them; aTag is anything that a
	// browser could take for one.
	tag = regexp.MustCompile(`^</?(?:p|em|strong|del|code|pre|span|a|h3|h4|h5|h6|ul|ol|li|blockquote|hr|br|table|thead|tbody|tr|th|td|data)` +
		`(?: (?:href="(?:(?i:https?://|mailto:)[^"<>]*|#step-[0-9]+|/(?:[^/\\"<>][^"<>]*)?)"|(?:title|class|align|value|start)="[^"<>]*"))*>$`)
	aTag = regexp.MustCompile(`<[^ ][^>]*>?`)
)

// noScript looks for what a browser could carry out: each element must be one
// of those that Markdown makes, with attributes that do nothing.
func noScript(t testing.TB, l *Lesson, told *Told) {
	t.Helper()
	html := ""
	for _, b := range l.Intro {
		html += htmlOf(b)
	}
	for i, s := range l.Steps {
		for _, b := range append(s.Blocks[:len(s.Blocks):len(s.Blocks)], told.Steps[i].Blocks...) {
			html += htmlOf(b)
		}
	}
	for _, found := range aTag.FindAllString(html, -1) {
		if !tag.MatchString(found) {
			t.Errorf("the page has %q", found)
		}
	}
}

// htmlOf gives all texts of a block.
func htmlOf(b Block) string {
	switch b := b.(type) {
	case Prose:
		return string(b.HTML)
	case Notes:
		return string(b.HTML)
	case *Predict:
		html := string(b.Ask)
		for _, c := range b.Choices {
			html += string(c.Say + c.Feedback)
		}
		return html
	case *Challenge:
		html := string(b.Goal)
		for _, m := range b.Meet {
			html += string(m.Say)
		}
		for _, s := range b.Solutions {
			html += string(s.Say)
		}
		return html + fmt.Sprint(b.Hints)
	}
	return ""
}

// FuzzLoad reads whatever comes: a file, if it begins with front matter, else
// what stands in a step. It begins with few and short texts, since the search
// makes each one that it finds as short as it can, byte by byte, before it goes
// on: with a file of a few hundred bytes that takes a minute.
func FuzzLoad(f *testing.F) {
	for name, text := range hostile() {
		inStep, _ := strings.CutPrefix(text, frontMatter+firstStep)
		if strings.HasSuffix(name, "-01") && len(inStep) < 100 {
			f.Add([]byte(inStep))
		}
	}
	f.Add([]byte("---\ntitle: a\n---\n\n## b\n"))
	f.Add([]byte("*a* {{ requests }} [b](/c)\n"))
	f.Add([]byte("```predict\nask: a\nchoices:\n- {say: b, when: hits > 0, feedback: c}\n```\n"))
	f.Add([]byte("```check\n- hits > 0\n```\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		if !bytes.HasPrefix(text, []byte("---")) {
			text = append([]byte(frontMatter+firstStep), text...)
		}
		r := source{language: "en", slug: "fuzz", file: "en/fuzz.md"}.readText(text)
		inFile(t, text, r.problems)
		if len(r.problems) == 0 {
			noScript(t, r.lesson, &Told{Steps: make([]ToldStep, len(r.lesson.Steps))})
		}
	})
}
