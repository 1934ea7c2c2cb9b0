package browser

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestBrowserKeysAreThePages: what was clicked last does not change what a key
// means.
func TestBrowserKeysAreThePages(t *testing.T) {
	t.Parallel()
	p := stage(t, "")
	p.press("e") // all parts
	mode := `document.documentElement.dataset.mode`
	p.do(chromedp.Click(`.segments [data-value="store"]`))
	p.wait(mode + ` === "store"`)
	p.press(kb.ArrowRight) // a step, and not the next mode
	p.wait(paused)
	p.press(kb.ArrowRight)
	p.wait(rested + ` && ` + mode + ` === "store"`)

	copies := `document.querySelector(".copies output").textContent`
	p.do(chromedp.Click(".copies .tool:nth-of-type(2)"))
	p.wait(copies + ` === "3"`)
	p.press(" ") // plays, and does not add another copy
	p.wait(`document.documentElement.dataset.playing === "true"`)
	p.wait(copies + ` === "3"`)

	p.eval(`document.querySelector('select[name="balancer"]').focus()`)
	p.press("s") // the settings, and not the option that begins with it
	p.wait(`document.querySelector('[data-sheet="settings"]:not([hidden])')`)
	p.wait(`document.querySelector('select[name="balancer"]').value === "round-robin"`)
	p.quiet()
}
