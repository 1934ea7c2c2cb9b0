package browser

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"

	"procession/internal/testenv"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// axeFile is the checker of accessibility, which npm installs.
const axeFile = "../../node_modules/axe-core/axe.min.js"

// axe reads the checker. The test is skipped where it is not installed.
func axe(t *testing.T) string {
	t.Helper()
	script, err := os.ReadFile(axeFile)
	if errors.Is(err, fs.ErrNotExist) {
		testenv.Missing(t, "axe-core is not installed: npm install --no-package-lock")
	}
	if err != nil {
		t.Fatal(err)
	}
	return string(script)
}

// languages are those of the reader; one, where long tests are not asked for.
func languages() []string {
	all := []string{"en", "ko"}
	return all[:testenv.Runs(1, len(all))]
}

// themes are those in which a page can be seen; one, where long tests are not
// asked for.
func themes() []string {
	all := []string{"light", "dark", "projector"}
	return all[:testenv.Runs(1, len(all))]
}

// accessible checks what is on the screen now, in some themes.
func (p *tab) accessible(what string, themes []string) {
	p.t.Helper()
	for _, theme := range themes {
		p.dress(theme)
		p.checked(what + " in " + theme)
	}
}

// inTheme is the expression for a page in a theme.
func inTheme(theme string) string {
	return fmt.Sprintf(`document.documentElement.dataset.theme === %q`, theme)
}

// dress presses the button of the themes until the page has the one that is
// wanted. The focus stays where it is, and what is open stays open.
func (p *tab) dress(theme string) {
	p.t.Helper()
	p.wait(fmt.Sprintf(`%[1]s || (document.querySelector("[data-colours]").click(), %[1]s)`, inTheme(theme)))
}

// checked checks what is on the screen now.
func (p *tab) checked(what string) {
	p.t.Helper()
	const check = `(async () => {
		const { violations } = await axe.run(document, { resultTypes: ['violations'] });
		return JSON.stringify(violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.target.join(' ') + ' ' + n.failureSummary).join('; ')));
	})()`
	found, err := chromedp.Run(p.ctx, chromedp.Evaluate[string](check, chromedp.EvalAwaitPromise))
	if err != nil {
		p.t.Fatalf("%s: %v", what, err)
	}
	var violations []string
	if err := json.Unmarshal([]byte(found), &violations); err != nil {
		p.t.Fatal(err)
	}
	for _, v := range violations {
		p.t.Errorf("%s: %s", what, v)
	}
}

// calm opens an address for somebody who wants no motion: nothing is half-way
// between two colours when it is looked at.
func calm(t *testing.T, address string) *tab {
	t.Helper()
	p := newTab(t, "about:blank")
	call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}}})
	p.do(chromedp.Navigate(address))
	return p
}

// calmStage opens the stage so, with what checks it.
func calmStage(t *testing.T, query string) *tab {
	t.Helper()
	script := axe(t)
	p := calm(t, serveSite(t).URL()+"/?"+query)
	p.wait(ready)
	p.eval(script)
	return p
}

func TestBrowserAccessible(t *testing.T) {
	t.Parallel()
	themes := themes()
	for _, lang := range languages() {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			p := calmStage(t, "lang="+lang)
			p.fast()
			p.wait(strips + `.every((s) => s.length >= 3)`)
			p.still()
			p.settled()
			p.accessible("the stage", themes)

			p.click("[data-visitor] .disc")
			p.wait(`document.activeElement.matches('[role="menuitem"]')`)
			p.accessible("a visitor's menu", themes)
			p.press(kb.Escape)
			p.wait(`document.activeElement.matches("[data-visitor]")`)

			p.press("?")
			p.wait(`document.querySelector("dialog[open]")`)
			p.accessible("the help", themes)
			p.press(kb.Escape)
			p.wait(`!document.querySelector("dialog[open]")`)

			for _, panel := range []struct{ key, name, whole string }{{"t", "transcript", ""}, {"s", "settings", "[data-built]"}, {"i", "truth", "[data-built]"}} {
				p.press(panel.key)
				p.wait(fmt.Sprintf(`document.querySelector('[data-sheet=%q]:not([hidden])%s') && document.activeElement.closest('[data-sheet]')`, panel.name, panel.whole))
				p.accessible(panel.name, themes)
				p.press(kb.Escape)
				p.wait(`!document.querySelector('[data-sheet]:not([hidden])')`)
			}

			// The theme is remembered, and is there from the beginning.
			p.do(chromedp.Reload())
			p.wait(ready + " && " + inTheme(themes[len(themes)-1]))
			p.quiet()
		})
	}
}

