package web_test

import (
	"bufio"
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"procession/internal/testenv"
	"procession/lessons"
)

// authors are the files of somebody who writes, in a folder of their own.
type authors struct {
	*site
	dir string
}

// newAuthors has two lessons, and more files by their names.
func newAuthors(t *testing.T, more map[string]string) *authors {
	t.Helper()
	a := &authors{dir: t.TempDir()}
	a.write(t, "en/01-two-copies.md", lessonText)
	a.write(t, "en/02-other.md", lessonText)
	for name, text := range more {
		a.write(t, name, text)
	}
	a.open(t)
	return a
}

// open begins to serve the folder.
func (a *authors) open(t *testing.T) {
	t.Helper()
	folder, err := lessons.OpenFolder(a.dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { folder.Close() })
	a.site = newCourse(t, folder, true)
}

func (a *authors) write(t *testing.T, name, text string) {
	t.Helper()
	path := filepath.Join(a.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// listen gives the events that a page gets, until the test ends. The first is
// what the server says at once.
func (a *authors) listen(t *testing.T) <-chan string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)
	r, err := http.NewRequestWithContext(ctx, "GET", a.URL+"/lessons/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	if got := resp.Header.Get("Content-Type"); resp.StatusCode != 200 || got != "text/event-stream" {
		t.Fatalf("got %d, %s", resp.StatusCode, got)
	}
	events := make(chan string)
	go func() {
		defer close(events)
		defer resp.Body.Close()
		lines := bufio.NewScanner(resp.Body)
		var event []string
		for lines.Scan() {
			if lines.Text() != "" {
				event = append(event, lines.Text())
				continue
			}
			select {
			case events <- strings.Join(event, "|"):
			case <-ctx.Done():
				return
			}
			event = nil
		}
	}()
	return events
}

// next waits for an event.
func next(t *testing.T, events <-chan string) string {
	t.Helper()
	select {
	case e, ok := <-events:
		if !ok {
			t.Fatal("the server says no more")
		}
		return e
	case <-time.After(30 * time.Second):
		t.Fatal("the server says nothing")
		return ""
	}
}

// version is the one of the course that a page says it shows.
func (a *authors) version(t *testing.T, path string) string {
	t.Helper()
	page := a.page(t, path)
	_, rest, _ := strings.Cut(page, ` data-live="`)
	version, _, ok := strings.Cut(rest, `"`)
	if !ok || version == "" {
		t.Fatalf("%s does not say which version it has: %.200s", path, page)
	}
	return version
}

// TestPicked: who writes a lesson sees which answer the run picks, and who reads
// one that comes with the program does not.
func TestPicked(t *testing.T) {
	const told = "The simulator picks answer 2 of 2 (line "
	holds(t, "the author's page", newAuthors(t, nil).page(t, "/lessons/01-two-copies?lang=en"), `class="notes picked"`, told)
	site := newCourse(t, fstest.MapFS{"en/01-two-copies.md": {Data: []byte(lessonText)}}, false)
	if page := site.page(t, "/lessons/01-two-copies?lang=en"); strings.Contains(page, "picked") || !strings.Contains(page, "Is she out?") {
		t.Error("a reader is told the answer")
	}
}

func TestLiveReload(t *testing.T) {
	a := newAuthors(t, nil)
	events := a.listen(t)
	first := next(t, events)
	for _, path := range []string{"/lessons/01-two-copies", "/lessons"} {
		if got := a.version(t, path); "data: "+got != first {
			t.Errorf("%s has version %q, and the server says %q at first", path, got, first)
		}
	}
	a.write(t, "en/01-two-copies.md", strings.Replace(lessonText, "Two copies &", "Three copies &", 1))
	// How often that was looked at while it was written is not known.
	changed := next(t, events)
	for changed != "data: "+a.version(t, "/lessons/01-two-copies") {
		changed = next(t, events)
	}
	if changed == first {
		t.Errorf("got %q after a change, as before it", changed)
	}
	holds(t, "the page", a.page(t, "/lessons/01-two-copies"), "<h1>Three copies &amp; one login</h1>")

	// Who listens from now on is told at once, as who loads its page just now.
	if got := next(t, a.listen(t)); got != changed {
		t.Errorf("got %q at first, want %q", got, changed)
	}

	// A new file, and one that is gone.
	a.write(t, "en/03-new.md", lessonText)
	next(t, events)
	a.page(t, "/lessons/03-new")
	if err := os.Remove(filepath.Join(a.dir, "en/02-other.md")); err != nil {
		t.Fatal(err)
	}
	next(t, events)
	if resp, _ := a.get(t, "GET", "/lessons/02-other", nil); resp.StatusCode != http.StatusNotFound {
		t.Errorf("a lesson that is gone: got %d", resp.StatusCode)
	}
}

