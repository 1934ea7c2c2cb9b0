package web_test

import (
	"encoding/json"
	"encoding/xml"
	"html"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"procession/internal/testenv"
	"procession/lessons"
	"procession/server/fair"
	"procession/server/room"
	"procession/server/web"
	"procession/sim"
	"procession/sim/scenario"
	"procession/static"
)

// lessonText is a small lesson with one of everything.
const lessonText = `---
title: Two copies & one login
summary: Ada is out again.
minutes: 8
scenario: workers=2&visitors=Ada
needs: []
---

An *introduction*.

## First look

In {{ duration / s(1) }} seconds she was out {{ visitor("Ada").logouts }} times.

` + "```sim\nuntil: 16s\npoint: [visitor Ada, worker 1]\nbeside: [mode=store]\nspeed: 2\n```" + `

So it was: {{ logouts }}.

## Guess

` + "```sim\nset: mode=store\nfrom: 3s\nuntil: 12s\ncontrols: [mode]\nopen: machine\nheadline: Both ask <one> store\nnote: none\n```" + `

` + "```predict\nask: Is she out?\nchoices:\n  - say: Yes\n    when: logouts > 0\n    feedback: It was so before.\n  - say: No\n    when: logouts == 0\n    feedback: The store knows her.\n```" + `

After the question.

` + "```notes\nLet them *vote*.\n```" + `

## Do it

` + "```sim\nset: mode=local\nuntil: 10s\ncontrols: [mode, visitors]\n```" + `

` + "```challenge\ngoal: Ada stays in.\nmeet:\n  - that: last(5).requests == 5 && last(5).logouts == 0\n    say: 5 in a row\n  - that: visitor(\"Ada\").requests > 3\n    say: more than three\nhints: [One memory., A store.]\nuntil: 40s\nsolutions:\n  - do: [10s set mode=store, 12s login Ada]\n    say: A store.\n  - set: workers=1\n```" + `

## On your own machine {.machine}

` + "```sh\nnpx pm2 start app.js\n```" + `

## Take home {.questions}

1. Why?
2. How?
3. What?
`

// koreanText is the same in another language, as far as it matters.
var koreanText = strings.NewReplacer("Two copies & one login", "무작위 로그아웃", "Ada is out again.", "Ada의 로그인이 또 풀렸어요.", "First look", "첫인상", "After the question.", "로그아웃은 우연이 아니에요.").Replace(lessonText)

// aCourse has it twice, and once in Korean.
func aCourse() fstest.MapFS {
	return fstest.MapFS{
		"en/01-two-copies.md":  {Data: []byte(lessonText)},
		"en/02-and-so-on.md":   {Data: []byte(strings.Replace(strings.Replace(lessonText, "needs: []", "needs: [01-two-copies]", 1), "Two copies & one login", "And so on", 1))},
		"ko/01-two-copies.md":  {Data: []byte(koreanText)},
		"ko/03-only-korean.md": {Data: []byte(koreanText)},
	}
}

// newCourse is a site with a course of its own.
func newCourse(t *testing.T, files fs.FS, live bool) *site {
	t.Helper()
	return newCourseWith(t, files, live, fstest.MapFS{
		"lang/en.json": {Data: []byte(`{"ui":{"brand":"Procession","lessons.language":"English","lessons.minutes":"{n} minutes","lessons.waits":"waits for {line}","lessons.picked":"The simulator picks answer {n} of {of} (line {line}).","lessons.search.none":"nothing for {query}"}}`)},
		"lang/ko.json": {Data: []byte(`{"ui":{"brand":"Procession","lessons.language":"한국어","lessons.minutes":"{n}분","lessons.waits":"{line}번째 줄"}}`)},
	}, fair.Options{})
}

// program is the course that comes with the program, with its own words. All of
// it may be asked for at once, also while the race detector makes that slow.
func program(t *testing.T) *site {
	t.Helper()
	unlimited := fair.Rate{PerSecond: time.Hour}
	return newCourseWith(t, nil, false, realWords(t), fair.Options{Client: unlimited, Address: unlimited})
}

