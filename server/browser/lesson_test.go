package browser

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/google/go-cmp/cmp"

	"procession/internal/testenv"
	"procession/lessons"
)

// The expressions of lessons that tests wait for.
const (
	// framed is the document of the stage beside the text.
	framed = `document.querySelector(".stage-frame").contentDocument.documentElement`
	// shownStep is the section that is shown.
	shownStep = `document.querySelector(".step[data-current]")`
	// stageState is how the run of the step stands.
	stageState = `document.querySelector("procession-lesson").dataset.stage`
)

// at is the expression for a step that is shown, with its run on the stage.
func at(id string) string {
	return fmt.Sprintf(`%s?.id === %q && %s && %s !== "opening"`, shownStep, id, stageState, stageState)
}

// stoppedAt is the expression for a stage that stands at a moment, in virtual µs.
func stoppedAt(moment int64) string {
	return fmt.Sprintf(`%s === "stopped" && %s.dataset.now === "%d"`, stageState, framed, moment)
}

// readLesson opens a page of a lesson; what is its path below /lessons/.
func readLesson(t *testing.T, what string) *tab {
	t.Helper()
	p := newTab(t, serveSite(t).URL()+"/lessons/"+what)
	p.wait(stageState)
	return p
}

// course has the lessons that come with the program.
var course = sync.OnceValue(func() *lessons.Course { return lessons.Load(lessons.FS) })

// TestBrowserOwnWords: what the author of a lesson says of a handler is told on
// the stage, at its first run and after a message that opens another one.
func TestBrowserOwnWords(t *testing.T) {
	t.Parallel()
	p := readLesson(t, "19-more-than-sessions#step-3")
	told := func(words string) string {
		return framed + `.querySelector(".told")?.textContent.includes("` + words + `")`
	}
	p.wait(at("step-3"))
	p.answer(2)
	p.wait(told("tells Ada the price: 1."))
	p.click(`[href="#step-4"]`)
	p.wait(at("step-4"))
	p.answer(1)
	p.wait(told("tells Grace the price: 1."))
	p.quiet()
}

// lessonOf gives one of them.
func lessonOf(t *testing.T, lang, slug string) *lessons.Lesson {
	t.Helper()
	l := course().Find(lang, slug)
	if l == nil {
		t.Fatalf("there is no lesson %s in %s", slug, lang)
	}
	return l
}

// firstLesson is the one that most tests read.
const firstLesson = "01-the-random-logout"

// first gives the first step of a lesson that has a block of a kind, and the block.
func first[T lessons.Block](t *testing.T, l *lessons.Lesson) (*lessons.Step, T) {
	t.Helper()
	for _, s := range l.Steps {
		for _, b := range s.Blocks {
			if found, ok := b.(T); ok {
				return s, found
			}
		}
	}
	var none T
	t.Fatalf("%s has no %T", l.File, none)
	return nil, none
}

func step(n int) string { return fmt.Sprintf("step-%d", n) }

func TestBrowserLessonSteps(t *testing.T) {
	t.Parallel()
	l := lessonOf(t, "en", firstLesson)
	p := readLesson(t, firstLesson+"?lang=en")
	p.wait(at("step-1") + ` && location.hash === ""`)
	p.wait(fmt.Sprintf(`document.title.startsWith(%q)`, l.Title))
	p.wait(`document.querySelectorAll(".step").length > 5 && [...document.querySelectorAll(".step")].filter((s) => s.checkVisibility()).length === 1`)

	p.press(kb.ArrowRight)
	p.wait(at("step-2") + ` && location.hash === "#step-2" && document.activeElement.matches(".step[data-current] h2")`)
	p.wait(fmt.Sprintf(`document.title.startsWith(%q)`, l.Steps[1].Title))
	p.wait(`document.querySelector('.steps [aria-current="step"]').dataset.goto === "2"`)
	p.press(kb.ArrowRight)
	p.wait(at("step-3"))
	p.press(kb.ArrowLeft)
	p.wait(at("step-2"))
	p.eval(`void setTimeout(() => history.back())`)
	p.wait(at("step-3"))
	p.click(`.steps [href="#step-4"]`)
	p.wait(at("step-4"))
	p.click(`.step[data-current] .next`)
	p.wait(at("step-5"))

	// The page has one frame, and it was not loaded anew.
	if got := p.text(framed + `.ownerDocument.defaultView.performance.getEntriesByType("navigation").length + " " + document.querySelectorAll("iframe").length`); got != "1 1" {
		t.Errorf("got %s, want one frame", got)
	}

	// A link to a step, in another language.
	p.wait(`document.querySelector('[data-language="ko"]').hash === "#step-5"`)
	p.click(`[data-language="ko"]`)
	p.wait(at("step-5") + ` && document.documentElement.lang === "ko" && /[가-힣]/.test(document.querySelector("h1").textContent)`)
	p.wait(framed + `.lang === "ko"`)
	p.quiet()
}

