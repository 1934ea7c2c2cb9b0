package browser

import (
	"fmt"
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
	p.wait(`document.getElementById("choosing")`)
	p.eval(`document.querySelector('input[name="mode"]').focus()`)
	// Arrows go from mode to mode and change nothing on the way, and no step is taken.
	at := func(mode string) string { return fmt.Sprintf(`document.activeElement.value === %q`, mode) }
	for _, step := range []struct{ key, mode string }{{kb.ArrowRight, "store"}, {kb.ArrowDown, "threads"}, {kb.ArrowRight, "cookie"}, {kb.ArrowLeft, "threads"}, {kb.ArrowRight, "cookie"}} {
		p.press(step.key)
		p.wait(at(step.mode))
	}
	p.wait(`document.getElementById(document.activeElement.closest("[role=radiogroup]").getAttribute("aria-describedby")).textContent.includes("space chooses")`)
	if got := p.text(`document.documentElement.dataset.mode + document.documentElement.dataset.playing + location.search`); got != "localtrue" {
		t.Errorf("got %s on the way, want the run as it was", got)
	}
	p.press(" ")
	p.wait(`document.documentElement.dataset.mode === "cookie" && ` + at("cookie"))
	p.press(kb.ArrowRight) // round to the first
	p.wait(at("local"))
	p.press(kb.Enter)
	p.wait(`document.documentElement.dataset.mode === "local"`)
	if got := p.number(`(location.search.match(/set\+mode/g) ?? []).length`); got != 2 {
		t.Errorf("got %v commands, want the two that were chosen", got)
	}
	// From Play to the clock Tab goes as the eye does.
	p.wait(`((boxes) => boxes.every((box, i) => !i || box.left >= boxes[i - 1].left))([...document.querySelectorAll("procession-transport button")].map((b) => b.getBoundingClientRect()))`)
	p.eval(`document.querySelector('select[name="balancer"]').focus()`)
	p.press("l") // the option that begins with it, and not a link
	p.wait(`document.querySelector('select[name="balancer"]').value === "least-connections"`)
	p.wait(`document.querySelector('[data-copied]') === null`)
	p.quiet()
}

// TestBrowserKeysAfterAMenu: what was clicked and gets the focus back from a
// menu does not keep the keys of the page.
func TestBrowserKeysAfterAMenu(t *testing.T) {
	t.Parallel()
	p := stage(t, "")
	p.do(chromedp.Click(`[data-visitor="Ada"] .name`))
	p.wait(`document.activeElement.matches('[role="menuitem"]')`)
	p.press(kb.Escape)
	p.wait(`document.activeElement.matches('[data-visitor="Ada"]')`)
	p.press(" ")
	p.wait(paused + ` && document.querySelector("procession-menu").hidden`)
	// Who came back by key means the visitor.
	p.press(kb.Tab)
	p.focus(`[data-visitor="Ada"]`)
	p.press(" ")
	p.wait(`document.activeElement.matches('[role="menuitem"]')`)
	p.quiet()
}

// TestBrowserMenuOfADeadProcess: what cannot be done now says why, and is not
// done.
func TestBrowserMenuOfADeadProcess(t *testing.T) {
	t.Parallel()
	p := stage(t, "traffic=none&do=100ms+crash+1#t=200ms")
	p.wait(`document.querySelector('[data-worker="1"]').dataset.state === "down"`)
	p.focus(`[data-worker="1"] .head`)
	p.press(kb.Enter)
	for _, verb := range []string{"crash 1", "crash 1 handler", "restart 1"} {
		p.wait(fmt.Sprintf(`document.querySelector('[data-do=%q][aria-disabled="true"]').textContent.endsWith("process 1 is dead already")`, verb))
	}
	p.press(kb.Enter)
	p.press(kb.Escape)
	p.wait(`document.querySelector(".banner.problem") === null || document.querySelector(".banner.problem").hidden`)
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
	p.wait(`globalThis.heard.some((text) => text.includes("Taken back: Where sessions live: Shared store."))`)
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
