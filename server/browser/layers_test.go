package browser

import (
	"fmt"
	"strings"
	"testing"

	"procession/internal/testenv"

	"github.com/chromedp/chromedp/kb"
)

// opening is something that a reader opens, and that Esc closes.
type opening struct {
	focus string // what has the focus when it is opened; empty: whatever has it
	key   string
	open  string // an expression that is true while it is open
}

var openings = map[string]opening{
	"past":   {"", kb.ArrowLeft, `document.documentElement.dataset.past === "true"`},
	"why":    {"", "w", `document.querySelector('[data-sheet="why"]:not([hidden])[data-told="true"]')`},
	"code":   {"", "c", `document.querySelector('[data-sheet="code"]:not([hidden])[data-file]')`},
	"charts": {"", "g", `document.querySelector('[data-sheet="charts"]:not([hidden])')`},
	"beside": {"", "v", `document.querySelector(".world[data-world='2']")`},
	"more":   {"procession-more > button", kb.Enter, `document.querySelector("#more:not([hidden])")`},
	"people": {"", "a", `document.querySelector('[data-popover="people"]:not([hidden])')`},
	"menu":   {`[data-visitor="Ada"]`, kb.Enter, `document.querySelector("procession-menu:not([hidden])")`},
	"help":   {"[data-visitor]", "?", `document.querySelector("dialog[open]")`},
}

// TestBrowserEscape: Esc closes what was opened last, one thing each time, and
// the focus is back where it was.
func TestBrowserEscape(t *testing.T) {
	t.Parallel()
	orders := []string{"why more people", "past people more", "past why menu", "beside code help", "charts more past"}
	if !testenv.Whole() {
		orders = orders[:2]
	}
	for _, order := range orders {
		t.Run(order, func(t *testing.T) {
			t.Parallel()
			p := stage(t, "")
			p.wait(`document.documentElement.dataset.travel === "true" && ` + strips + `.some((s) => s.includes("-"))`)
			p.still()
			names := strings.Fields(order)
			for i, name := range names {
				o := openings[name]
				if o.focus != "" {
					p.focus(o.focus)
				}
				p.eval(fmt.Sprintf(`globalThis.had = [...(globalThis.had ?? []), document.activeElement].slice(0, %d)`, i+1))
				p.press(o.key)
				p.wait(o.open)
			}
			for i := len(names) - 1; i >= 0; i-- {
				for _, name := range names[:i+1] {
					if p.text(fmt.Sprintf(`Boolean(%s)`, openings[name].open)) != "true" {
						t.Errorf("%s: %s is closed while %s is open", order, name, names[i])
					}
				}
				p.press(kb.Escape)
				p.wait(fmt.Sprintf(`!(%s)`, openings[names[i]].open))
				// Where nothing had it, it may stay; and what opens other worlds stands elsewhere then.
				if names[i] != "beside" && names[i] != "past" {
					p.wait(fmt.Sprintf(`[document.body, document.activeElement].includes(globalThis.had[%d])`, i))
				}
			}
			p.quiet()
		})
	}
}

// TestBrowserNothingStaysLit: what a story lights goes dark when the story is
// left, however that comes.
func TestBrowserNothingStaysLit(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	const lit = `document.querySelector("procession-stage").dataset.lit`
	const dark = `!` + lit + ` && ![...document.querySelectorAll("procession-stage *")].some((e) => getComputedStyle(e).outlineStyle === "solid" && !e.matches(":focus-visible"))`
	for name, leave := range map[string]func(*tab){
		"Esc":            func(p *tab) { p.press(kb.Escape) },
		"the cross":      func(p *tab) { p.click(`[data-sheet="why"] > header > .tool`) },
		"another panel":  func(p *tab) { p.press("c") },
		"another moment": func(p *tab) { p.press(kb.ArrowLeft) },
		"the present":    func(p *tab) { p.press("n") },
		"a reset":        func(p *tab) { p.press("r") },
		"another mode":   func(p *tab) { p.press("2") },
		"Tab, then Esc": func(p *tab) {
			p.focus(`.why-line`)
			p.press(kb.Escape)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := stage(t, "")
			p.wait(`document.documentElement.dataset.travel === "true" && ` + strips + `.some((s) => s.includes("-"))`)
			p.still()
			p.press("w")
			p.wait(told("request:") + ` && ` + lit)
			p.click(`.why-line[data-key="session.read"]`)
			p.wait(`document.documentElement.dataset.past === "true" && ` + lit + `.includes("session:")`)
			p.steady(`String(` + lit + `)`)
			leave(p)
			p.wait(dark)
			p.wait(`(globalThis.looks = (globalThis.looks ?? 0) + 1) > 20`) // and it stays so
			p.wait(dark)
			p.quiet()
		})
	}
}