func TestBrowserLessonStageByKey(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	l := lessonOf(t, "en", firstLesson)
	s, _ := first[*lessons.Predict](t, l)
	n := s.Number
	p := readLesson(t, firstLesson+"?lang=en#"+step(n))
	p.wait(at(step(n)))
	p.answer(0)
	p.wait(stageState + ` === "playing"`)
	p.eval(`document.querySelector(".step[data-current] h2").focus()`)
	p.press(" ")
	p.wait(stageState + ` === "paused"`)
	p.press(" ")
	p.wait(stageState + ` === "playing"`)
	p.wait(stageState + ` === "stopped"`)
	p.press("r")
	p.wait(stageState + ` === "playing"`)
	p.press("s")
	p.wait(`document.activeElement.matches("iframe")`)
	p.press(kb.Escape)
	p.wait(`document.activeElement.matches(".step[data-current] h2")`)
	p.press("?")
	p.wait(`document.querySelector("dialog[open] kbd")`)
	p.press(kb.Escape)
	p.wait(`!document.querySelector("dialog")`)
	p.wait(`!document.querySelector(".notes").checkVisibility()`)
	p.press("p")
	p.wait(`document.querySelector(".step[data-current] .notes").checkVisibility()`)
	// A remote control sends these, also while the stage has the focus.
	p.press(kb.PageDown)
	p.wait(at(step(n + 1)))
	p.press("s")
	p.wait(`document.activeElement.matches("iframe")`)
	p.press(kb.PageDown)
	p.wait(at(step(n + 2)))
	p.press(kb.PageUp)
	p.wait(at(step(n + 1)))
	p.quiet()
}

// answer chooses an answer by keyboard and hands it in.
func (p *tab) answer(choice int) {
	p.t.Helper()
	p.focus(`.step[data-current] .predict input`)
	p.press(" ")
	for range choice {
		p.press(kb.ArrowDown)
	}
	p.wait(fmt.Sprintf(`document.activeElement.value === "%d" && document.activeElement.checked`, choice))
	p.press(kb.Enter)
}

// TestBrowserLessonTold: how a run went is told when it is over, and at once
// when it was seen before.
func TestBrowserLessonTold(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	const told = `[...document.querySelectorAll(".step[data-current] .untold ~ p")].some((e) => e.checkVisibility())`
	p := readLesson(t, firstLesson+"?lang=en&speed=8")
	p.wait(at("step-1") + ` && document.querySelector(".step[data-current] .untold").checkVisibility() && !` + told)
	p.wait(stageState + ` === "paused"`)
	p.press(" ")
	p.wait(stageState + ` === "stopped"`)
	p.wait(`!document.querySelector(".step[data-current] .untold").checkVisibility() && ` + told)
	p.do(chromedp.Reload())
	p.wait(at("step-1") + ` && ` + told)
	p.click(`.steps [href="#step-4"]`)
	p.wait(at("step-4") + ` && !` + told)
	p.click(`.step[data-current] .untold [data-now]`)
	p.wait(stageState + ` === "paused" && ` + told)
	p.quiet()
}

