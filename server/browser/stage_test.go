package browser

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"

	"procession/internal/testenv"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// The expressions that tests wait for.
const (
	ready  = `document.documentElement.dataset.ready === "true"`
	paused = `document.documentElement.dataset.playing === "false"`
	// rested says that time stands still, and that all that is known is shown.
	rested = paused + ` && document.documentElement.dataset.rest === "true"`
	// strips are the marks of each visitor, in order.
	strips = `[...document.querySelectorAll("[data-visitor]")].map((v) => v.dataset.strip.split(" ").filter(Boolean))`
	// place is the moment, and the picture at that moment.
	place = `JSON.stringify([document.documentElement.dataset.now, document.documentElement.dataset.seq, ` + strips + `, location.search])`
)

// stage opens the stage and waits until it is drawn.
func stage(t *testing.T, query string) *tab {
	t.Helper()
	p := newTab(t, serveSite(t).URL()+"/?"+query)
	p.wait(ready)
	return p
}

// everything shows all parts of the page, which begins with what matters first.
func (p *tab) everything() {
	p.t.Helper()
	p.press("e")
	p.wait(`document.documentElement.dataset.parts.includes("time")`)
}

// fast plays at the highest speed.
func (p *tab) fast() {
	p.t.Helper()
	for range 3 {
		p.press("+")
	}
	p.wait(`document.querySelector(".speed").textContent === "8×"`)
}

// still pauses, and waits until the page shows where. The focus may be on a
// button, where the space bar means something else.
func (p *tab) still() {
	p.t.Helper()
	p.eval(`document.activeElement.blur()`)
	p.press(" ")
	p.wait(rested)
}

// goOn plays again.
func (p *tab) goOn() {
	p.t.Helper()
	p.eval(`document.activeElement.blur()`)
	p.press(" ")
	p.wait(`document.documentElement.dataset.playing === "true"`)
}

// settled gives the place of a paused page that has shown all that it knows.
func (p *tab) settled() string {
	p.t.Helper()
	return p.steady(place)
}

// steady gives the value of a JavaScript expression on a page that rests: it is
// the same in so many looks, one after the other, since what loads or is
// measured later may still change it.
func (p *tab) steady(expression string) string {
	p.t.Helper()
	p.eval(`globalThis.settling = undefined`)
	return await[string](p, "rest at "+expression, `((at) => {
		const same = globalThis.settling?.at === at ? globalThis.settling.same + 1 : 0;
		globalThis.settling = { at, same };
		return same > 10 && `+rested+` ? at : undefined;
	})(`+expression+`)`)
}

// step presses a key that takes a paused page further by a milestone, and waits
// until it stands there.
func (p *tab) step(key string) {
	p.t.Helper()
	before := p.text(`document.documentElement.dataset.seq`)
	p.press(key)
	p.wait(fmt.Sprintf(`Number(document.documentElement.dataset.seq) > %s && %s`, before, rested))
}

func TestBrowserAliveWithoutAClick(t *testing.T) {
	t.Parallel()
	p := stage(t, "")
	p.wait(`document.querySelectorAll("[data-visitor]").length === 3 && document.querySelectorAll("[data-worker]").length === 2`)
	// Everybody is in by turns and out by turns: that is the bug.
	p.wait(strips + `.every((s) => s.filter((m) => m === "+").length >= 2 && s.filter((m) => m === "-").length >= 2)`)
	var got [][]string
	if err := json.Unmarshal([]byte(p.text(`JSON.stringify(`+strips+`)`)), &got); err != nil {
		t.Fatal(err)
	}
	for i, strip := range got {
		if strip[0] != "L*" {
			t.Errorf("visitor %d: got %v, want a login first", i, strip)
		}
		for j := 2; j < len(strip); j++ {
			if strip[j] == strip[j-1] {
				t.Errorf("visitor %d: got %v, want in and out by turns", i, strip)
				break
			}
		}
	}
	p.wait(`document.querySelector("[data-sentence]").textContent.trim() !== ""`)
	p.quiet()
}

func TestBrowserModesThatRemember(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	for _, mode := range []string{"store", "threads"} {
		t.Run(mode, func(t *testing.T) {
			p := stage(t, "mode="+mode)
			p.fast()
			p.wait(strips + `.every((s) => s.length >= 8)`)
			if got := p.text(strips + `.flat().filter((m) => m === "-").length`); got != "0" {
				t.Errorf("got %s random logouts, want none", got)
			}
			p.quiet()
		})
	}
}

func TestBrowserSwitchesMode(t *testing.T) {
	t.Parallel()
	p := stage(t, "")
	p.fast()
	for _, to := range []struct{ key, mode string }{{"2", "store"}, {"3", "threads"}, {"1", "local"}} {
		p.press(to.key)
		p.wait(fmt.Sprintf(`document.documentElement.dataset.mode === %q && decodeURIComponent(location.search).includes("set+mode=%s")`, to.mode, to.mode))
	}
	p.quiet()
}