// TestAuthorsMistakes: what is wrong stands on the pages with its line, and the
// other lessons are there.
func TestAuthorsMistakes(t *testing.T) {
	a := newAuthors(t, map[string]string{
		"en/03-untrue.md":     strings.Replace(lessonText, "when: logouts == 0", "when: logouts == 77", 1),
		"en/04-unreadable.md": strings.Replace(lessonText, "until: 16s", "untill: 16s <script>", 1),
		"en/05-none.md":       "no lesson at all",
	})
	unreadable := a.page(t, "/lessons/04-unreadable")
	holds(t, "the course", a.page(t, "/lessons"), `class="problems"`, `en/04-unreadable.md:`, `untill`, `<pre><code>untill: 16s &lt;script&gt;</code></pre>`, `en/05-none.md:1</code>`, `<pre><code>no lesson at all</code></pre>`,
		`en/03-untrue.md:`, "exactly one", `data-slug="01-two-copies"`, `data-slug="03-untrue"`)
	holds(t, "the lesson", a.page(t, "/lessons/03-untrue"), `class="problems"`, `en/03-untrue.md:`, "exactly one", `<section class="step" id="step-1"`, `data-right="-1"`)
	holds(t, "the one that cannot be read", a.page(t, "/lessons/05-none"), `<h1>05-none</h1>`, `class="problems"`, `a lesson begins with its front matter`)
	if page := a.page(t, "/lessons/01-two-copies"); strings.Contains(page, `class="problems"`) {
		t.Errorf("a lesson without a mistake has some: %.3000s", page)
	}
	if strings.Contains(unreadable, "<script>") {
		t.Error("a script of the file stands on the page")
	}
	if resp, _ := a.get(t, "GET", "/lessons/06-none", nil); resp.StatusCode != 404 {
		t.Errorf("a lesson that was never there: got %d", resp.StatusCode)
	}
}

// TestAMistakeStaysInItsPlace: what cannot be read is told where it stands, what
// needs it says so, and the rest of the lesson is there.
func TestAMistakeStaysInItsPlace(t *testing.T) {
	with := func(old, new string) string {
		t.Helper()
		if !strings.Contains(lessonText, old) {
			t.Fatalf("the lesson does not have %q", old)
		}
		return strings.Replace(lessonText, old, new, 1)
	}
	a := newAuthors(t, map[string]string{
		"en/03-run.md":   with("set: mode=store\nfrom: 3s", "set: mode=shop\nfrom: 3s"),
		"ko/03-run.md":   with("set: mode=store\nfrom: 3s", "set: mode=shop\nfrom: 3s"),
		"en/04-text.md":  with("After the question.", "After <img src=x onerror=alert(1)> it.\n\nStill here."),
		"en/05-front.md": with("workers=2&visitors=Ada", "workers=99"),
		"en/06-ask.md":   with("ask: Is she out?", "asks: Is <script>alert(1)</script> out?"),
		"en/07-looks.md": with("open: machine", "open: window"),
		"en/09-open.md":  with("title: Two copies & one login", "title: Two: copies"),
		"de/10-de.md":    with("title: Two copies & one login", "title: Zwei Kopien"),
		"en/08-title.md": with("title: Two copies & one login", "title: "+strings.Repeat("long ", 30)),
	})
	const (
		box   = `<div class="problems">`
		asked = `<legend>Is she out?</legend>`
		goal  = `data-challenge`
	)
	for path, c := range map[string]struct{ has, not []string }{
		"03-run": {
			[]string{`<a href="#step-2"><code class="place">en/03-run.md:27</code></a> set: mode`, `In 16 seconds`, box, `<pre><code>set: mode=shop</code></pre>`, "waits for 26", "After the question.", goal},
			[]string{asked},
		},
		"03-run?lang=ko": {[]string{`ko/03-run.md:27`, "26번째 줄", goal}, []string{asked}},
		"04-text":        {[]string{asked, box, "HTML is not possible in a lesson", `<pre><code>After &lt;img src=x`, "<p>Still here.</p>", goal}, []string{"<img src=x"}},
		"05-front":       {[]string{`en/05-front.md:5</code> scenario: workers: &#34;99&#34; is not possible`, `<em>introduction</em>`, "In … seconds", "waits for 5", "waits for 5"}, []string{asked, goal, "data-sim"}},
		"06-ask":         {[]string{"there is no key &#34;asks&#34; (did you mean ask?)", box, `asks: Is &lt;script&gt;`, goal}, []string{"<script>alert"}},
		"07-looks":       {[]string{"open: &#34;window&#34; is not possible", "mode=store", box, asked, goal}, []string{"waits for"}},
		"09-open":        {[]string{"<h1>09-open</h1>", box}, []string{`class="minutes"`}},
		"10-de":          {[]string{`<html lang="en"`, `<p class="lesson-name" lang="de">`, `<ol lang="de">`, `<article lang="de">`}, []string{box}},
		"08-title":       {[]string{"<h1>08-title</h1>", asked, goal}, []string{box}},
	} {
		page := a.page(t, "/lessons/"+path)
		holds(t, path, page, c.has...)
		for _, not := range c.not {
			if strings.Contains(page, not) {
				t.Errorf("%s: the page has %q", path, not)
			}
		}
	}
	if _, got := a.get(t, "GET", "/lessons/03-run/judge?step=3&at=12000000", nil); !strings.Contains(got, `"met":`) {
		t.Errorf("the goal beside the mistake is not judged: %s", got)
	}
	holds(t, "the course in German", a.page(t, "/lessons?lang=de"), `<html lang="en"`, `<h3 lang="de">`, `<p class="summary" lang="de">`)
	if page := a.page(t, "/lessons"); strings.Contains(page, `data-slug="03-run"`) {
		t.Error("a lesson with a mistake is in the course")
	}
}