func TestBrowserLessonPredict(t *testing.T) {
	t.Parallel()
	l := lessonOf(t, "en", firstLesson)
	s, question := first[*lessons.Predict](t, l)
	told, problems := l.Tell(t.Context(), nil)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	right := told.Steps[s.Number-1].Right
	wrong := (right + 1) % len(question.Choices)
	state := `document.querySelector(".step[data-current] .predict").dataset.state`
	feedback := func(choice int) string {
		return fmt.Sprintf(`document.querySelector('.step[data-current] .feedback[data-choice="%d"]').checkVisibility()`, choice)
	}

	p := readLesson(t, firstLesson+"?lang=en#"+step(s.Number))
	p.wait(at(step(s.Number)) + ` && ` + state + ` === "open"`)
	// The run waits for the answer, whatever is pressed.
	p.wait(stageState + ` === "paused"`)
	p.press(" ")
	p.wait(`document.querySelector(".step[data-current] .first").textContent !== "" && document.activeElement.matches(".predict input")`)
	if got := p.text(stageState + ` + " " + ` + framed + `.dataset.now`); got != fmt.Sprintf("paused %d", s.Sim.From) {
		t.Errorf("got %s before the answer, want the stage to wait", got)
	}

	p.eval(fmt.Sprintf(listenedIn, `[document, document.querySelector(".stage-frame").contentDocument]`))
	p.answer(wrong)
	p.wait(state + ` === "running" && ` + stageState + ` === "playing"`)
	p.wait(stoppedAt(s.Sim.Until))
	p.wait(state + ` === "other" && ` + feedback(wrong) + ` && ` + feedback(right))
	// The end is one message of the stage, and what has the focus; nothing comes after it while one reads.
	p.wait(`document.activeElement.matches(".result") && heard.some(({ text }) => text.startsWith("It stops here"))`)
	p.wait(`performance.now() - heard.at(-1).at > 6000`)
	if got := p.text(`heard.slice(heard.findIndex(({ text }) => /^(It stops here|Paused)/.test(text))).map(({ text }) => text)`); !strings.HasPrefix(got, "It stops here. Play goes on. ") || strings.Count(got, "It stops here") != 1 || strings.Contains(got, "Paused") {
		t.Errorf("the end was told as %q, want one message", got)
	}

	// It is remembered, and can be answered again.
	p.do(chromedp.Reload())
	p.wait(at(step(s.Number)) + ` && ` + state + ` === "other" && ` + feedback(wrong))
	p.wait(fmt.Sprintf(`%s.dataset.now === "%d"`, framed, s.Sim.Until))
	p.focus(`.step[data-current] [data-again]`)
	p.press(kb.Enter)
	p.wait(state + ` === "open" && ` + stageState + ` === "paused"`)
	p.answer(right)
	p.wait(state + ` === "running"`)
	p.focus(`.step[data-current] [data-now]`)
	p.press(kb.Enter)
	p.wait(state + ` === "right" && ` + feedback(right) + ` && !` + feedback(wrong))
	p.wait(fmt.Sprintf(`%s.dataset.now === "%d"`, framed, s.Sim.Until))
	p.wait(fmt.Sprintf(`document.querySelector('.steps [data-goto="%d"]').hasAttribute("data-done")`, s.Number))
	p.quiet()
}

func TestBrowserLessonChallenge(t *testing.T) {
	t.Parallel()
	l := lessonOf(t, "en", firstLesson)
	s, _ := first[*lessons.Challenge](t, l)
	p := readLesson(t, firstLesson+"?speed=8&lang=en#"+step(s.Number))
	p.wait(at(step(s.Number)))
	const state = `document.querySelector(".step[data-current] .challenge").dataset`
	p.wait(`document.querySelector(".step[data-current] .meet output").textContent !== ""`)
	if got := p.text(state + `.met + " " + document.querySelector(".step[data-current] .won").checkVisibility()`); got != "false false" {
		t.Errorf("got %s before anything was done, want the goal open", got)
	}
	// The shared store, with the keys of the stage.
	p.press("s")
	p.press("+") // is locked
	p.press("2")
	p.wait(framed + `.dataset.mode === "store"`)
	p.wait(state + `.met === "true"`)
	p.wait(`document.querySelector(".step[data-current] .won").checkVisibility() && document.querySelector('.step[data-current] [data-condition][data-met="true"]')`)
	p.wait(`document.querySelector(".step[data-current] .solutions").checkVisibility() && !document.querySelector(".step[data-current] .solutions").open`)
	// It is kept.
	p.do(chromedp.Reload())
	p.wait(at(step(s.Number)) + ` && ` + state + `.met === "true"`)
	p.quiet()
}