func TestBrowserCrash(t *testing.T) {
	t.Parallel()
	p := stage(t, "")
	p.wait(strips + `.every((s) => s.length >= 1)`)
	p.still() // a dead process is soon another one
	p.click(`[data-worker="1"] button`)
	p.click(`[data-do="crash 1"]`)
	p.wait(`document.querySelector('[data-worker="1"]').dataset.state === "down"`)
	p.wait(`location.search.includes("do=") && location.search.includes("crash+1")`)
	p.goOn()
	p.wait(`document.querySelector('[data-worker="1"]').dataset.state === "up"`)
	p.quiet()
}

func TestBrowserStoreDown(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	p := stage(t, "mode=store")
	p.wait(strips + `.every((s) => s.length >= 1)`)
	p.wait(`document.querySelector("[data-store-state]").dataset.storeState === "up"`)
	p.everything()
	p.click(`label[data-value="down"]`)
	p.wait(`document.querySelector("[data-store-state]").dataset.storeState === "down"`)
	p.fast()
	p.wait(strips + `.some((s) => s.includes("5"))`)
	p.click(`label[data-value="up"]`)
	p.wait(`document.querySelector("[data-store-state]").dataset.storeState === "up"`)
	p.wait(`location.search.includes("store+down") && location.search.includes("store+up")`)
	p.quiet()
}

func TestBrowserStep(t *testing.T) {
	t.Parallel()
	p := stage(t, "")
	p.still()
	for range 3 {
		p.step(".")
	}
	// The first three milestones are that somebody is logged in.
	p.wait(strips + `.every((s) => s[0] === "L*")`)
	p.quiet()
}

func TestBrowserWebsocketsBlocked(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	m := serveSite(t)
	target, err := url.Parse(m.URL())
	if err != nil {
		t.Fatal(err)
	}
	through := httputil.NewSingleHostReverseProxy(target)
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/ws" {
			http.Error(w, "no websockets here", http.StatusForbidden)
			return
		}
		through.ServeHTTP(w, r)
	}))
	t.Cleanup(proxy.Close)
	p := newTab(t, proxy.URL)
	p.wait(connection("blocked"))
	p.wait(`/websocket/i.test(document.body.innerText)`)
}

func TestBrowserBadScenario(t *testing.T) {
	t.Parallel()
	p := newTab(t, serveSite(t).URL()+"/?workers=99")
	p.wait(`document.querySelector('main[data-status="400"]') && document.body.innerText.includes("1 to 16")`)
	p.click("main a")
	p.wait(ready)
	p.quiet()
}

func TestBrowserKeyboardOnly(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	p := stage(t, "")
	p.wait(strips + `.every((s) => s.length >= 1)`)
	for range 40 { // to the first visitor; there are fewer stops than that
		p.press(kb.Tab)
		if p.text(`document.activeElement.matches("[data-visitor]")`) == "true" {
			break
		}
	}
	name := p.text(`document.activeElement.dataset.visitor`)
	p.press(kb.Enter)
	p.wait(`document.activeElement.matches('[role="menuitem"]')`)
	p.press(kb.Escape)
	p.wait(fmt.Sprintf(`document.activeElement.matches('[data-visitor="%s"]')`, name))
	p.press(kb.Enter)
	p.wait(`document.activeElement.matches('[role="menuitem"]')`)
	for range 10 {
		if strings.HasPrefix(p.text(`document.activeElement.dataset.do`), "logout ") {
			break
		}
		p.press(kb.ArrowDown)
	}
	p.press(kb.Enter)
	p.wait(fmt.Sprintf(`location.search.includes("logout+%s")`, name))
	p.wait(fmt.Sprintf(`document.activeElement.matches('[data-visitor="%s"]')`, name))
	p.press("?")
	p.wait(`document.querySelector("dialog[open]")`)
	p.press(kb.Escape)
	p.wait(`!document.querySelector("dialog[open]")`)
	p.quiet()
}

func TestBrowserFirstLoadIsLight(t *testing.T) {
	t.Parallel()
	// Bytes over the wire until the first picture stands. What comes after it
	// (time travel, cores, whole crowds) is not waited for.
	const most = 85_000
	p := stage(t, "")
	if got := p.text(`performance.getEntriesByType("resource").filter((e) => !e.name.startsWith(location.origin)).map((e) => e.name)`); got != "" {
		t.Errorf("the page asks others: %s", got)
	}
	got, err := chromedp.Run(p.ctx, chromedp.Evaluate[int](`[...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")].filter((e) => e.startTime < performance.getEntriesByName("ready")[0].startTime).reduce((sum, e) => sum + e.transferSize, 0)`))
	if err != nil {
		t.Fatal(err)
	}
	if got == 0 || got > most {
		t.Errorf("the first load takes %d bytes, want at most %d", got, most)
	}
	t.Logf("the first load takes %d bytes", got)
}

// TestBrowserPhone looks whether the page fits a phone.
func TestBrowserPhone(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	p := stage(t, "")
	p.do(chromedp.EmulateViewport(390, 844, chromedp.EmulateScale(2), chromedp.EmulateMobile), chromedp.Reload())
	p.wait(ready)
	p.wait(`document.documentElement.scrollWidth <= innerWidth`)
	p.quiet()
}
