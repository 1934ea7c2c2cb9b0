package browser

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// listened logs what is read aloud by itself: the texts of live regions, as
// they change.
var listened = fmt.Sprintf(listenedIn, "[document]")

// listenedIn does so in several documents.
const listenedIn = `window.heard = [];
for (const { body } of %s) new MutationObserver((changes) => {
	const regions = new Set(changes.map(({ target }) => (target.closest ? target : target.parentElement)?.closest("[role=status], [role=alert], [aria-live], output")));
	for (const region of regions) if (region && region.getAttribute("aria-live") !== "off" && region.textContent) heard.push({ text: region.textContent, at: performance.now() });
}).observe(body, { subtree: true, childList: true, characterData: true })`

// voiced opens the stage and waits until something reads it aloud.
func voiced(t *testing.T, query string) *tab {
	t.Helper()
	p := stage(t, query)
	p.wait(`document.querySelector("procession-footer .say .aloud").textContent !== "" && document.documentElement.dataset.travel`)
	p.wait(`document.querySelector(".floor > [role=heading]")`)
	p.eval(listened)
	return p
}

// hears waits until something is read aloud since the last time that it was
// asked for.
func (p *tab) hears(pattern string) {
	p.t.Helper()
	p.wait(fmt.Sprintf(`heard.some(({ text }) => /%s/.test(text))`, pattern))
	p.eval(`heard.length = 0`)
}

// TestBrowserVoice: what was asked for is said at once, and all else is calm.
func TestBrowserVoice(t *testing.T) {
	t.Parallel()
	p := voiced(t, "")
	p.press("2")
	p.hears("shared store")
	p.press("+")
	p.hears("^Speed 2×$")
	p.press("-")
	p.hears("^Speed 1×$")
	p.press("g")
	p.wait(`document.querySelector('[data-chart="workers"]')?.dataset.items === "2"`)
	// Of the sentences that go by then, and of what the charts show, most is not said.
	p.eval(`globalThis.told = 0;
	new MutationObserver(() => { told++; }).observe(document.querySelector(".sentence"), { childList: true })`)
	p.wait(`told >= 6`)
	if said := p.text(`heard.map(({ text }) => text)`); p.number(`heard.length`) > p.number(`told / 2`) || strings.Contains(said, "requests") {
		t.Errorf("of %s sentences it said %q, want half of them at most", p.text(`told`), said)
	}
	p.focus(`[data-chart="workers"] svg`)
	p.press(kb.Home)
	p.hears(`^Process 1: \d+ requests`)
	p.press(kb.Escape)
	// The answer to one's own command is said, and once.
	p.press("1")
	p.hears("own memory")
	p.focus(`[data-visitor="Ada"]`)
	p.press(kb.Enter)
	p.wait(`document.activeElement.matches('[data-do="login Ada"]')`)
	p.press(kb.Enter)
	p.hears("Ada is logged in")
	// Who wants it quiet hears what they ask for, and nothing else.
	p.press("q")
	p.hears("^Quiet")
	p.eval(`globalThis.told = 0`)
	p.wait(`told >= 4`)
	if said := p.text(`heard.map(({ text }) => text)`); p.number(`heard.length`) > 0 {
		t.Errorf("who wanted it quiet heard %s", said)
	}
	p.press("+")
	p.hears("^Speed 2×$")
	p.quiet()
}

// TestBrowserVoiceOfTime: a step says when it is and what is there, the slider
// says the same, and the way back to the present is heard.
func TestBrowserVoiceOfTime(t *testing.T) {
	t.Parallel()
	p := voiced(t, "")
	p.wait(strips + `.some((s) => s.length >= 2)`)
	p.press(" ")
	p.hears("^Paused")
	p.wait(rested)
	for _, key := range []string{kb.ArrowRight, kb.ArrowLeft, kb.ArrowLeft} {
		p.eval(`heard.length = 0`)
		p.press(key)
		p.hears(`^\d+\.\d s: .`)
		p.wait(rested)
	}
	const value = `document.querySelector(".thumb").getAttribute("aria-valuetext")`
	for _, key := range []string{kb.ArrowDown, kb.ArrowUp, kb.ArrowUp} {
		p.focus(".thumb")
		before := p.text(value)
		p.press(key)
		p.wait(fmt.Sprintf(`%s !== %q && %[1]s.endsWith(": " + document.querySelector(".sentence").textContent)`, value, before))
	}
	p.press(kb.End)
	p.hears(`^Now, \d+\.\d s$`)
	p.wait(`document.activeElement.matches("procession-transport .primary")`)
	p.press(" ") // the button says by itself what it does now
	p.wait(`document.documentElement.dataset.playing === "true"`)
	p.eval(`document.activeElement.blur()`)
	p.press(" ")
	p.hears("^Paused")
	for _, key := range []struct{ key, said string }{{"e", "All parts"}, {"m", "Cores shown"}, {"v", "Side by side"}} {
		p.press(key.key)
		p.hears(key.said)
	}
	p.wait(`/^Own memory, visits still logged in: /.test(document.querySelector(".world > h2").textContent)`)
	p.quiet()
}