func TestBrowserLessonHints(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	l := lessonOf(t, "en", firstLesson)
	s, c := first[*lessons.Challenge](t, l)
	until := max(s.Sim.Until, c.Until)
	p := readLesson(t, firstLesson+"?speed=8&lang=en#"+step(s.Number))
	p.wait(at(step(s.Number)))
	const (
		hint  = `document.querySelector(".step[data-current] [data-hint]")`
		tries = `document.querySelector(".step[data-current] .challenge").dataset.tries`
	)
	for try := 1; try <= 2; try++ {
		if got := p.text(hint + `.checkVisibility()`); got != "false" {
			t.Errorf("a hint is offered before try %d", try)
		}
		p.wait(stoppedAt(until))
		p.wait(fmt.Sprintf(`%s === "%d"`, tries, try))
		if try == 1 {
			p.press("r")
			p.wait(fmt.Sprintf(`Number(%s.dataset.now) < %d`, framed, until))
		}
	}
	p.wait(hint + `.checkVisibility() && document.querySelector(".step[data-current] .offer").textContent !== ""`)
	for i := range c.Hints {
		p.focus(`.step[data-current] [data-hint]`)
		p.press(kb.Enter)
		p.wait(fmt.Sprintf(`document.querySelectorAll(".step[data-current] .hints > li:not([hidden])").length === %d`, i+1))
	}
	p.wait(`!` + hint + `.checkVisibility() && document.querySelector(".step[data-current] .solutions").checkVisibility()`)
	p.click(`.step[data-current] .solutions summary`)
	p.click(`.step[data-current] [data-play]`)
	p.wait(stageState + ` === "playing" && ` + framed + `.ownerDocument.location.search.includes("do=")`)
	p.quiet()
}

// TestBrowserLessonPaper looks that all steps are on paper, and nothing that
// only a screen has.
func TestBrowserLessonPaper(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	l := lessonOf(t, "en", firstLesson)
	s, _ := first[*lessons.Predict](t, l)
	p := readLesson(t, firstLesson+"?lang=en#"+step(s.Number))
	p.wait(at(step(s.Number)))
	p.answer(0)
	p.eval(`globalThis.print = () => { globalThis.printed = document.querySelectorAll(".answers").length; dispatchEvent(new Event("afterprint")); }`)
	p.click(`[data-print]`)
	p.click(`[data-print-answers]`)
	p.wait(`globalThis.printed === 1 && !document.querySelector(".answers")`)
	call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
	p.wait(fmt.Sprintf(`[...document.querySelectorAll(".step")].filter((s) => s.checkVisibility()).length === %d`, len(l.Steps)+1))
	p.wait(`[...document.querySelectorAll(".still-figure svg")].filter((s) => s.checkVisibility()).length > 3`)
	if got := p.text(`[...document.querySelectorAll("iframe, button, .lesson-bar, .steps, .notes, .untold, .feedback, .result, .tag, .solutions, .hints, .step-nav")].filter((e) => e.checkVisibility()).map((e) => e.className || e.localName)`); got != "" {
		t.Errorf("these are on paper: %s", got)
	}
	// Who asks for the notes gets them on paper, too.
	p.eval(`document.documentElement.toggleAttribute("data-notes", true)`)
	p.wait(`((notes) => notes.length > 0 && notes.every((n) => n.checkVisibility()))([...document.querySelectorAll(".notes")])`)
	p.quiet()
}