// TestBrowserAccessibleViews: what opens beside the stage, or instead of it.
func TestBrowserAccessibleViews(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	for lang, themes := range map[string][]string{"en": {"light", "projector"}, "ko": {"dark"}} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			p := calmStage(t, "lang="+lang)
			p.fast()
			p.wait(travels + ` && ` + strips + `.every((s) => s.includes("-"))`)
			p.still()
			p.settled()
			for _, sheet := range []struct{ key, there string }{
				{"w", told("request:")},
				{"c", `document.querySelector('[data-sheet="code"]:not([hidden]) .code li')`},
				{"g", `document.querySelector('[data-sheet="charts"]')?.dataset.whole === "true" && document.querySelectorAll('[data-sheet="charts"]:not([hidden]) [data-chart]').length === 4`},
			} {
				p.press(sheet.key)
				p.wait(sheet.there)
				p.accessible("what "+sheet.key+" opens", themes)
				p.press(kb.Escape)
				p.wait(`!document.querySelector('[data-sheet]:not([hidden])')`)
			}
			p.press("x")
			p.wait(givenAway)
			p.accessible("what can be given away", themes)
			p.press(kb.Escape)
			p.wait(`!document.querySelector("dialog[open]")`)
			p.press("v")
			p.wait(`document.querySelectorAll(".world [data-worker]").length > 3 && [0, 1, 2].every((n) => document.querySelector('[data-price="' + n + '"]')?.dataset.whole === "true")`)
			p.settled()
			p.accessible("worlds side by side", themes)
			p.quiet()
		})
	}
}

func TestBrowserAccessibleElsewhere(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	script := axe(t)
	m := serveSite(t)
	for _, page := range []struct{ path, there string }{
		{"/?workers=99", `document.querySelector('main[data-status="400"]')`},
		{"/nowhere", `document.querySelector('main[data-status="404"]')`},
		{"/?mode=store", ready},
		{"/?mode=threads&workers=4", ready},
		{"/?mode=cookie&workers=3", ready},
		{"/?visitors=60&workers=16", ready},
		{"/?do=1s+crash+1&workers=3", ready},
	} {
		t.Run(page.path, func(t *testing.T) { // and its tab is closed after it
			p := newTab(t, m.URL()+page.path)
			p.wait(page.there)
			if page.there == ready {
				p.fast()
				p.until(3)
				p.still()
				p.settled()
			}
			p.eval(script)
			p.checked(page.path)
		})
	}
}

func TestBrowserLanguage(t *testing.T) {
	t.Parallel()
	p := stage(t, "lang=ko")
	const korean = `document.documentElement.lang === "ko" && /[가-힣]/.test(document.querySelector("h1").textContent)`
	p.wait(korean)
	p.wait(`/[가-힣]/.test(document.querySelector("[data-sentence]").textContent)`)
	p.press("2")
	p.wait(`location.search.startsWith("?lang=ko&") && location.search.includes("set+mode=store")`)
	p.still()
	before := p.settled()
	p.click("procession-more > button")
	p.choose("procession-present select", "en")
	p.wait(`document.documentElement.lang === "en" && ` + ready)
	p.wait(`!/[가-힣]/.test(document.querySelector("h1").textContent)`)
	if after := p.settled(); after != strings.Replace(before, "lang=ko", "lang=en", 1) {
		t.Errorf("in English: got %s, want the run and the moment of %s", after, before)
	}
	p.click(".brand")
	p.wait(ready + ` && location.search === "?lang=en"`)
	p.quiet()
}

func TestBrowserLanguageOfTheBrowser(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	p := stage(t, "")
	call(p, emulation.SetUserAgentOverride, emulation.SetUserAgentOverrideParams{UserAgent: "Chromium", AcceptLanguage: "ko-KR,ko;q=0.9,en;q=0.5"})
	p.do(chromedp.Reload())
	p.wait(ready + ` && document.documentElement.lang === "ko" && location.search === ""`)
	p.quiet()
}

