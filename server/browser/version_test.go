package browser

import (
	"fmt"
	"procession/internal/testenv"
	"testing"

	"github.com/chromedp/chromedp"

	"procession/sim/scenario"
)

// TestBrowserOldLink: a link of another version opens with a sentence, in the
// reader's language; one without a version was written by hand and says
// nothing. What the page writes has the present version.
func TestBrowserOldLink(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	const said = `(document.querySelector("[data-old]").hidden ? "" : document.querySelector("[data-old]").innerText.trim())`
	p := stage(t, "lang=en&v=1&workers=3")
	if got, want := p.text(said), fmt.Sprintf("This link was made with version 1 of the simulator, and this is version %d: the run may differ from the one that was meant.", scenario.Version); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := p.text(`location.search`); got != "?lang=en&v=1&workers=3" {
		t.Errorf("the address is %q before anything was done", got)
	}
	p.click(`[data-worker="1"]`)
	p.click(`[data-do="crash 1"]`)
	p.wait(fmt.Sprintf(`location.search.startsWith("?lang=en&workers=3&v=%d&do=")`, scenario.Version))
	p.do(chromedp.Reload())
	p.wait(ready)
	if got := p.text(said); got != "" {
		t.Errorf("what this page wrote says %q", got)
	}

	p = stage(t, "lang=ko&v=1")
	if got := p.text(said); got == "" || got[0] < 0x80 {
		t.Errorf("in Korean: %q", got)
	}
	for _, query := range []string{"lang=en", "lang=en&workers=3", fmt.Sprintf("lang=en&workers=3&v=%d", scenario.Version)} {
		if got := stage(t, query).text(said); got != "" {
			t.Errorf("%s says %q", query, got)
		}
	}
}