// newCourseWith has texts of its own, and its readers may ask for what they like
// within limits.
func newCourseWith(t *testing.T, files fs.FS, live bool, static fs.FS, limits fair.Options) *site {
	t.Helper()
	logger := slog.New(slog.NewTextHandler(io.Discard, nil))
	rooms := room.NewRooms(room.Options{Limit: 10, New: func(sc scenario.Scenario) room.Run { return sim.New(sc) }, Logger: logger})
	w, err := web.New(web.Options{Rooms: rooms, Static: static, Lessons: files, Live: live, Turns: fair.New(limits), Logger: logger})
	if err != nil {
		t.Fatal(err)
	}
	s := &site{httptest.NewServer(w), rooms, w}
	t.Cleanup(func() {
		w.Stop()
		s.stop()
	})
	return s
}

// page asks for a page that must be there.
func (s *site) page(t *testing.T, path string) string {
	t.Helper()
	resp, body := s.get(t, "GET", path, nil)
	if resp.StatusCode != http.StatusOK {
		t.Fatalf("%s: got %d: %.400s", path, resp.StatusCode, body)
	}
	return body
}

// holds says what a page must have, in this order.
func holds(t *testing.T, what, page string, all ...string) {
	t.Helper()
	rest := page
	for _, want := range all {
		_, after, ok := strings.Cut(rest, want)
		if !ok {
			t.Errorf("%s has no %s, or not in this order:\n%.6000s", what, want, page)
			return
		}
		rest = after
	}
}

func TestLessonPage(t *testing.T) {
	s := newCourse(t, aCourse(), false)
	page := s.page(t, "/lessons/01-two-copies?lang=en")
	holds(t, "the head", page, `<html lang="en" data-languages="en ko">`, `<title>Two copies &amp; one login · Procession</title>`,
		`<meta name="description" content="Ada is out again.">`, `<link rel="next" href="/lessons/02-and-so-on?lang=en">`,
		`<link rel="canonical" href="`+s.URL+`/lessons/01-two-copies?lang=en">`, `hreflang="ko" href="`+s.URL+`/lessons/01-two-copies?lang=ko"`,
		`<link rel="stylesheet" href="/static/css/lesson.css">`, `<script type="module" src="/static/js/lesson/start.js">`)
	holds(t, "the page", page, `<body class="lesson-page">`, `<procession-lesson data-slug="01-two-copies" data-lang="en">`,
		`<a href="?lang=ko" hreflang="ko" lang="ko" data-language="ko">한국어</a>`,
		`<a href="#step-1" data-goto="1">First look</a>`, `<a href="#sandbox" data-goto="6">`,
		`<h1>Two copies &amp; one login</h1>`, `8 minutes`, `<p>An <em>introduction</em>.</p>`,
		`<section class="step" id="step-1" data-step="1" data-kind=""`, `<figure class="still-figure"><svg class="fig"`, `</svg><figcaption>`, `/embed?lang=en&amp;visitors=Ada#until=16s`,
		`<p>In 16 seconds she was out`, `times.</p>`, `<p class="untold" hidden></p>`, `<p>So it was: `,
		`id="step-2"`, `<form class="predict" data-predict data-right="1">`, `<legend>Is she out?</legend>`, `<input type="radio" name="choice" value="0"><span>Yes</span>`,
		`<p class="feedback" data-choice="1" hidden>The store knows her.</p>`, `<details class="answer">`, `<strong>No</strong>`, `<p>After the question.</p>`, `<aside class="notes"`, `<em>vote</em>`,
		`href="#step-1" data-goto="1"`, `href="#step-3" data-goto="3"`,
		`id="step-3"`, `<section class="challenge" data-challenge data-until="40000000">`, `<p class="goal">Ada stays in.</p>`, `<li data-condition="1"><span>more than three</span> <output></output></li>`,
		`<ol class="hints">`, `<li hidden>One memory.</li>`, `data-hint`, `<p class="won" hidden>`, `<details class="solutions">`,
		`data-set="" data-do="10s set mode=store; 12s login Ada"`, `data-set="workers=1" data-do=""`,
		`data-kind="machine"`, `data-kind="questions"`, `id="sandbox" data-step="6" data-kind="sandbox"`, `<a href="/lessons/02-and-so-on?lang=en">`, `<iframe class="stage-frame" title=`)
	holds(t, "the second lesson", s.page(t, "/lessons/02-and-so-on"), `<link rel="prev" href="/lessons/01-two-copies?lang=en">`, `lessons.needs <a href="/lessons/01-two-copies?lang=en">Two copies &amp; one login</a>`)
}