// TestBrowserKeyboardMainJob finds the bug, its cures and their price without a mouse.
func TestBrowserKeyboardMainJob(t *testing.T) {
	t.Parallel()
	p := stage(t, "")
	p.fast()
	p.wait(strips + `.some((s) => s.includes("-"))`)
	for _, step := range []struct{ key, mode string }{{"2", "store"}, {"3", "threads"}, {"1", "local"}} {
		p.press(step.key)
		p.wait(fmt.Sprintf(`document.documentElement.dataset.mode === %q`, step.mode))
	}
	// to reaches an element with Tab alone, and it can be seen there.
	to := func(matches string) {
		t.Helper()
		for range 120 {
			p.press(kb.Tab)
			if p.text(fmt.Sprintf(`document.activeElement.matches(%q)`, matches)) == "true" {
				if got := p.text(`getComputedStyle(document.activeElement).outlineStyle`); got == "none" {
					t.Errorf("%s: the focus cannot be seen", matches)
				}
				return
			}
		}
		t.Fatalf("no way to %s with the Tab key", matches)
	}
	p.press("e") // all parts
	to(`select[name="balancer"]`)
	p.press("r") // a letter in a list chooses; it is no command
	p.wait(`location.search.includes("set+balancer=random") || document.querySelector('select[name="balancer"]').value === "round-robin"`)
	to(`[data-worker="1"] .head`)
	p.press(kb.Enter)
	p.wait(`document.activeElement.matches('[role="menuitem"]')`)
	for range 12 {
		if p.text(`document.activeElement.dataset.do`) == "crash 1" {
			break
		}
		p.press(kb.ArrowDown)
	}
	p.press(kb.Enter)
	p.wait(`location.search.includes("crash+1") && document.activeElement.matches('[data-worker="1"] .head')`)
	p.press("t")
	p.wait(`document.activeElement.closest('[data-sheet="transcript"]')`)
	p.wait(`/Process 1 dies/.test(document.querySelector(".transcript").textContent)`)
	p.press(kb.Escape)
	p.wait(`document.activeElement.matches('[data-worker="1"] .head')`)
	p.quiet()
}

func TestBrowserTranscript(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	p := stage(t, "")
	p.wait(strips + `.every((s) => s.length >= 1)`)
	p.press("t")
	p.wait(`Number(document.querySelector(".transcript")?.dataset.lines) > 5`)
	p.fast()
	lines := p.text(`document.querySelector(".transcript").dataset.lines`)
	p.wait(fmt.Sprintf(`Number(document.querySelector(".transcript").dataset.lines) > %s`, lines))
	// Each moment once, in order.
	if got := p.text(`[...document.querySelectorAll(".transcript time")].map((e) => parseFloat(e.textContent)).every((at, i, all) => i === 0 || at >= all[i - 1])`); got != "true" {
		t.Error("the moments are not in order")
	}
	p.press(kb.Escape)
	p.wait(`document.querySelector('[data-sheet="transcript"]').hidden`)
	p.press("r")
	p.wait(`document.documentElement.dataset.epoch === "2"`)
	p.until(2)
	p.still() // so that the beginning is not yet too long ago to be kept
	p.press("t")
	p.wait(`document.querySelector(".transcript time") && parseFloat(document.querySelector(".transcript time").textContent) < 1`)
	p.quiet()
}

func TestBrowserPresenter(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	p := stage(t, "")
	p.wait(travels)
	p.still()
	for range 3 {
		p.step(kb.PageDown)
	}
	last := p.text(`document.documentElement.dataset.seq`)
	p.press(kb.PageUp)
	p.wait(fmt.Sprintf(`%s && Number(document.documentElement.dataset.seq) < %s`, inPast, last))
	p.press("n") // back to the present
	p.wait(fmt.Sprintf(`%s && document.documentElement.dataset.seq === "%s"`, present, last))

	p.goOn()
	p.press("b")
	p.wait(`!document.querySelector(".blank").hidden && ` + paused)
	p.press("2") // ends the blank screen, and does nothing else
	p.wait(`document.querySelector(".blank").hidden && document.documentElement.dataset.playing === "true"`)
	if got := p.text(`location.search`); strings.Contains(got, "mode=store") {
		t.Errorf("got %s: the key that ended the blank screen did more", got)
	}

	// Presented, there are the stage, the sentence and the figures, and nothing else.
	const seen = `[".bar", ".caption", ".key", "procession-stage .floor", ".sentence", ".figures"].map((s) => document.querySelector(s).checkVisibility()).join(" ")`
	p.press("f")
	p.wait(`document.fullscreenElement && ` + seen + ` === "false false false true true true"`)
	p.wait(`document.documentElement.dataset.theme === "projector" && parseFloat(getComputedStyle(document.querySelector(".sentence")).fontSize) >= 24`)
	// What may be pressed goes with the pointer, and comes with it.
	const deck = `getComputedStyle(document.querySelector(".deck .segments")).opacity`
	p.wait(deck + ` === "0"`)
	p.do(chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, 300, 300))
	p.wait(deck + ` === "1"`)
	p.press(".")
	p.wait(`!document.querySelector(".blank").hidden && ` + paused)
	p.press(".")
	p.wait(`document.querySelector(".blank").hidden`)
	p.press("f")
	p.wait(`!document.fullscreenElement && ` + seen + ` === "true true false true true false" && !document.documentElement.dataset.theme`)
	// Where the browser ends it at Escape, or has no whole screen, it is the same.
	p.press("f")
	p.wait(`document.fullscreenElement`)
	p.eval(`document.exitFullscreen()`)
	p.wait(seen + ` === "true true false true true false"`)
	p.quiet()
}