func TestBrowserLessonPhone(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	p := readLesson(t, firstLesson+"?lang=en")
	p.do(chromedp.EmulateViewport(390, 844, chromedp.EmulateScale(2), chromedp.EmulateMobile, chromedp.EmulateTouch), chromedp.Reload())
	p.wait(at("step-1"))
	p.wait(`document.documentElement.scrollWidth <= innerWidth`)
	// However far down one reads, the stage is in sight, and leaves room for the text.
	p.eval(`scrollTo(0, document.documentElement.scrollHeight)`)
	p.wait(`scrollY > 200`)
	p.wait(`((box) => box.top >= 0 && box.top < 2 && box.height > innerHeight * 0.35 && box.height < innerHeight * 0.5)(document.querySelector(".stage-frame").getBoundingClientRect())`)
	p.wait(`((box) => box.bottom <= innerHeight && box.top > document.querySelector(".stage-frame").getBoundingClientRect().bottom)(document.querySelector(".step[data-current] .step-nav").getBoundingClientRect())`)
	const small = `[...document.querySelectorAll("a, button, label, summary")]
		.filter((e) => e.checkVisibility() && e.getClientRects().length && !e.closest("p, li:not(.steps li)"))
		.map((e) => [e, e.getBoundingClientRect()]).filter(([, r]) => r.width < 43.5 || r.height < 43.5)
		.map(([e, r]) => (e.textContent || e.className) + " " + Math.round(r.width) + "×" + Math.round(r.height)).join(", ")`
	for _, n := range []int{1, 2, 5} {
		p.eval(fmt.Sprintf(`location.hash = "step-%d"`, n))
		p.wait(at(step(n)))
		if got := p.text(small); got != "" {
			t.Errorf("step %d: too small for a finger: %s", n, got)
		}
		p.wait(`document.documentElement.scrollWidth <= innerWidth`)
	}
	p.quiet()
}

// TestBrowserLessonPhoneScroll: the run of another step is seen from its top.
func TestBrowserLessonPhoneScroll(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	const scrolled = framed + `.querySelector("procession-stage").scrollTop`
	p := readLesson(t, "09-threads?lang=en#step-4") // sixteen threads
	p.do(chromedp.EmulateViewport(390, 844, chromedp.EmulateScale(2), chromedp.EmulateMobile, chromedp.EmulateTouch), chromedp.Reload())
	p.wait(at("step-4") + ` && ` + framed + `.querySelectorAll(".threads li").length === 16`)
	p.wait(`(` + framed + `.querySelector("procession-stage").scrollTo(0, 1e6), ` + scrolled + ` > 20)`)
	p.eval(`location.hash = "step-1"`)
	p.wait(at("step-1") + ` && ` + framed + `.dataset.mode === "local" && ` + scrolled + ` === 0`)
	p.quiet()
}

// TestBrowserLessonWithoutStorage reads a lesson where nothing can be kept.
func TestBrowserLessonWithoutStorage(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	m := serveSite(t)
	p := newTab(t, m.URL()+"/healthz")
	call(p, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: `Object.defineProperty(Window.prototype, "localStorage", { get() { throw new DOMException("no", "SecurityError"); } });`})
	p.do(chromedp.Navigate(m.URL() + "/lessons/" + firstLesson + "?lang=en"))
	p.wait(at("step-1"))
	p.press(kb.ArrowRight)
	p.wait(at("step-2") + ` && document.querySelector('.steps [data-goto="1"]').hasAttribute("data-done")`)
	p.quiet()
}

func TestBrowserLessonAccessible(t *testing.T) {
	t.Parallel()
	script := axe(t)
	m := serveSite(t)
	s, _ := first[*lessons.Predict](t, lessonOf(t, "en", firstLesson))
	goal, _ := first[*lessons.Challenge](t, lessonOf(t, "en", firstLesson))
	themes := themes()
	for _, lang := range languages() {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			p := calm(t, m.URL()+"/lessons/"+firstLesson+"?notes&lang="+lang)
			p.wait(at("step-1"))
			p.eval(script)
			p.accessible("the first step", themes)
			turn := func(n int) {
				t.Helper()
				p.eval(fmt.Sprintf(`location.hash = %q`, step(n)))
				p.wait(at(step(n)))
			}
			turn(s.Number)
			p.accessible("a question", themes)
			p.answer(0)
			p.focus(`.step[data-current] [data-now]`)
			p.press(kb.Enter)
			p.wait(`!["open", "running"].includes(document.querySelector(".step[data-current] .predict").dataset.state)`)
			p.accessible("an answered question", themes)
			turn(goal.Number)
			p.accessible("a goal", themes)
			p.press("h")
			p.accessible("a hint", themes)
			p.press("?")
			p.wait(`document.querySelector("dialog[open]")`)
			p.accessible("the help", themes)
			p.press(kb.Escape)
			for _, page := range []struct{ path, there string }{
				{"/lessons", `document.querySelector(".keep")`},
				{"/lessons/guide", at("step-1")},
			} {
				p.do(chromedp.Navigate(m.URL() + page.path + "?lang=" + lang))
				p.wait(page.there + " && " + inTheme(themes[len(themes)-1])) // it is remembered
				p.eval(script)
				p.accessible(page.path, themes)
			}
			p.quiet()
		})
	}
}

