package browser

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// newcomer opens the page as somebody who was never here.
func newcomer(t *testing.T) *tab {
	t.Helper()
	p := newTabOf(t, serveSite(t).URL()+"/", unhurried)
	p.wait(ready)
	return p
}

// TestBrowserOpening: the first visit builds the picture up, offers a cure at
// its end, and is not shown again.
func TestBrowserOpening(t *testing.T) {
	t.Parallel()
	p := newcomer(t)
	p.wait(`document.documentElement.dataset.opening === "login" && document.querySelectorAll("[data-visitor]").length === 1 && document.querySelectorAll("[data-worker]").length === 1`)
	p.wait(`document.documentElement.dataset.opening === "out" && document.querySelectorAll("[data-worker]").length === 2 && document.documentElement.dataset.playing === "false"`)
	p.wait(`document.querySelector(".ask").checkVisibility() && document.querySelector("[data-opening-cure]").checkVisibility() && location.search === ""`)
	p.eval(`document.querySelector("[data-opening-cure]").click()`)
	p.wait(`!("opening" in document.documentElement.dataset) && document.documentElement.dataset.mode === "store" && document.querySelectorAll("[data-visitor]").length === 3 && location.search.includes("set+mode=store")`)
	p.quiet()
	p.do(chromedp.Navigate(serveSite(t).URL() + "/"))
	p.wait(ready + ` && document.querySelectorAll("[data-visitor]").length === 3`)
	p.wait(`!("opening" in document.documentElement.dataset)`)
}

// TestBrowserOpeningEnds: any key ends it but those that move the focus, and
// means what it means in the page that follows.
func TestBrowserOpeningEnds(t *testing.T) {
	t.Parallel()
	p := newcomer(t)
	p.wait(`document.documentElement.dataset.opening`)
	p.press("2")
	p.wait(`document.documentElement.dataset.mode === "store" && document.querySelectorAll("[data-visitor]").length === 3`)
	p.quiet()
	// Who looks for the controls ends nothing, and comes to what is offered first.
	p = newcomer(t)
	p.press(kb.Tab)
	p.wait(`document.activeElement.matches("[data-opening-skip]")`)
	p.press(kb.Tab)
	p.wait(`!document.activeElement.matches("[data-opening-skip]") && document.documentElement.dataset.opening && document.querySelectorAll("[data-visitor]").length === 1`)
	p.quiet()
	p = newcomer(t)
	p.press(kb.Escape)
	p.wait(`!("opening" in document.documentElement.dataset) && document.querySelectorAll("[data-visitor]").length === 3 && document.documentElement.dataset.playing === "true"`)
	p.quiet()
}
