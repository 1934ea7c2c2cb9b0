package browser

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"procession/internal/testenv"
	"procession/lessons"
	"procession/server/program"
)

func TestBrowserCourse(t *testing.T) {
	t.Parallel()
	l := lessonOf(t, "en", firstLesson)
	m := serveSite(t)
	p := newTab(t, m.URL()+"/lessons?lang=en")
	item := fmt.Sprintf(`document.querySelector('.course-item[data-slug=%q]')`, l.Slug)
	p.wait(item + `.dataset.done === ""`)
	p.click(fmt.Sprintf(`.course-item[data-slug=%q] h3 a`, l.Slug))
	// A step is not done by being looked at; what was to be read is, by who goes on.
	p.wait(at("step-1") + ` && !document.querySelector(".steps [data-done]")`)
	p.press(kb.ArrowRight)
	p.wait(at("step-2") + ` && document.querySelectorAll(".steps [data-done]").length === 1`)
	p.eval(`void setTimeout(() => history.go(-2))`) // the answer must be there before the page goes
	p.wait(fmt.Sprintf(`%s.querySelector(".how-far").textContent.startsWith("1 of %d ")`, item, len(l.Steps)))
	p.click(`.how-far a`)
	p.wait(at("step-2"))
	p.eval(`void setTimeout(() => history.back())`)
	p.wait(item + `.querySelector(".how-far a")`)

	// It can be taken along, and forgotten.
	p.eval(`(() => {
		globalThis.saved = new Promise((resolve) => { URL.createObjectURL = (blob) => { resolve(blob.text()); return "about:blank#"; }; });
		HTMLAnchorElement.prototype.click = () => {};
	})()`)
	p.focus(`[data-progress="save"]`)
	p.press(kb.Enter)
	saved := await[string](p, "the file", `(globalThis.saved.then((text) => { globalThis.file = text; }), globalThis.file)`)
	if !strings.Contains(saved, l.Slug) {
		t.Errorf("the file is %s, want the progress in %s", saved, l.Slug)
	}
	p.focus(`[data-progress="clear"]`)
	p.press(kb.Enter)
	p.wait(item + `.dataset.done === ""`)
	for _, c := range []struct{ text, there string }{
		{`{"lessons":{}}`, item + `.dataset.done === "" && /no file/.test(document.querySelector(".keep-word").textContent)`},
		{saved, item + `.dataset.done !== ""`},
	} {
		p.eval(fmt.Sprintf(`((input) => {
			const chosen = new DataTransfer();
			chosen.items.add(new File([%q], "progress.json"));
			input.files = chosen.files;
			input.dispatchEvent(new Event("change"));
		})(document.querySelector('[data-progress="file"]'))`, c.text))
		p.wait(c.there)
	}
	p.quiet()
}

func TestBrowserCourseSearch(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	p := newTab(t, serveSite(t).URL()+"/lessons?lang=en")
	p.wait(`document.querySelector(".keep")`)
	p.write(`.search [type="search"]`, "redis")
	p.wait(`document.querySelectorAll(".results > li").length > 1 && location.search.includes("q=redis")`)
	p.wait(`/redis/.test(document.querySelector("procession-course > [role=status]").textContent)`)
	if got := p.text(`document.activeElement.matches('[type="search"]') && document.querySelectorAll(".found").length`); got != "1" {
		t.Errorf("got %s, want the focus in the field and one list", got)
	}
	p.write(`.search [type="search"]`, "zeppelin")
	p.wait(`document.querySelector(".found .none")`)
	p.write(`.search [type="search"]`, "redis")
	p.wait(`document.querySelector(".results")`)
	p.eval(`(() => { const field = document.querySelector('[type="search"]'); field.value = ""; field.dispatchEvent(new Event("input")); })()`)
	p.wait(`!document.querySelector(".found")`)
	p.quiet()
}