// TestBrowserTouch looks whether fingers find what they need, and whether the
// page moves under them.
func TestBrowserTouch(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	p := stage(t, "")
	p.do(chromedp.EmulateViewport(390, 844, chromedp.EmulateScale(2), chromedp.EmulateMobile, chromedp.EmulateTouch), chromedp.Reload())
	p.wait(ready)
	p.wait(strips + `.every((s) => s.length >= 1)`)
	const small = `[...document.querySelectorAll("button, select, summary, .segments label, [role=slider]")]
		.filter((e) => e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length)
		.map((e) => [e, e.closest("[data-worker]:not(.threaded)") && e.matches(".head") ? e.closest("[data-worker]").getBoundingClientRect() : e.getBoundingClientRect()])
		.filter(([, r]) => r.width > 1 && (r.width < 43.5 || r.height < 43.5))
		.map(([e, r]) => (e.getAttribute("aria-label") || e.textContent || e.className) + " " + Math.round(r.width) + "×" + Math.round(r.height)).join(", ")`
	if got := p.text(small); got != "" {
		t.Errorf("too small for a finger: %s", got)
	}
	if got := p.text(`document.querySelector("meta[name=viewport]").content`); strings.Contains(got, "maximum-scale") || strings.Contains(got, "user-scalable") {
		t.Errorf("got the viewport %q: it cannot be pinched", got)
	}
	if got := p.text(`[...document.querySelectorAll("body, body *")].filter((e) => getComputedStyle(e).touchAction === "none").map((e) => e.className || e.localName)`); got != "" {
		t.Errorf("these trap fingers: %s", got)
	}
	p.quiet()
}

func TestBrowserReducedMotion(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	p := calmStage(t, "")
	p.do(chromedp.Evaluate[chromedp.Void](`(() => {
		globalThis.frames60 = 0;
		const real = requestAnimationFrame;
		globalThis.requestAnimationFrame = (f) => { globalThis.frames60++; return real(f); };
	})()`))
	p.fast()
	p.wait(strips + `.every((s) => s.length >= 3)`)
	if got := p.text(`globalThis.frames60`); got != "0" {
		t.Errorf("got %s animation frames, want none", got)
	}
	if got := p.text(`document.getAnimations().filter((a) => a.playState === "running").length`); got != "0" {
		t.Errorf("got %s animations, want none", got)
	}
	p.quiet()
}

// TestBrowserDeadThreads: while their process is away nothing is drawn to
// threads and to a memory that are not there.
func TestBrowserDeadThreads(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	p := stage(t, "mode=threads&workers=3&do=4s+crash+1")
	p.wait(`document.querySelectorAll(".threaded .threads li").length === 3 && document.querySelectorAll(".wires.upper path").length === 6`)
	p.wait(`document.querySelector('.threaded[data-state="down"]')`)
	p.wait(`getComputedStyle(document.querySelector(".wires.upper")).visibility === "hidden" && !document.querySelector(".threaded .memory").checkVisibility({ visibilityProperty: true })`)
	p.wait(`document.querySelector('.threaded[data-state="up"]')`)
	p.wait(`[...document.querySelectorAll(".wires.upper path")].every((path) => path.getBoundingClientRect().left > document.querySelector(".balancer").getBoundingClientRect().right)`)
	p.quiet()
}