// dataSim matches what the script knows about a step.
var dataSim = regexp.MustCompile(`data-sim="([^"]*)"`)

func TestLessonData(t *testing.T) {
	s := newCourse(t, aCourse(), false)
	type sim struct {
		Query       string
		From, Until int64
		Play        string
		Speed       float64
		Controls    []string
		Point       []string
		Open        string
		Beside      []string
		Continue    bool
		Headline    string
		Note        string
	}
	var got []sim
	for _, m := range dataSim.FindAllStringSubmatch(s.page(t, "/lessons/01-two-copies"), -1) {
		var one sim
		text := html.UnescapeString(m[1])
		if err := json.Unmarshal([]byte(text), &one); err != nil || strings.Contains(text, "null") {
			t.Fatalf("%s: %v", text, err)
		}
		got = append(got, one)
	}
	none := []string{}
	want := []sim{
		{"visitors=Ada", 0, 16e6, "auto", 2, none, []string{"visitor Ada", "worker 1"}, "", []string{"mode=store"}, false, "", ""},
		{"mode=store&visitors=Ada", 3e6, 12e6, "auto", 1, []string{"mode"}, none, "machine", none, false, "Both ask <one> store", "none"},
		{"visitors=Ada", 0, 10e6, "auto", 1, []string{"mode", "visitors"}, none, "", none, false, "", ""},
		{"visitors=Ada", 0, scenario.MaxTime, "auto", 1, []string{"all"}, none, "", none, false, "", ""},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what the steps have on the stage (-want +got):\n%s", diff)
	}
	holds(t, "where the stage is alive by itself", s.page(t, "/lessons/01-two-copies"), `open=machine&amp;headline=Both%20ask%20%3Cone%3E%20store&amp;note=none"`)
}

func TestLessonLanguages(t *testing.T) {
	s := newCourse(t, aCourse(), false)
	for _, c := range []struct{ path, accept, lang string }{
		{"/lessons/01-two-copies", "", "en"},
		{"/lessons/01-two-copies", "ko-KR, en;q=0.5", "ko"},
		{"/lessons/01-two-copies?lang=ko", "en", "ko"},
		{"/lessons/01-two-copies?lang=fr", "ko", "ko"},
		{"/lessons/03-only-korean?lang=en", "en", "ko"},
		{"/lessons/02-and-so-on?lang=ko", "ko", "en"},
		{"/lessons?lang=ko", "", "ko"},
		{"/lessons/guide?lang=ko", "", "ko"},
	} {
		resp, body := s.get(t, "GET", c.path, http.Header{"Accept-Encoding": {"identity"}, "Accept-Language": {c.accept}})
		if resp.StatusCode != 200 || !strings.Contains(body, `<html lang="`+c.lang+`"`) {
			t.Errorf("%s, accepting %q: got %d and %.100s, want a page in %s", c.path, c.accept, resp.StatusCode, body, c.lang)
		}
		if got := resp.Header.Values("Vary"); !slices.Contains(got, "Accept-Language") {
			t.Errorf("%s: got Vary %q", c.path, got)
		}
	}
}

// TestLessonIsKept: browsers ask whether a page is still the same, and it is
// sent again only when it is not.
func TestLessonIsKept(t *testing.T) {
	s := newCourse(t, aCourse(), false)
	for _, path := range []string{"/lessons/01-two-copies", "/lessons", "/lessons/feed.xml", "/figure.svg?at=3s", "/figure.css", "/lessons/schema.json", "/lessons/guide"} {
		for _, accept := range []string{"gzip", "identity"} {
			resp, _ := s.get(t, "GET", path, http.Header{"Accept-Encoding": {accept}})
			again, body := s.get(t, "GET", path, http.Header{"Accept-Encoding": {accept}, "If-None-Match": {resp.Header.Get("ETag")}})
			if again.StatusCode != http.StatusNotModified || body != "" {
				t.Errorf("%s (%s): asked again with %s, got %d and %d bytes", path, accept, resp.Header.Get("ETag"), again.StatusCode, len(body))
			}
		}
		if head, body := s.get(t, "HEAD", path, nil); head.StatusCode != 200 || body != "" || head.ContentLength <= 0 {
			t.Errorf("HEAD %s: got %d, %d bytes announced, %d sent", path, head.StatusCode, head.ContentLength, len(body))
		}
	}
}

