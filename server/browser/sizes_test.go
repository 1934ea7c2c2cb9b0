package browser

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"procession/internal/testenv"
)

// walk is a script that looks at a page as it stands and tells what is wrong
// with its layout, one sentence each.
//
//go:embed testdata/walk.js
var walk string

// size is a window: its width and height in pixels of the style sheets. A zoom
// of 200 % halves both.
type size struct{ width, height int64 }

// sizes are the windows of the walk, the smallest first: phones upright and on
// their side, tablets, laptops at 400, 200 and 100 %, projectors, large screens.
var sizes = []size{
	{320, 256}, {320, 568}, {344, 882}, {360, 640}, {390, 664}, {640, 360}, {640, 400}, {768, 1024},
	{844, 390}, {950, 700}, {1024, 664}, {1280, 800}, {1366, 657}, {1920, 1080}, {2560, 1440},
}

// fewSizes are those that are tried each time.
var fewSizes = []size{{320, 568}, {390, 664}, {640, 400}, {844, 390}, {1280, 800}, {1366, 657}}

// TestBrowserSizes walks through windows, and looks in each of them whether all
// can be read and touched. A picture is kept of what fails.
func TestBrowserSizes(t *testing.T) {
	t.Parallel()
	pages := []struct {
		name, query string
		long        bool
	}{
		{"local", "", false},
		{"store", "mode=store", false},
		{"threads", "mode=threads&workers=16", false},
		{"cookie", "mode=cookie", true},
		{"16 processes", "workers=16&visitors=12", true},
		{"crowd", "visitors=2000&workers=16", true},
		{"crowd with a store", "visitors=400&mode=store&workers=4", true},
		{"Korean", "lang=ko", true},
		{"Korean with a store", "lang=ko&mode=store", true},
	}
	for _, page := range pages {
		all := fewSizes
		// What is long is tried at all sizes by make soak.
		if testenv.Whole() && !page.long || os.Getenv(soakFor) != "" {
			all = sizes
		}
		if page.long && !testenv.Whole() {
			continue
		}
		t.Run(page.name, func(t *testing.T) {
			t.Parallel()
			p := stage(t, page.query)
			p.fast()
			p.wait(strips + `.every((s) => s.length >= 2) || document.querySelector(".crowd")`)
			p.wait(travels)
			p.still()
			p.walk(t, all, page.name)
			p.everything()
			p.walk(t, all, page.name+", all of it")
			p.quiet()
		})
	}
}

// TestBrowserSizesOfAStore: on a phone nothing lies over the store before anybody scrolls.
func TestBrowserSizesOfAStore(t *testing.T) {
	t.Parallel()
	for _, query := range []string{"lang=en&mode=store", "lang=ko&mode=store"} {
		p := stage(t, query)
		p.wait(strips + `.every((s) => s.length >= 2)`)
		p.still()
		for _, s := range []size{{390, 664}, {360, 640}, {320, 568}} {
			p.do(chromedp.EmulateViewport(s.width, s.height))
			p.wait(fmt.Sprintf(`innerWidth === %d && document.querySelector(".floor > .store").getBoundingClientRect().bottom <= document.querySelector("procession-footer").getBoundingClientRect().top && scrollY === 0`, s.width))
			p.walk(t, []size{s}, "store")
		}
		p.quiet()
	}
}

// TestBrowserSizesOfACure: after a cure the store shows what it holds, what it was
// asked for in vain, and its newest command, in whole lines.
func TestBrowserSizesOfACure(t *testing.T) {
	t.Parallel()
	p := newTab(t, serveSite(t).URL()+"/?lang=en&do=8s+set+mode=store#t=13s")
	p.wait(ready)
	p.wait(`document.querySelectorAll(".store .chip.ghost").length >= 2 && document.querySelectorAll(".store .log li").length >= 1`)
	p.wait(`document.querySelector(".store .log li:last-child").textContent.includes("SET sess:4ab5")`)
	p.walk(t, []size{{1366, 657}, {844, 390}, {1920, 1080}}, "a cure")
	p.quiet()
}