// TestBrowserLessonLive writes at a lesson and sees the page follow.
func TestBrowserLessonLive(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "en"), 0o755); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "en", "01-mine.md")
	text := string(lessons.Skeleton("01-mine", "en"))
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	m := serveLessons(t, dir)
	p := newTab(t, m.URL()+"/lessons/01-mine#step-2")
	p.wait(at("step-2"))
	title := p.text(`document.querySelector("#step-2 h2").textContent`)
	if err := os.WriteFile(file, []byte(strings.Replace(text, "## "+title, "## Another title", 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	p.wait(at("step-2") + ` && document.querySelector("#step-2 h2").textContent === "Another title"`)

	// A mistake is shown in its place, and the rest goes on.
	const box = `document.querySelector("#step-2 .problems")`
	if err := os.WriteFile(file, []byte(strings.Replace(text, "until: 12s", "until: <b>soon", 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	p.wait(at("step-2") + ` && ` + box + `?.checkVisibility() && ` + box + `.textContent.includes("until: <b>soon") && !document.querySelector("#step-2 .predict")`)
	p.press(kb.ArrowRight)
	p.wait(at("step-3") + ` && document.querySelector("#step-3 .challenge").checkVisibility() && ` + framed + `.dataset.mode === "local"`)
	p.press(kb.ArrowLeft)
	p.wait(at("step-2"))
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	p.wait(at("step-2") + ` && !document.querySelector(".problems") && document.querySelector("#step-2 .predict")`)

	// So it is in the first step, which then leaves the stage empty.
	if err := os.WriteFile(file, []byte(strings.Replace(text, "until: ", "untill: ", 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	p.press(kb.ArrowLeft)
	p.wait(`document.querySelector(".step[data-current]")?.id === "step-1" && document.documentElement.dataset.lesson === "on" && document.querySelector("#step-1 .problems")?.checkVisibility()`)
	p.press(kb.ArrowRight)
	p.wait(at("step-2") + ` && document.querySelector("#step-2 .predict").checkVisibility() && ` + framed + `.dataset.mode === "store"`)
	p.quiet()

	// Saves that follow each other, and slow ones, which are empty at first: the
	// second change comes when the server has the first, and when the page is
	// loaded anew because of it and does not listen yet.
	shown := func() string {
		resp, err := http.Get(m.URL() + "/lessons/01-mine")
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		if err != nil || resp.StatusCode == http.StatusServiceUnavailable {
			t.Fatal(resp.Status, err)
		}
		return string(body)
	}
	for _, loading := range []bool{false, true} {
		for _, first := range []string{strings.Replace(text, "## "+title, "## Half a title", 1), ""} {
			last := fmt.Sprintf("The last title, loading %t, from %d bytes", loading, len(first))
			before, origin := shown(), p.text(`performance.timeOrigin`)
			if err := os.WriteFile(file, []byte(first), 0o644); err != nil {
				t.Fatal(err)
			}
			for t.Context().Err() == nil && shown() == before {
			}
			if loading {
				p.wait(fmt.Sprintf(`String(performance.timeOrigin) !== %q`, origin))
			}
			if err := os.WriteFile(file, []byte(strings.Replace(text, "## "+title, "## "+last, 1)), 0o644); err != nil {
				t.Fatal(err)
			}
			p.wait(at("step-2") + fmt.Sprintf(` && document.querySelector("#step-2 h2").textContent === %q && !document.querySelector(".problems")`, last))
		}
	}
	p.quiet()
}

// odd is a lesson with everything that a step can have on the stage.
const odd = `---
title: Odds and ends
summary: All that a step can have on the stage.
minutes: 5
scenario: visitors=Ada,Grace,Linus&workers=2
---

## Code

Look into it.

~~~sim
until: 3s
open: code
~~~

## Charts

Look at them.

~~~sim
until: 3s
open: charts
~~~

## Side by side

Two worlds.

~~~sim
until: 3s
beside: [mode=store]
~~~

## The machine

Cores.

~~~sim
until: 3s
open: machine
point: [core 1]
~~~

## It goes on

A process dies.

~~~sim
continue: true
do: [3500ms crash 1]
until: 5s
~~~

~~~predict
ask: How many die?
choices:
  - say: None
    when: crashes == 0
    feedback: Look again.
  - say: One
    when: crashes == 1
    feedback: The first.
~~~

## And on

Look.

~~~sim
continue: true
until: 7s
point: [worker 1]
~~~

## Try it on your own machine {.machine}

Nothing.

## Take home {.questions}

1. One?
2. Two?
3. Three?
`

// serveLesson starts a server of its own, with one lesson, whose fences are ~~~.
func serveLesson(t *testing.T, slug, text string) *program.Main {
	t.Helper()
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "en"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "en", slug+".md"), []byte(strings.ReplaceAll(text, "~~~", "```")), 0o644); err != nil {
		t.Fatal(err)
	}
	return serveLessons(t, dir)
}

// guess is a lesson that asks about the run of the step before, which goes on.
const guess = `---
title: A guess
summary: What comes next?
minutes: 5
scenario: workers=3&visitors=Ada,Grace
needs: []
---

Words.

## One login

She logs in.

~~~sim
until: 4s
~~~

## Guess

She goes on.

~~~sim
continue: true
until: 16s
~~~

~~~predict
ask: How often is she known?
choices:
  - say: Always
    when: visitor("Ada").denied == 0
    feedback: With one process.
  - say: Sometimes
    when: visitor("Ada").denied > 0
    feedback: With three.
~~~

## The end

Look.

~~~sim
until: 1s
~~~
`

// TestBrowserLessonGuessWaits: a question about a run that goes on waits at the
// moment at which that one stopped, and not where the server had got to by then.
func TestBrowserLessonGuessWaits(t *testing.T) {
	t.Parallel()
	p := newTab(t, serveLesson(t, "01-guess", guess).URL()+"/lessons/01-guess?speed=4")
	p.wait(at("step-1") + ` && ` + stoppedAt(4e6))
	// Whatever is shown in the next second, it is never later.
	p.eval(fmt.Sprintf(`globalThis.moments = []; new MutationObserver(() => moments.push(Number(%[1]s.dataset.now))).observe(%[1]s, { attributeFilter: ["data-now"] })`, framed))
	p.click(`.step[data-current] .next`)
	p.wait(at("step-2") + ` && ` + stageState + ` === "paused" && ` + framed + `.hasAttribute("data-wait")`)
	p.wait(`(globalThis.looks = (globalThis.looks ?? 0) + 1) > 50`)
	if got := p.text(`[` + framed + `.dataset.now, Math.max(0, ...moments)]`); got != "4000000,4000000" && got != "4000000,0" {
		t.Errorf("the question stands beside the moment, and the latest one shown, of %s", got)
	}
	p.answer(1)
	p.wait(stoppedAt(16e6) + ` && document.querySelector(".step[data-current] .predict").dataset.state === "right"`)
	p.quiet()
}

// TestBrowserLessonOdds walks through what a step can open, and through runs
// that go on: the focus stays with the text, and the frame is never loaded anew.
func TestBrowserLessonOdds(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	m := serveLesson(t, "01-odd", odd)
	sheet := func(name string) string {
		return fmt.Sprintf(`[...%s.querySelectorAll("[data-sheet]:not([hidden])")].map((s) => s.dataset.sheet).join() === %q`, framed, name)
	}
	const (
		stays = `document.activeElement.matches(".step[data-current] h2")`
		moved = framed + `.ownerDocument.defaultView.performance.timeOrigin`
	)
	p := newTab(t, m.URL()+"/lessons/01-odd?speed=8")
	p.wait(at("step-1") + ` && ` + sheet("code") + ` && ` + stoppedAt(3e6))
	origin := p.text(moved)
	if got := p.text(`document.activeElement.localName`); got != "body" {
		t.Errorf("the panel took the focus to %s", got)
	}
	p.press(kb.ArrowRight)
	p.wait(at("step-2") + ` && ` + sheet("charts") + ` && ` + stoppedAt(3e6) + ` && ` + stays)
	p.press(kb.ArrowRight)
	p.wait(at("step-3") + ` && ` + sheet("") + ` && ` + framed + `.dataset.worlds === "2" && ` + stoppedAt(3e6) + ` && ` + stays)
	p.press(kb.ArrowRight)
	p.wait(at("step-4") + ` && ` + framed + `.querySelector(".machine[data-open] [data-core='1'][data-pointed]") && !` + framed + `.dataset.worlds && ` + stoppedAt(3e6))

	// The run goes on from where it stands.
	p.press(kb.ArrowRight)
	p.wait(at("step-5") + ` && ` + stageState + ` === "paused" && ` + framed + `.dataset.now === "3000000" && !` + framed + `.querySelector(".machine[data-open]")`)
	p.answer(1)
	p.wait(stoppedAt(5e6) + ` && document.querySelector(".step[data-current] .predict").dataset.state === "right"`)
	p.eval(fmt.Sprintf(`globalThis.moments = []; new MutationObserver(() => moments.push(Number(%[1]s.dataset.now))).observe(%[1]s, { attributeFilter: ["data-now"] })`, framed))
	p.press(kb.ArrowRight)
	p.wait(at("step-6") + ` && ` + stoppedAt(7e6) + ` && ` + framed + `.querySelector("[data-worker='1'][data-pointed]")`)
	if got := p.text(`moments.length > 1 && moments.every((at) => at >= 5000000)`); got != "true" {
		t.Errorf("the run did not go on from where it stood: %s", p.text(`moments`))
	}

	// What has nothing of its own leaves the stage as it is.
	p.press(kb.ArrowRight)
	p.wait(at("step-7") + ` && ` + stoppedAt(7e6))
	if got := p.text(moved); got != origin {
		t.Error("the frame was loaded anew")
	}
	p.quiet()
}