// TestBrowserVoiceSaysOnce: what is told and asked for at once is one message,
// and has the moment at which it happened.
func TestBrowserVoiceSaysOnce(t *testing.T) {
	t.Parallel()
	p := voiced(t, "")
	for _, mode := range []string{"2", "1", "4", "3"} {
		p.eval(`heard.length = 0`)
		p.press(mode)
		p.hears("From now on|one process")
	}
	p.wait(strips + `.some((s) => s.length >= 1)`)
	p.press(" ")
	p.wait(rested)
	if got := p.text(`heard.filter(({ text }, i) => i && text.trim() === heard[i - 1].text.trim()).map(({ text }) => text)`); got != "" {
		t.Errorf("it said twice: %s", got)
	}
	// The event that is told has its own moment, wherever time stands.
	p.press(kb.ArrowLeft)
	p.wait(rested)
	at := p.number(`Number(document.documentElement.dataset.now)`)
	p.eval(fmt.Sprintf(`document.querySelector("procession-app").dispatchEvent(new CustomEvent("moment", { detail: { ts: %f } }))`, at+400_000))
	p.wait(rested)
	p.wait(`((value, detail) => value.startsWith(detail.split(" · ")[0]) || value.includes(" At " + detail.split(" · ")[0] + ": "))(document.querySelector(".thumb").getAttribute("aria-valuetext"), document.querySelector(".detail").textContent)`)
	p.quiet()
}

// TestBrowserTranscriptEnds: with the sentence that was told last, in sight.
func TestBrowserTranscriptEnds(t *testing.T) {
	t.Parallel()
	p := stage(t, "#t=9.7s")
	p.wait(rested + ` && document.querySelector(".sentence").textContent.includes("did nothing wrong")`)
	p.press("t")
	last := `document.querySelector(".transcript li:last-child")`
	p.wait(last + `?.checkVisibility()`)
	p.wait(`((line, list) => line.bottom <= list.bottom + 1 && line.bottom <= innerHeight && list.height > 0)(` + last + `.getBoundingClientRect(), document.querySelector(".transcript").getBoundingClientRect())`)
	p.wait(`document.querySelector(".transcript").textContent.includes(document.querySelector(".sentence").textContent)`)
	p.press(" ")
	p.wait(`Number(document.documentElement.dataset.now) > 1.3e7`)
	p.press(" ")
	p.wait(rested)
	p.wait(`((line, list) => line.bottom <= list.bottom + 1)(` + last + `.getBoundingClientRect(), document.querySelector(".transcript").getBoundingClientRect())`)
	p.quiet()
}

// TestBrowserFocusComesBack: to what had it when a key was pressed.
func TestBrowserFocusComesBack(t *testing.T) {
	t.Parallel()
	p := voiced(t, "")
	const linus = `document.activeElement.matches('[data-visitor="Linus"]')`
	p.focus(`[data-visitor="Linus"]`)
	for _, key := range []struct{ key, opens string }{{"g", `[data-sheet="charts"]`}, {"x", "dialog[open]"}, {"a", `[data-popover="people"]`}, {"p", "procession-menu"}} {
		p.press(key.key)
		p.wait(fmt.Sprintf(`document.activeElement.closest(%q)`, key.opens))
		p.press(kb.Escape)
		p.wait(linus)
	}
	p.press("v")
	p.wait(`document.querySelector(".world") && ` + linus)
	p.press("v")
	p.wait(`!document.querySelector(".world") && ` + linus)
	p.eval(`document.activeElement.blur()`)
	p.press("v")
	p.wait(`document.querySelector(".world") && document.activeElement === document.body`)
	// What only eyes could see.
	p.wait(`/, (idle|on core \d|waits for a core), \d+ sessions?$/.test(document.querySelector('[data-worker="1"] .head').textContent)`)
	p.wait(`/last answers?(, newest first)?: /.test(document.querySelector('[data-visitor="Ada"]').textContent)`)
	p.quiet()
}
