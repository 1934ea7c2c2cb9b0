package lessons

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path"
	"strings"
	"testing"
	"testing/fstest"
)

var rewrite = flag.Bool("rewrite", false, "write what comes out now into the files of testdata")

// base is a lesson without a problem.
func base(t testing.TB) string {
	t.Helper()
	text, err := os.ReadFile("testdata/base.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// first is a lesson that base needs and links to.
func first(t testing.TB) string {
	return strings.NewReplacer("needs: [first]", "needs: []", "[the first](first#step-2)", "it").Replace(base(t))
}

// TestWrong runs the cases of testdata/wrong.txt: each changes the lesson
// testdata/base.md in one place and has the problems that the linter tells
// then. A case has an empty line before it, and
//
//	# why it is here
//	@ ko      only the Korean file is changed, and compared with the English one
//	- what stands in the lesson
//	+ what stands there instead
//	file:line: sentence
func TestWrong(t *testing.T) {
	const name = "testdata/wrong.txt"
	script, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var now []string
	for c := range strings.SplitSeq(strings.TrimSuffix(string(script), "\n"), "\n\n") {
		got := change(t, c)
		now = append(now, got)
		if got != c && !*rewrite {
			t.Errorf("got\n%s\n\nwant\n%s\n\n(-rewrite writes what comes out now)", got, c)
		}
	}
	if *rewrite {
		if err := os.WriteFile(name, []byte(strings.Join(now, "\n\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// change carries a case out, and gives it as it comes out now.
func change(t *testing.T, c string) string {
	var head, old, new []string
	language := "en"
	for line := range strings.SplitSeq(c, "\n") {
		switch {
		case strings.HasPrefix(line, "@ "):
			language = line[2:]
		case strings.HasPrefix(line, "-"):
			old = append(old, strings.TrimPrefix(line[1:], " "))
		case strings.HasPrefix(line, "+"):
			new = append(new, strings.TrimPrefix(line[1:], " "))
		case !strings.HasPrefix(line, "# "):
			continue
		}
		head = append(head, line)
	}
	text := base(t)
	what := strings.Join(old, "\n")
	with := strings.Replace(strings.Join(new, "\n"), "WORDS", strings.Repeat("word ", mostWords), 1)
	if !strings.Contains(text, what) {
		t.Fatalf("the lesson does not have %q", what)
	}
	files := fstest.MapFS{"en/a.md": {Data: []byte(text)}, "en/first.md": {Data: []byte(first(t))}}
	files[language+"/a.md"] = &fstest.MapFile{Data: []byte(strings.Replace(text, what, with, 1))}
	if language != "en" {
		// It is another text there.
		files[language+"/first.md"] = &fstest.MapFile{Data: []byte(strings.Replace(first(t), "title: A lesson", "title: Another", 1))}
	}
	for _, p := range (Linter{}).Lint(context.Background(), files).Problems {
		head = append(head, p.Error())
	}
	return strings.Join(head, "\n")
}

// TestShort: a lesson may be short. From five steps on it ends with what to try
// on one's own machine and what to take home; where these are they are last.
func TestShort(t *testing.T) {
	steps := map[byte]string{
		'a': "## Act\n\n```sim\nuntil: 2s\n```\n\n",
		'm': "## Here {.machine}\n\nWords.\n\n",
		'q': "## There {.questions}\n\n1. Why?\n2. How?\n3. What for?\n\n",
	}
	const order, should = "only the last two steps are", "this step should be"
	for kinds, want := range map[string]string{
		"aaa": "", "aam": "", "aaq": "", "amq": "", "aaaa": "", "aamq": "", "aaaq": "", "aaamq": "",
		"a": "the lesson has 1 step; 3 to 10 are wanted", "aq": "the lesson has 2 steps; 3 to 10 are wanted", "mq": "the first step has no sim block",
		"aqm": order, "ama": order, "aqa": order, "aqq": order, "amm": order, "amaq": order,
		"aaaaa": should, "aaaam": should, "aaaaq": should, "aaaaaa": should,
	} {
		text := frontMatter
		for i := range len(kinds) {
			text += strings.Replace(steps[kinds[i]], "## ", fmt.Sprintf("## %d ", i), 1)
		}
		got := ""
		for _, p := range (Linter{}).Lint(t.Context(), fstest.MapFS{"en/a.md": {Data: []byte(text)}}).Problems {
			got += p.Sentence + "\n"
		}
		if (want == "") != (got == "") || !strings.Contains(got, want) {
			t.Errorf("%s: got %q, want %q", kinds, got, want)
		}
	}
}

// TestWrongCourse has what a single file cannot show.
func TestWrongCourse(t *testing.T) {
	alone := strings.Replace(first(t), "See it.", "", 1)
	translated := strings.Replace(alone, "title: A lesson", "title: Another", 1)
	needs := func(what string) string { return strings.Replace(alone, "needs: []", "needs: ["+what+"]", 1) }
	for _, c := range []struct {
		name   string
		files  map[string]string
		linter Linter
		want   string
		count  int
	}{
		{"all is well", map[string]string{"en/a.md": alone, "ko/a.md": translated}, Linter{}, "", 2},
		{"a lesson is missing in a language", map[string]string{"de/a.md": translated, "en/a.md": alone, "en/b.md": alone, "de/b.md": translated, "ko/b.md": translated}, Linter{},
			"ko/a.md:1: this lesson is missing; it is there as en/a.md", 5},
		{"one language is not compared", map[string]string{"en/a.md": alone, "ko/b.md": translated}, Linter{Languages: []string{"ko"}}, "", 1},
		{"one lesson", map[string]string{"en/a.md": alone, "ko/b.md": translated, "en/b.md": alone}, Linter{Slugs: []string{"b"}}, "", 2},
		{"what cannot be read is not missing", map[string]string{"en/a.md": alone, "ko/a.md": "---\n"}, Linter{},
			"ko/a.md:1: the front matter that begins here has no end; put a line --- after its last key", 2},
		{"who needs what cannot be read is told nothing more", map[string]string{"en/a.md": needs("b"), "en/b.md": "---\n"}, Linter{Slugs: []string{"a"}}, "", 1},
		{"lessons that need each other", map[string]string{"en/a.md": needs("b"), "en/b.md": needs("c"), "en/c.md": needs("a")}, Linter{Slugs: []string{"a"}},
			"en/a.md:6: needs: b needs this lesson in turn", 1},
		{"a circle further on is not this lesson's", map[string]string{"en/a.md": needs("b"), "en/b.md": needs("c"), "en/c.md": needs("b")}, Linter{Slugs: []string{"a"}}, "", 1},
	} {
		files := fstest.MapFS{}
		for name, text := range c.files {
			files[name] = &fstest.MapFile{Data: []byte(text)}
		}
		report := c.linter.Lint(t.Context(), files)
		var got []string
		for _, p := range report.Problems {
			got = append(got, p.Error())
		}
		if strings.Join(got, "\n") != c.want || report.Lessons != c.count {
			t.Errorf("%s: got %q of %d lessons, want %q of %d", c.name, got, report.Lessons, c.want, c.count)
		}
	}
}

// TestLintWithoutTime begins nothing once the context is done.
func TestLintWithoutTime(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	report := Linter{}.Lint(ctx, fstest.MapFS{"en/a.md": {Data: Skeleton("a", "en")}})
	if report.Lessons != 0 || len(report.Problems) != 0 {
		t.Errorf("got %+v", report)
	}
}

// TestSkeleton looks whether the start of a lesson is right in each language.
func TestSkeleton(t *testing.T) {
	files := fstest.MapFS{}
	for _, language := range []string{"en", "ko", "de"} {
		for _, slug := range []string{"a", "03-what-a-process-is", "07-yes"} {
			files[language+"/"+slug+".md"] = &fstest.MapFile{Data: Skeleton(slug, language)}
		}
	}
	for _, p := range (Linter{}).Lint(t.Context(), files).Problems {
		// Where a language has none of its own it is the English one, which is to be translated.
		if path.Dir(p.File) != "de" || !strings.Contains(p.Sentence, "word for word") {
			t.Error(p)
		}
	}
	c := Load(files)
	for slug, want := range map[string]string{"a": "A", "03-what-a-process-is": "What a process is", "07-yes": "Yes"} {
		if got := c.Find("en", slug).Title; got != want {
			t.Errorf("the title of %s is %q, want %q", slug, got, want)
		}
	}
}