// TestLinksStayInside: a link in the folder does not lead out of it.
func TestLinksStayInside(t *testing.T) {
	a := &authors{dir: t.TempDir()}
	a.write(t, "en/01-two-copies.md", lessonText)
	outside := filepath.Join(t.TempDir(), "secret.md")
	if err := os.WriteFile(outside, []byte(strings.Replace(lessonText, "Two copies", "Secret copies", 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(a.dir, "en/06-secret.md")); err != nil {
		testenv.Missing(t, err.Error()) // a file system without links
	}
	if err := os.Symlink("01-two-copies.md", filepath.Join(a.dir, "en/07-inside.md")); err != nil {
		t.Fatal(err)
	}
	a.open(t)
	page := a.page(t, "/lessons")
	if strings.Contains(page, "Secret copies") {
		t.Error("a file from outside is shown")
	}
	holds(t, "the course", page, "en/06-secret.md:1", `data-slug="07-inside"`)
	a.page(t, "/lessons/06-secret") // which says why
	if page := a.page(t, "/lessons/06-secret"); strings.Contains(page, "Secret copies") {
		t.Error("a file from outside is shown")
	}
}

// TestStopEndsListening: the server does not wait for pages that listen.
func TestStopEndsListening(t *testing.T) {
	a := newAuthors(t, nil)
	events := a.listen(t)
	next(t, events)
	a.web.Stop()
	a.web.Stop() // once more does no harm
	select {
	case e, ok := <-events:
		if ok {
			t.Errorf("got %q", e)
		}
	case <-time.After(30 * time.Second):
		t.Error("it still listens")
	}
}

// TestAPipeHangsNothing: it is a problem of its own, and the others are shown.
func TestAPipeHangsNothing(t *testing.T) {
	a := newAuthors(t, nil)
	events := a.listen(t)
	next(t, events)
	if err := syscall.Mkfifo(filepath.Join(a.dir, "en/03-pipe.md"), 0o644); err != nil {
		t.Fatal(err)
	}
	next(t, events)
	holds(t, "the course", a.page(t, "/lessons"), "en/03-pipe.md:1", "it is no regular file", `data-slug="01-two-copies"`)
	holds(t, "its own page", a.page(t, "/lessons/03-pipe"), "it is no regular file")
	a.write(t, "en/04-new.md", lessonText)
	next(t, events)
	a.page(t, "/lessons/04-new")
}

// TestListenersMakeRoom: as many pages as there are do not lock the author out.
func TestListenersMakeRoom(t *testing.T) {
	a := newAuthors(t, nil)
	first := a.listen(t)
	next(t, first)
	for range 99 {
		next(t, a.listen(t))
	}
	if got := next(t, a.listen(t)); !strings.HasPrefix(got, "data: ") {
		t.Errorf("one more page is told %q", got)
	}
	if got := next(t, first); got != "retry: 60000" {
		t.Errorf("the oldest is told %q", got)
	}
	if _, more := <-first; more {
		t.Error("the oldest still listens")
	}
}