// TestBrowserSizesOfThreads: on a phone the one memory is in view with all that
// is in it and its lock, before anybody scrolls.
func TestBrowserSizesOfThreads(t *testing.T) {
	t.Parallel()
	for _, query := range []string{"lang=en&mode=threads", "lang=ko&mode=threads"} {
		p := stage(t, query)
		p.wait(strips + `.every((s) => s.length >= 2)`)
		p.still()
		for _, s := range []size{{390, 664}, {360, 640}, {844, 390}} {
			p.do(chromedp.EmulateViewport(s.width, s.height))
			p.wait(fmt.Sprintf(`innerWidth === %d && scrollY === 0 && ((memory, held) => held.length === 4
				&& held.every((e) => e.getBoundingClientRect().bottom <= memory.bottom && e.getBoundingClientRect().top >= memory.top)
				&& memory.bottom <= document.querySelector("procession-footer").getBoundingClientRect().top)(
				document.querySelector(".memory").getBoundingClientRect(), [...document.querySelectorAll(".memory .chip:not(.ghost), .lock-list button")])`, s.width))
			p.walk(t, []size{s}, "threads")
		}
		p.quiet()
	}
}

// TestBrowserSizesOfPanels does the same with what opens beside the stage.
func TestBrowserSizesOfPanels(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	p := stage(t, "")
	p.wait(strips + `.every((s) => s.length >= 2)`)
	p.wait(travels)
	p.still()
	for _, panel := range []struct{ name, key, open string }{
		{"code", "c", `.sheet[data-sheet="code"]:not([hidden]) .code li`},
		{"charts", "g", `.sheet[data-sheet="charts"]:not([hidden])`},
		{"settings", "s", `.sheet[data-sheet="settings"][data-built]:not([hidden])`},
		{"side by side", "v", `procession-compare .world:nth-child(2) .visitor`},
	} {
		p.press(panel.key)
		p.wait(fmt.Sprintf(`document.querySelector(%q)`, panel.open))
		p.walk(t, sizes, panel.name)
		p.press(kb.Escape)
	}
	p.quiet()
}

// TestBrowserSizesPresented walks through what a projector may have.
func TestBrowserSizesPresented(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	for _, query := range []string{"", "mode=store&workers=3&visitors=5", "mode=threads&workers=8", "visitors=60&workers=8", "lang=ko&mode=cookie"} {
		p := stage(t, query)
		p.fast()
		p.wait(strips + `.every((s) => s.length >= 2) || document.querySelector(".crowd")`)
		p.wait(travels)
		p.still()
		p.press("f")
		p.wait(`document.documentElement.hasAttribute("data-presents") && document.fullscreenElement`)
		p.walk(t, []size{{800, 600}, {1280, 720}, {1366, 657}, {1920, 1080}, {3840, 2160}}, "presented "+query)
		p.press("f")
		p.wait(`!document.fullscreenElement`)
		p.quiet()
	}
}

// TestBrowserSizesOfFrames walks through frames that authors give a stage.
func TestBrowserSizesOfFrames(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	for _, query := range []string{"", "mode=store&workers=3", "mode=threads&workers=4&lang=ko", "visitors=60&workers=8"} {
		p := newTab(t, serveSite(t).URL()+"/embed?"+query)
		p.wait(ready)
		p.wait(strips + `.every((s) => s.length >= 2) || document.querySelector(".crowd")`)
		p.still()
		p.walk(t, []size{{320, 480}, {320, 640}, {390, 480}, {600, 400}, {600, 640}, {740, 480}, {1000, 600}}, "frame "+query)
		p.quiet()
	}
}

// TestBrowserSizesOfLessons walks through the stage beside the text of lessons,
// on a phone: upright, and on its side.
func TestBrowserSizesOfLessons(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	for _, step := range []string{
		"01-the-random-logout?lang=ko#step-5", "01-the-random-logout?lang=en#step-7", "05-cores-and-switches?lang=en#step-1",
		"01-the-random-logout?lang=en#step-5", "08-session-in-a-cookie?lang=en#step-7", "10-too-easy-to-share?lang=en#step-8", // much to be touched
		"06-a-shared-store?lang=en#step-4", // with charts
	} {
		p := newTab(t, serveSite(t).URL()+"/lessons/"+step)
		p.wait(framed + `.dataset.ready === "true"`)
		p.walkIn(t, framedWindow, []size{{360, 640}, {390, 664}, {844, 390}}, "lesson "+step)
		p.quiet()
	}
}