func TestBrowserLessonFirstLoadIsLight(t *testing.T) {
	t.Parallel()
	// Bytes over the wire of the longest lesson and its stage, until the first
	// picture stands. What comes after it is not waited for.
	const most = 125_000
	m := serveSite(t)
	longest, address := int64(0), ""
	for _, lang := range course().Languages {
		for _, l := range course().Lessons[lang] {
			req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, m.URL()+"/lessons/"+l.Slug+"?lang="+lang, nil)
			if err != nil {
				t.Fatal(err)
			}
			req.Header.Set("Accept-Encoding", "gzip")
			resp, err := http.DefaultClient.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			resp.Body.Close()
			if resp.ContentLength > longest {
				longest, address = resp.ContentLength, req.URL.String()
			}
		}
	}
	p := newTab(t, address)
	p.wait(framed + `.dataset.ready === "true"`)
	got, err := chromedp.Run(p.ctx, chromedp.Evaluate[int](`((frame) => {
		const origin = frame.performance.timeOrigin - performance.timeOrigin;
		const first = origin + frame.performance.getEntriesByName("ready")[0].startTime;
		const sum = (w, from) => [...w.performance.getEntriesByType("navigation"), ...w.performance.getEntriesByType("resource")]
			.filter((e) => e.initiatorType !== "iframe" && from + e.startTime < first).reduce((sum, e) => sum + e.transferSize, 0);
		return sum(window, 0) + sum(frame, origin);
	})(document.querySelector(".stage-frame").contentWindow)`))
	if err != nil {
		t.Fatal(err)
	}
	if got == 0 || got > most {
		t.Errorf("the first load of %s takes %d bytes, want at most %d", address, got, most)
	}
	t.Logf("the first load of %s takes %d bytes", address, got)
}

// TestBrowserLessonWithoutScripts reads a lesson as a feed reader does.
func TestBrowserLessonWithoutScripts(t *testing.T) {
	t.Parallel()
	resp, err := http.Get(serveSite(t).URL() + "/lessons/" + firstLesson + "?lang=en")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	l := lessonOf(t, "en", firstLesson)
	m := serveSite(t)
	p := newTab(t, m.URL()+"/healthz")
	call(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	p.do(chromedp.Navigate(m.URL() + "/lessons/" + firstLesson + "?lang=en"))
	call(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: false})
	if got := p.text(`[...document.querySelectorAll(".step")].filter((s) => s.checkVisibility()).length`); got != fmt.Sprint(len(l.Steps)+1) {
		t.Errorf("got %s steps without scripts, want all %d and the sandbox", got, len(l.Steps))
	}
	if got := p.text(`[...document.querySelectorAll(".answer summary")].every((s) => s.checkVisibility()) && !document.querySelector("iframe").checkVisibility()`); got != "true" {
		t.Errorf("the answers cannot be looked up without scripts, or there is an empty frame")
	}
	if !strings.Contains(resp.Header.Get("Content-Security-Policy"), "frame-ancestors 'self'") {
		t.Error("a lesson may be framed by others")
	}
}