func TestNoSuchLesson(t *testing.T) {
	s := newCourse(t, aCourse(), false)
	for _, path := range []string{"/lessons/04-nothing", "/lessons/..%2f..%2fetc", "/lessons/%3Cscript%3E", "/lessons/01-two-copies.md", "/lessons/en", "/lessons/01-two-copies/more", "/lessons/events", "/lessons/"} {
		resp, body := s.get(t, "GET", path, nil)
		if resp.StatusCode != http.StatusNotFound || strings.Contains(body, "<script>") {
			t.Errorf("%s: got %d: %.300s", path, resp.StatusCode, body)
		}
	}
	if _, body := s.get(t, "GET", "/lessons/04-nothing", nil); !strings.Contains(body, `href="/lessons"`) {
		t.Errorf("the page does not lead to the others: %s", body)
	}
}

// TestHostileLesson: a lesson that somebody else wrote says nothing but text.
func TestHostileLesson(t *testing.T) {
	hostile := strings.NewReplacer("Two copies & one login", `"</title><script>alert(1)</script>"`, "Ada is out again.", `'"><img src=x onerror=alert(1)>'`,
		"## First look", "## <b onclick=alert(1)>x</b> `</script><script>alert(2)</script>`", "Is she out?", "'</legend><script>alert(3)</script>'",
		"A store.", "`</details><script>alert(4)</script>`").Replace(lessonText)
	s := newCourse(t, fstest.MapFS{"en/01-hostile.md": {Data: []byte(hostile)}, "en/02-good.md": {Data: []byte(lessonText)}}, true)
	for _, path := range []string{"/lessons/01-hostile", "/lessons/02-good", "/lessons", "/lessons/feed.xml", "/lessons?q=alert"} {
		body := s.page(t, path)
		for _, bad := range []string{"<script>alert", "<img", "<b onclick", "onerror=alert(1)>"} {
			if strings.HasSuffix(path, "feed.xml") && bad == "<img" {
				continue // pictures of ours
			}
			if strings.Contains(body, bad) {
				t.Errorf("%s has %s", path, bad)
			}
		}
	}
}

// realWords are the catalogues that the program has, without its other files.
func realWords(t *testing.T) fs.FS {
	t.Helper()
	words := fstest.MapFS{}
	names, err := fs.Glob(static.FS, "lang/*.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		data, err := static.FS.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		words[name] = &fstest.MapFile{Data: data}
	}
	return words
}

// TestLessonsThatComeWithTheProgram: each can be shown in each language, is
// light, and has no two things with one id.
func TestLessonsThatComeWithTheProgram(t *testing.T) {
	testenv.Unraced(t)
	const heaviest = 25_000 // bytes on the wire
	s := program(t)
	course := lessons.Load(lessons.FS)
	ids := regexp.MustCompile(` id="([^"]*)"`)
	unsaid := regexp.MustCompile(`lessons\.[a-z]`)
	figures := regexp.MustCompile(`(?s)<svg class="fig".*?</svg>`)
	for lang, all := range course.Lessons {
		for _, l := range all {
			path := "/lessons/" + l.Slug + "?lang=" + lang
			resp, page := s.get(t, "GET", path, http.Header{"Accept-Encoding": {"gzip"}})
			if resp.StatusCode != 200 || resp.ContentLength > heaviest {
				t.Errorf("%s: got %d and %d bytes, want at most %d", path, resp.StatusCode, resp.ContentLength, heaviest)
			}
			if lang == "ko" {
				sayKorean(t, path, page)
			}
			seen := map[string]bool{}
			for _, m := range ids.FindAllStringSubmatch(page, -1) {
				if seen[m[1]] {
					t.Errorf("%s has two elements with the id %s", path, m[1])
				}
				seen[m[1]] = true
			}
			if strings.Contains(page, " style=") || unsaid.MatchString(page) || strings.Contains(page, `<data value=`) {
				t.Errorf("%s has a style of its own, a word without a text, or a number that is missing", path)
			}
			drawn := figures.FindAllString(page, -1)
			if len(drawn) == 0 {
				t.Errorf("%s has no picture", path)
			}
			for _, svg := range drawn {
				if err := xml.Unmarshal([]byte(svg), new(struct{ XMLName xml.Name })); err != nil {
					t.Errorf("%s: %v in %s", path, err, svg)
				}
			}
		}
	}
}
