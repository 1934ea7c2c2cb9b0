package browser

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"procession/internal/testenv"

	"github.com/chromedp/chromedp"
)

// price is the expression for a cell of the list of prices.
func price(world int, column string) string {
	return fmt.Sprintf(`document.querySelector('[data-price="%d"] [data-column="%s"]').textContent`, world, column)
}

// worlds is the expression for the marks of each visitor in each world.
const worlds = `[...document.querySelectorAll(".world")].map((w) => [...w.querySelectorAll("[data-visitor]")].map((v) => v.dataset.strip))`

func TestBrowserSideBySide(t *testing.T) {
	t.Parallel()
	p := stage(t, "workers=2")
	p.wait(strips + `.every((s) => s.length >= 1)`)
	before := p.text(`document.documentElement.dataset.now`)
	p.press("v")
	p.wait(`document.documentElement.dataset.worlds === "3" && document.querySelectorAll(".world").length === 3`)
	p.wait(`location.hash.includes("with=")`)
	// It goes on where it was, with the same visitors in each world.
	p.wait(worlds + `.every((w) => w.length === 3 && w.every((s) => s.startsWith("L*")))`)
	p.wait(fmt.Sprintf(`Number(document.documentElement.dataset.now) >= %s`, before))
	p.fast()
	p.wait(strips + `.every((s) => s.length >= 8)`)
	p.wait(`[0, 1, 2].every((n) => document.querySelector('[data-price="' + n + '"]').dataset.whole === "true")`)
	var titles []string
	if err := json.Unmarshal([]byte(p.text(`JSON.stringify([...document.querySelectorAll(".world > h2 > span:first-child")].map((h) => h.textContent))`)), &titles); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(titles, "|"); got != "Own memory|Shared store|Threads" {
		t.Errorf("got the titles %s", got)
	}
	p.wait(price(0, "logouts") + `.startsWith("✕")`)
	for n := 1; n <= 2; n++ {
		if got := p.text(price(n, "welcome")); got != "✓ 100 %" {
			t.Errorf("world %d: got %q still logged in, want all", n, got)
		}
	}
	if got := p.text(price(0, "memory")); !strings.HasPrefix(got, "116 MB") {
		t.Errorf("got %q of memory for two copies, want 116 MB", got)
	}
	if got := p.text(price(1, "commands")); got == "0" {
		t.Error("the store has executed no command")
	}
	// The share beside a title has the name that it has everywhere, to be heard and to be pointed at.
	p.wait(`[...document.querySelectorAll(".world > h2")].every((h) => /visits still logged in/i.test(h.querySelector(".aloud").textContent) && h.querySelector("b").title.startsWith("Visits still logged in: "))`)
	p.quiet()
}

func TestBrowserSideBySideCommandsGoToAll(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	p := stage(t, "")
	p.press("v")
	p.wait(worlds + `.length === 3 && ` + worlds + `.every((w) => w.length === 3 && w.every((s) => s.startsWith("L*")))`)
	p.still() // dead processes are soon others
	p.click(`[data-world="1"] [data-worker="1"] button`)
	p.click(`[data-do="crash 1"]`)
	p.wait(`["0", "1", "2"].every((n) => document.querySelector('[data-world="' + n + '"] [data-worker="1"]').dataset.state === "down")`)
	p.wait(`location.search.includes("crash+1")`)
	p.goOn()
	p.wait(`["0", "1", "2"].every((n) => document.querySelector('[data-world="' + n + '"] [data-worker="1"]')?.dataset.state === "up")`)
	// What tells the worlds apart cannot be set for all.
	p.press("2")
	p.wait(`document.querySelector(".problem").dataset.code === "apart" && !document.querySelector(".problem").hidden`)
	if got := p.text(`document.documentElement.dataset.mode`); got != "local" {
		t.Errorf("got mode %s, want it unchanged", got)
	}
	p.press("v")
	p.wait(`!document.documentElement.dataset.worlds && document.querySelectorAll("procession-stage").length === 1`)
	p.press("2") // on the way into a room with one world, where it is done
	p.wait(`!location.hash.includes("with=") && location.search.includes("crash+1")`)
	p.wait(`document.documentElement.dataset.mode === "store"`)
	p.quiet()
}

func TestBrowserSideBySideFromALink(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	p := stage(t, "workers=3#with=mode=local%26balancer=sticky-cookie")
	p.wait(`document.documentElement.dataset.worlds === "2"`)
	p.wait(worlds + `.every((w) => w.length === 3 && w.every((s) => s.startsWith("L*")))`)
	p.wait(`[...document.querySelectorAll(".world > h2 > span:first-child")].map((h) => h.textContent).join("|") === "Own memory, round robin|Own memory, sticky cookie"`)
	p.fast()
	p.wait(worlds + `[1].every((s) => s.split(" ").length >= 6)`)
	p.wait(`document.querySelector('[data-price="1"]').dataset.whole === "true" && /^[✓✕]/.test(` + price(1, "logouts") + `)`)
	if got := p.text(price(1, "logouts")); got != "✓ 0" {
		t.Errorf("with a sticky cookie: got %q random logouts, want none", got)
	}
	// Another set of worlds, by hand.
	p.click(`[data-edit-worlds]`)
	p.wait(`document.querySelector("dialog[open] fieldset select")`)
	p.choose(`[data-edit="1"] [data-key="mode"]`, "cookie")
	p.click(`[data-show-worlds]`)
	p.wait(`document.querySelector('[data-world="1"] [data-mode="cookie"], [data-world="1"][data-mode="cookie"]')`)
	p.quiet()
}

func TestBrowserSideBySideFitsAPhone(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	p := stage(t, "#with=mode=store|mode=threads")
	p.do(chromedp.EmulateViewport(390, 844, chromedp.EmulateScale(2), chromedp.EmulateMobile), chromedp.Reload())
	p.wait(ready)
	p.wait(`document.querySelectorAll(".world").length === 3`)
	p.wait(`document.documentElement.scrollWidth <= innerWidth`)
	p.wait(`document.querySelector(".worlds").scrollWidth > innerWidth * 2`)
	p.quiet()
}