// TestBrowserLessonOfLocksOnAPhone: what lesson 11 asks about is in sight, large
// enough for a finger, and the settings leave the stage its share.
func TestBrowserLessonOfLocksOnAPhone(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	const (
		within = `((bounds) => bounds.length && bounds.every(({ top, bottom }) => top >= stage.top - 1 && bottom <= stage.bottom + 1))`
		stage  = `((w) => { const { document } = w; const stage = document.querySelector("procession-stage").getBoundingClientRect(); const boxes = (what) => [...document.querySelectorAll(what)].filter((e) => e.getClientRects().length).map((e) => e.getBoundingClientRect()); return %s; })(` + framedWindow + `)`
	)
	for _, s := range []size{{360, 640}, {390, 664}, {844, 390}} {
		p := readLesson(t, "11-deadlock?lang=en#step-1")
		p.do(chromedp.EmulateViewport(s.width, s.height))
		p.wait(fmt.Sprintf(stage, within+`(boxes(".lock-list button")) && boxes(".lock-list button").every(({ height }) => height >= 24)`))
		p.eval(`location.hash = "step-3"`)
		p.wait(at("step-3") + ` && ` + fmt.Sprintf(stage, within+`(boxes(".machine[data-open], .process.threaded"))`))
		p.eval(`location.hash = "step-7"`)
		p.wait(at("step-7") + ` && ` + fmt.Sprintf(stage, `boxes(".lock-list button, .deadlock").length > 0`))
		p.eval(framedWindow + `.document.querySelector(".openers button").click()`)
		p.wait(fmt.Sprintf(stage, `document.querySelector('.sheet[data-sheet="settings"][data-built]:not([hidden])') && stage.height >= 0.45 * w.innerHeight && boxes(".sheet-body")[0].height >= 100`))
		p.wait(fmt.Sprintf(stage, within+`(boxes(".lock-list button, .deadlock"))`))
		p.quiet()
	}
}

// framedWindow is the window of a lesson's stage.
const framedWindow = `document.querySelector(".stage-frame").contentWindow`

// walk tries a page at sizes.
func (p *tab) walk(t *testing.T, sizes []size, what string) {
	t.Helper()
	p.walkIn(t, "window", sizes, what)
}

// walkIn tries the page in a window of the tab at sizes of the tab.
func (p *tab) walkIn(t *testing.T, window string, sizes []size, what string) {
	t.Helper()
	script := `(async (window) => {
		const { document, innerWidth, innerHeight, gap } = window;
		const scrollTo = (...to) => window.scrollTo(...to);
		const requestAnimationFrame = (f) => window.requestAnimationFrame(f);
		window.gap = 20;
		try {
			for (let i = 0; i < 6; i++) await new Promise((done) => requestAnimationFrame(done));
			return await ` + "(\n" + walk + ")" + `;
		} finally {
			window.gap = gap;
		}
	})(` + window + `)`
	for _, s := range sizes {
		p.do(chromedp.EmulateViewport(s.width, s.height))
		ctx, cancel := context.WithTimeout(p.ctx, patience)
		text, err := chromedp.Run(ctx, chromedp.Evaluate[string](script, chromedp.EvalAwaitPromise))
		cancel()
		if err != nil {
			t.Fatalf("%s at %d×%d: %v", what, s.width, s.height, err)
		}
		var faults []string
		if err := json.Unmarshal([]byte(text), &faults); err != nil {
			t.Fatal(err)
		}
		if len(faults) > 0 {
			t.Errorf("%s at %d×%d (%s):\n\t%s", what, s.width, s.height, p.picture(t, what, s), strings.Join(faults, "\n\t"))
		}
	}
}

// picture keeps a picture of the page, and tells where.
func (p *tab) picture(t *testing.T, what string, s size) string {
	t.Helper()
	image, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		return err.Error()
	}
	dir := filepath.Join(os.TempDir(), "procession-sizes")
	path := filepath.Join(dir, fmt.Sprintf("%s %dx%d.png", strings.ReplaceAll(what, "/", " "), s.width, s.height))
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err.Error()
	}
	if err := os.WriteFile(path, image, 0o644); err != nil {
		return err.Error()
	}
	return path
}
