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

	p.eval(`(() => {
		const select = document.querySelector('select[name="balancer"]');
		select.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
		select.focus();
	})()`)
	p.press("s") // the settings, and not the option that begins with it
	p.wait(`document.querySelector('[data-sheet="settings"]:not([hidden])')`)
	p.wait(`document.querySelector('select[name="balancer"]').value === "round-robin"`)
	p.quiet()
}

// TestBrowserKeysOfControls: who comes to a control by key finds it as it is
// everywhere.
func TestBrowserKeysOfControls(t *testing.T) {
	t.Parallel()
	p := stage(t, "")
	p.press("e") // all parts
	p.eval(`document.querySelector('input[name="mode"]').focus()`)
	p.press(kb.ArrowRight) // the next mode, and not a step
	p.wait(`document.documentElement.dataset.mode === "store"`)
	p.eval(`document.querySelector('select[name="balancer"]').focus()`)
	p.press("l") // the option that begins with it, and not a link
	p.wait(`document.querySelector('select[name="balancer"]').value === "least-connections"`)
	p.wait(`document.querySelector('[data-copied]') === null`)
	p.quiet()
}

// TestBrowserUndo: what was done last is taken back from its moment on, and can
// be had again.
func TestBrowserUndo(t *testing.T) {
	t.Parallel()
	p := stage(t, "")
	mode := `document.documentElement.dataset.mode`
	p.wait(strips + `.some((s) => s.length > 0)`)
	p.eval(`((aloud) => new MutationObserver(() => (globalThis.heard ??= []).push(aloud.textContent)).observe(aloud, { childList: true }))(document.querySelector(".say .aloud"))`)
	p.press("2")
	p.wait(mode + ` === "store" && location.search.includes("set+mode=store")`)
	p.press("z")
	p.wait(mode + ` === "local" && !location.search.includes("set+mode")`)
	p.wait(`document.querySelector('[data-travel="bring"]:not([hidden])')`)
	// It is said in the words of the button, and then what stands on the screen.
	p.wait(`globalThis.heard.some((text) => text.startsWith("Taken back: Where sessions live: Shared store."))`)
	p.wait(`globalThis.heard.some((text) => /\d s: /.test(text))`)
	if got := p.text(`globalThis.heard.join(" ").split("Taken back:")[1].includes("Watch which memory")`); got != "false" {
		t.Error("the words of the beginning are said, want those on the screen")
	}
	aloud := `document.querySelector(".say .aloud").textContent`

	// Nothing is left then, and that brings nothing back.
	p.press("z")
	p.wait(aloud + ` === "Nothing is left to take back." && document.querySelector(".travel-note").innerText.includes("Nothing is left to take back.")`)
	p.press("o")
	p.wait(mode + ` === "store" && location.search.includes("set+mode=store")`)
	p.wait(`/The old future is back\. \d.* s: /.test(globalThis.heard.join(" "))`)

	// The focus goes with the choice.
	p.focus(`[name="mode"]:checked`)
	p.press("z")
	p.wait(mode + ` === "local" && document.activeElement.value === "local"`)
	p.eval(`document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "Z", ctrlKey: true, shiftKey: true, bubbles: true, cancelable: true }))`)
	p.wait(mode + ` === "store" && document.activeElement.value === "store"`)
	p.quiet()
}