// TestBrowserLessons reads every lesson from its first step to its last, by
// keyboard alone: each question is answered, each goal is reached. Languages
// take turns; the pages of the others must be built alike.
func TestBrowserLessons(t *testing.T) {
	t.Parallel()
	m := serveSite(t)
	slugs := course().Lessons[course().Languages[0]]
	for i := range slugs[:testenv.Runs(1, len(slugs))] {
		slug := slugs[i].Slug
		read, others := byTurns(course().Languages, i)
		t.Run(read+" "+slug, func(t *testing.T) {
			t.Parallel()
			address := m.URL() + "/lessons/" + slug + "?speed=8&lang="
			p := newTab(t, "about:blank")
			built := map[string][]string{}
			for _, lang := range append(others, read) {
				p.do(chromedp.Navigate(address + lang))
				built[lang] = p.built()
			}
			for _, other := range others {
				if diff := cmp.Diff(built[read], built[other]); diff != "" {
					t.Errorf("%s is not built as %s:\n%s", other, read, diff)
				}
			}
			p.read(lessonOf(t, read, slug))
			p.quiet()
		})
	}
}

// byTurns gives the language that has its turn, and the others.
func byTurns(languages []string, turn int) (one string, others []string) {
	n := turn % len(languages)
	return languages[n], slices.Concat(languages[:n], languages[n+1:])
}

// built says of each step of a lesson what there is to do and to see: all that
// is the same in every language.
func (p *tab) built() []string {
	p.t.Helper()
	p.wait(at("step-1"))
	return strings.Split(p.text(`[...document.querySelectorAll(".step")].map((s) => [s.id, s.dataset.kind, (s.dataset.sim ?? "").replace(/"(headline|note|says|word|[2-5]\d\d)":"(?!none")[^"]+"/g, '"$1":"its own"'),
		...[...s.querySelectorAll("input, .feedback, [data-condition], .hints > li, .solutions li, pre, .still-figure, .notes")]
			.map((e) => [e.className || e.localName, e.value, JSON.stringify(e.dataset)].join(" "))].join("; ")).join("\n")`), "\n")
}

// read goes through a lesson.
func (p *tab) read(l *lessons.Lesson) {
	p.t.Helper()
	for i, s := range l.Steps {
		if i > 0 {
			p.press(kb.ArrowRight)
		}
		p.wait(at(step(s.Number)))
		p.follow(s)
	}
	p.press(kb.ArrowRight)
	p.wait(at("sandbox") + ` && ` + stageState + ` === "playing"`)
	p.wait(fmt.Sprintf(`document.querySelectorAll(".steps [data-done]").length === %d`, len(l.Steps)))
}

// follow does what there is to do at a step.
func (p *tab) follow(s *lessons.Step) {
	p.t.Helper()
	for _, b := range s.Blocks {
		switch b := b.(type) {
		case *lessons.Predict:
			p.answer(s.Number % len(b.Choices))
			p.wait(`document.activeElement.matches(".running, .result")`)
			// Shows the end now, unless it is there: then the focus stays where it is.
			p.eval(`document.querySelector(".step[data-current] [data-now]").focus()`)
			p.press(kb.Enter)
			p.wait(`["right", "other"].includes(document.querySelector(".step[data-current] .predict").dataset.state)`)
			// Some runs are over before the moment at which they were to stop.
			p.wait(fmt.Sprintf(`%[1]s.dataset.now === "%[2]d" || %[1]s.dataset.ended === "true"`, framed, s.Sim.Until))
		case *lessons.Challenge:
			for range b.Hints {
				p.press("h")
			}
			p.focus(`.step[data-current] .solutions summary`)
			p.press(kb.Enter)
			p.focus(`.step[data-current] [data-play]`)
			p.press(kb.Enter)
			p.wait(`document.querySelector(".step[data-current] .challenge").dataset.met === "true"`)
		}
	}
	p.eval(`document.querySelector(".step[data-current] h2").focus()`)
}

