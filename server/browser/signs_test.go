package browser

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"procession/internal/testenv"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// noteOf says whether a note is shown, and of which signs.
func noteOf(signs string) string {
	return fmt.Sprintf(`((note) => !note.hidden && note.dataset.signs === %q)(document.querySelector(".sign-note"))`, signs)
}

const noNote = `document.querySelector(".sign-note").hidden`

// middle gives the middle of the first element that a selector finds.
func (p *tab) middle(selector string) (x, y float64) {
	p.t.Helper()
	at := fmt.Sprintf(`document.querySelector(%q).getBoundingClientRect()`, selector)
	return p.number(fmt.Sprintf(`((r) => r.left + r.width / 2)(%s)`, at)), p.number(fmt.Sprintf(`((r) => r.top + r.height / 2)(%s)`, at))
}

// point moves the pointer to a place.
func (p *tab) point(x, y float64) {
	p.t.Helper()
	p.do(chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, x, y))
}

// explained opens a stage that rests after the first cross, and whose signs are explained.
func explained(t *testing.T, address string) *tab {
	t.Helper()
	p := newTab(t, serveSite(t).URL()+address)
	p.wait(ready)
	p.wait(`document.querySelector(".sign-note") && document.querySelector(".cell.bad")`)
	p.still()
	return p
}

// TestBrowserSigns: a word beside a sign, for a pointer and for the keyboard,
// and the same words in the help.
func TestBrowserSigns(t *testing.T) {
	t.Parallel()
	p := explained(t, "/")
	p.point(p.middle(".chip:not(.ghost)"))
	p.wait(noteOf("chip"))
	if got := p.text(`document.querySelector(".sign-note b").textContent`); !strings.HasPrefix(got, "session ") || !strings.HasSuffix(got, ", logged in") {
		t.Errorf("got %q, want whose session it is", got)
	}
	// The pointer may go onto the note, and Esc closes it where it is.
	x, y := p.middle(".sign-note")
	p.point(x, y)
	p.wait(`(globalThis.looks = (globalThis.looks ?? 0) + 1) > 25 && ` + noteOf("chip"))
	p.press(kb.Escape)
	p.wait(noNote)
	p.point(p.middle(".visitor .disc"))
	p.wait(noteOf("ring"))
	p.point(2, 2)
	p.wait(noNote)
	// A line is thin, and need not be hit.
	const half = `((path, floor) => { const { x, y } = path.getPointAtLength(path.getTotalLength() / 2); return { x: x + floor.left, y: y + floor.top + 3 }; })(document.querySelector(".wire"), document.querySelector(".floor").getBoundingClientRect())`
	p.point(p.number(half+".x"), p.number(half+".y"))
	p.wait(noteOf("wire"))
	p.point(2, 2)
	p.wait(noNote)

	// What a thing is comes first, and then what can be done with it.
	for of, want := range map[string]string{
		`.process .head > b`: "Process: a program that is running.", `.visitor .name`: "Visitor: ", `procession-controls [data-value="store"]`: "No process keeps a session.",
	} {
		p.point(p.middle(of))
		p.wait(`((note) => !note.hidden && note.textContent.startsWith(` + strconv.Quote(want) + `))(document.querySelector(".sign-note"))`)
		p.point(2, 2)
		p.wait(noNote)
	}

	// What a click does, it does as before, and the note gives way.
	p.point(p.middle(".cell.bad"))
	p.wait(noteOf("bad"))
	p.click(".cell.bad")
	p.wait(told("request:") + ` && ` + noNote)
	p.press(kb.Escape)

	p.focus("procession-more > button")
	for range 10 {
		p.press(kb.Tab)
		if p.text(`document.activeElement.dataset.visitor`) == "Ada" {
			break
		}
	}
	p.wait(`((note) => !note.hidden && note.dataset.signs.startsWith("ring cookie") && document.activeElement.getAttribute("aria-describedby") === note.firstElementChild.id)(document.querySelector(".sign-note"))`)
	p.press(kb.Escape)
	p.wait(noNote + ` && document.activeElement.dataset.visitor === "Ada" && !document.activeElement.hasAttribute("aria-describedby")`)
	p.press(kb.Enter)
	p.wait(`document.activeElement.role === "menuitem"`)
	p.click(`[role="menuitem"][data-more]`)
	p.click(`[role="menuitem"][data-signs]`)
	p.wait(`!document.querySelector(".sign-note").hidden && document.querySelector("procession-menu").hidden`)
	p.press(kb.Escape)
	p.wait(noNote)

	p.press("?")
	p.wait(`document.querySelector('dialog[open] [data-sign="ring"] .disc')`)
	if got := p.text(`[...document.querySelectorAll("dialog h3")].map((h) => h.textContent)`); got != "Keys,What the signs mean,How it works" {
		t.Errorf("got the parts %s", got)
	}
	p.quiet()
}

