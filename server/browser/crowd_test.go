package browser

import (
	"testing"

	"procession/internal/testenv"
)

func TestBrowserCrowd(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	p := stage(t, "visitors=200&jitter=50&workers=4&cores=4&costs=measured")
	p.wait(`document.querySelector("procession-stage").hasAttribute("data-crowd")`)
	// The truth of the dots is the truth of the figures.
	p.wait(`Number(document.querySelector(".crowd").dataset.welcome) + Number(document.querySelector(".crowd").dataset.out) === 200`)
	p.wait(`document.querySelectorAll(".crowd-room").length === 4 && document.querySelectorAll(".flow.found").length === 4`)
	p.wait(`[...document.querySelectorAll(".flow.lost")].every((f) => Number(f.getAttribute("stroke-width")) > 4)`)
	p.wait(`[...document.querySelectorAll('.crowd-room .found')].every((f) => f.dataset.verdict === "bad")`)
	p.press("2")
	p.wait(`document.documentElement.dataset.mode === "store"`)
	p.wait(`document.querySelector(".crowd").dataset.out === "0" && document.querySelector(".crowd").dataset.welcome === "200"`)
	p.quiet()
}
