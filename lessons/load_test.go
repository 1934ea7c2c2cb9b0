package lessons

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// TestGolden reads the lessons of testdata/golden and compares what is read of
// each with the file beside it.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/golden/*.md")
	if err != nil || len(files) == 0 {
		t.Fatal("no golden lessons", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		c := Load(fstest.MapFS{"ko/golden.md": {Data: text}})
		got := dump(t, c)
		golden := strings.TrimSuffix(file, ".md") + ".json"
		if *rewrite {
			if err := os.WriteFile(golden, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("%s (-rewrite writes what is read now):\n%s", file, diff)
		}
	}
}

// dump writes a course as JSON, with the kinds of blocks and scenarios as text.
func dump(t *testing.T, c *Course) []byte {
	t.Helper()
	type step struct {
		Number   int
		Title    string
		Kind     Kind
		Line     int
		Scenario string `json:",omitempty"`
		Sim      string `json:",omitempty"`
		Blocks   []string
	}
	block := func(b Block) string {
		var text bytes.Buffer
		enc := json.NewEncoder(&text)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(b); err != nil {
			t.Fatal(err)
		}
		return fmt.Sprintf("%T %s", b, strings.TrimSpace(text.String()))
	}
	out := map[string]any{"problems": c.Problems}
	for _, l := range c.Lessons["ko"] {
		out["title"], out["summary"], out["minutes"], out["needs"], out["scenario"], out["links"] = l.Title, l.Summary, l.Minutes, l.Needs, l.Scenario.String(), fmt.Sprint(l.links)
		out["part"], out["symptoms"] = l.Part, fmt.Sprintf("%+v", l.Symptoms)
		if l.Handlers != nil {
			out["handlers"] = l.Handlers
		}
		var steps []step
		for _, s := range l.Steps {
			one := step{Number: s.Number, Title: s.Title, Kind: s.Kind, Line: s.Line}
			if m := s.Sim; m != nil {
				one.Scenario = m.Scenario.String()
				one.Sim = fmt.Sprintf("line %d, continue %v, %d to %d µs, %s, speed %v, controls %q, point %q, open %q, beside %q", m.Line, m.Continue, m.From, m.Until, m.Play, m.Speed, m.Controls, m.Point, m.Open, m.Beside)
			}
			for _, b := range s.Blocks {
				one.Blocks = append(one.Blocks, block(b))
			}
			steps = append(steps, one)
		}
		out["steps"] = steps
		var intro []string
		for _, b := range l.Intro {
			intro = append(intro, block(b))
		}
		out["intro"] = intro
	}
	var text bytes.Buffer
	enc := json.NewEncoder(&text)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(out); err != nil {
		t.Fatal(err)
	}
	return text.Bytes()
}

func TestLoadFolder(t *testing.T) {
	good := &fstest.MapFile{Data: Skeleton("x", "en")}
	c := Load(fstest.MapFS{
		"en/10-b.md": good, "en/2-a.md": good, "en/a.md": good, "en/readme.txt": good, "en/.hidden.md": good, "en/Bad.md": good, "en/notes/x.md": good,
		"pt-BR/a.md": good, "guide/x.md": good, "testdata/x.md": good, "x.md": good, "ko/broken.md": {Data: []byte("nothing")},
	})
	var got []string
	for _, language := range c.Languages {
		for _, l := range c.Lessons[language] {
			got = append(got, fmt.Sprintf("%s %d", l.File, l.Number))
		}
	}
	if want := "en/10-b.md 10, en/2-a.md 2, en/a.md 0, pt-BR/a.md 0"; strings.Join(got, ", ") != want {
		t.Errorf("got %s, want %s", strings.Join(got, ", "), want)
	}
	if fmt.Sprint(c.Languages) != "[en ko pt-BR]" || len(c.Problems) != 2 || c.Problems[0].File != "en/Bad.md" || c.Problems[1].File != "ko/broken.md" {
		t.Errorf("got the languages %v and the problems %v", c.Languages, c.Problems)
	}
	if c.Find("en", "2-a") == nil || c.Find("ko", "broken") != nil || c.Find("xx", "a") != nil {
		t.Error("Find finds what is not there, or not what is")
	}
}

// brokenFS cannot be read.
type brokenFS struct{ fs.FS }

func (f brokenFS) Open(name string) (fs.File, error) {
	if name == "." || name == "en" {
		return f.FS.Open(name)
	}
	return nil, &fs.PathError{Op: "open", Path: "/secret/" + name, Err: errors.New("the disk is on fire")}
}

func TestLoadOfABrokenDisk(t *testing.T) {
	c := Load(brokenFS{fstest.MapFS{"en/a.md": {}}})
	if len(c.Problems) != 1 || c.Problems[0].Error() != "en/a.md:1: this file cannot be read: the disk is on fire" {
		t.Errorf("got the problems %v", c.Problems)
	}
	c = Load(os.DirFS("testdata/nowhere"))
	if len(c.Problems) != 1 || c.Problems[0].File != "." {
		t.Errorf("of no folder: got the problems %v", c.Problems)
	}
}