// TestBrowserSignsFollow: a note says what holds now, and lies where nobody else
// stands.
func TestBrowserSignsFollow(t *testing.T) {
	t.Parallel()
	p := explained(t, "/")
	p.focus("procession-more > button")
	for range 10 {
		p.press(kb.Tab)
		if p.text(`document.activeElement.dataset.visitor`) == "Ada" {
			break
		}
	}
	p.wait(`!document.querySelector(".sign-note").hidden && document.querySelector(".sign-note").dataset.signs.startsWith("ring cookie")`)
	p.wait(`((note) => [...document.querySelectorAll(".visitor:not([data-visitor=Ada])")].map((v) => v.getBoundingClientRect()).every((v) => v.top >= note.bottom || v.bottom <= note.top || v.left >= note.right || v.right <= note.left))(document.querySelector(".sign-note").getBoundingClientRect())`)
	p.press("4")
	p.wait(`document.documentElement.dataset.mode === "cookie"`)
	p.eval(`document.querySelector("procession-app").dispatchEvent(new CustomEvent("order", { detail: { time: "play" } }))`)
	p.wait(`((note) => note.hidden || !note.dataset.signs.includes("ring"))(document.querySelector(".sign-note")) && !document.querySelector('[data-visitor="Ada"]').matches('[data-ink="p1"]')`)
	p.quiet()
}

// TestBrowserSignsByTouch: a finger that stays explains, and does nothing else.
func TestBrowserSignsByTouch(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	p := explained(t, "/embed#controls=visitors")
	p.do(chromedp.EmulateViewport(390, 700, chromedp.EmulateScale(2), chromedp.EmulateMobile, chromedp.EmulateTouch))
	p.steady(place)
	x, y := p.middle(".visitor .disc")
	touch := func(kind input.DispatchTouchEventType, points ...*input.TouchPoint) {
		call(p, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: kind, TouchPoints: points})
	}
	touch(input.DispatchTouchEventTypeTouchStart, &input.TouchPoint{X: x, Y: y})
	p.wait(noteOf("ring"))
	touch(input.DispatchTouchEventTypeTouchEnd)
	p.wait(noteOf("ring") + ` && !document.querySelector("procession-menu:not([hidden])")`)
	x, y = p.middle(".balancer")
	touch(input.DispatchTouchEventTypeTouchStart, &input.TouchPoint{X: x, Y: y})
	touch(input.DispatchTouchEventTypeTouchEnd)
	p.wait(noteOf("balancer"))
	p.quiet()
}

// TestBrowserNamesOfSessions: who listens hears whose session it is, and no
// long number and no JSON.
func TestBrowserNamesOfSessions(t *testing.T) {
	t.Parallel()
	p := explained(t, "/")
	tree, err := chromedp.Call(p.ctx, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	if err != nil {
		t.Fatal(err)
	}
	var heard strings.Builder
	for _, node := range tree.Nodes {
		if node.Name != nil && !node.Ignored {
			heard.Write(node.Name.Value)
		}
	}
	if !strings.Contains(heard.String(), "session a8be of Ada, logged in") {
		t.Error("nobody hears of the session of Ada")
	}
	if strings.Contains(heard.String(), `user`) {
		t.Error("somebody hears JSON")
	}
	p.quiet()
}