// TestBrowserLessonMarksOfThisRun: a step that begins in the middle of its run
// shows the answers of that run, and not those that requests of the same
// numbers had in the step before.
func TestBrowserLessonMarksOfThisRun(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	const ofOneProcess = `((cells) => cells.length > 2 && cells.every((c) => c.style.getPropertyValue("--ink-of") === "var(--p1)"))([...` + framed + `.querySelectorAll(".visitor .cell")])`
	p := readLesson(t, "13-when-something-dies?lang=en#step-1")
	p.wait(framed + `.querySelectorAll(".visitor .cell").length > 2 && !(` + ofOneProcess + `)`)
	p.click(`.step[data-current] .next`)
	p.wait(at("step-2") + ` && ` + framed + `.dataset.mode === "threads" && ` + ofOneProcess)
	p.quiet()
}

// TestBrowserLessonWithoutSockets: where no socket comes through, a guess is
// explained all the same, by what stands in the page, and the page says why.
func TestBrowserLessonWithoutSockets(t *testing.T) {
	t.Parallel()
	l := lessonOf(t, "en", firstLesson)
	s, _ := first[*lessons.Predict](t, l)
	goal, _ := first[*lessons.Challenge](t, l)
	to, err := url.Parse(serveSite(t).URL())
	if err != nil {
		t.Fatal(err)
	}
	proxy := httputil.NewSingleHostReverseProxy(to)
	var open atomic.Bool // for sockets
	site := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/ws") && !open.Load() {
			http.Error(rw, "no websockets here", http.StatusForbidden)
			return
		}
		proxy.ServeHTTP(rw, r)
	}))
	t.Cleanup(site.Close)
	p := newTab(t, site.URL+"/lessons/"+firstLesson+"?lang=en#"+step(s.Number))
	p.wait(shownStep)
	p.answer(0)
	p.wait(`document.querySelector(".step[data-current] .result").checkVisibility() && document.querySelector(".step[data-current] .feedback").checkVisibility()`)
	p.wait(`[...document.querySelectorAll(".step[data-current] .predict figure")].every((f) => f.checkVisibility())`)
	p.wait(`/could not be opened/.test(document.querySelector(".mute").innerText)`)
	p.eval(fmt.Sprintf(`location.hash = %q`, step(goal.Number)))
	p.wait(`document.querySelector(".step[data-current] .solutions").checkVisibility()`)
	// When they come through, everything is alive.
	open.Store(true)
	p.click(`[data-reopen]`)
	p.wait(at(step(goal.Number)) + ` && ` + stageState + ` !== "mute" && !document.querySelector(".mute") && !document.querySelector(".step[data-current] .solutions").checkVisibility()`)
	p.quiet()
}

// TestBrowserLessonPresents: the stage of a step alone, for a room, and back; what
// the step asks is asked first all the same.
func TestBrowserLessonPresents(t *testing.T) {
	t.Parallel()
	p := readLesson(t, firstLesson)
	p.wait(stageState + ` !== "opening"`)
	const alone = `document.documentElement.hasAttribute("data-presents") && ((frame) => frame.top < 1 && frame.width >= innerWidth - 1 && frame.height >= innerHeight - 1)(document.querySelector(".stage-frame").getBoundingClientRect()) && !document.querySelector("article").checkVisibility()`
	const back = `!document.documentElement.hasAttribute("data-presents") && document.querySelector("article").checkVisibility()`
	p.press("f")
	p.wait(alone + ` && ` + framed + `.dataset.theme === "projector" && ` + framed + `.hasAttribute("data-figures")`)
	p.press("f") // in the stage, which has the focus
	p.wait(back + ` && ` + framed + `.dataset.theme !== "projector" && document.activeElement.matches("h2")`)
	p.click(`.lesson-bar [aria-label="Present the stage"]`)
	p.wait(alone)
	p.click(`.leave`)
	p.wait(back)

	// Notes come into sight, and say who can read them.
	p.do(chromedp.EmulateViewport(1366, 657))
	p.press("p")
	p.wait(`((sign) => sign && sign.top >= 0 && sign.bottom <= innerHeight)([...document.querySelectorAll("p.notes a")].at(-1)?.getBoundingClientRect())`)
	if got := p.text(`document.querySelector("p.notes a").search`); got != "?notes=&lang=en" && got != "?notes=" && got != "?lang=en&notes=" {
		t.Errorf("notes in a window of their own are at %q, want ?notes", got)
	}
	p.quiet()
}
