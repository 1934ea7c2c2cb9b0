package browser

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"procession/internal/testenv"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// stopped says that a frame stands where it was to stop by itself.
const stopped = `document.documentElement.hasAttribute("data-stopped") && ` + paused

// embed opens the stage without chrome, with a fragment that says what is wished.
func embed(t *testing.T, query, hash string) *tab {
	t.Helper()
	p := newTab(t, serveSite(t).URL()+"/embed?"+query+"#"+hash)
	p.wait(ready)
	return p
}

func TestBrowserEmbed(t *testing.T) {
	t.Parallel()
	p := embed(t, "lang=en&workers=2", "until=3s&controls=workers&point=visitor Ada;worker 3&speed=4")
	p.wait(stopped + ` && document.documentElement.dataset.now === "3000000"`)
	if got := p.text(`[...document.querySelectorAll(".brand, .tools, procession-timeline, .figures, .machine, .segments, select, .views button")].filter((e) => e.checkVisibility()).map((e) => e.className || e.localName)`); got != "" {
		t.Errorf("these are seen in a frame that wants nothing of them: %s", got)
	}
	p.wait(`/stops here/.test(document.querySelector(".stopped").textContent)`)
	p.wait(`document.querySelector("[data-sentence]").textContent !== ""`)
	p.wait(`document.querySelector('[data-visitor="Ada"]').hasAttribute("data-pointed") && document.querySelectorAll("[data-pointed]").length === 1`)

	// What comes later is pointed at when it is there.
	p.focus(`.copies button:nth-of-type(2)`)
	p.press(kb.Enter)
	p.wait(`document.querySelector('[data-worker="3"]')?.hasAttribute("data-pointed") && location.search.includes("set+workers=3")`)
	p.eval(`document.activeElement.blur()`)
	p.press(" ")
	p.wait(`Number(document.documentElement.dataset.now) > 5000000 && !document.documentElement.hasAttribute("data-stopped")`)

	// The whole page is one click away, with the commands and the moment.
	p.press(" ")
	p.wait(rested)
	p.wait(`((link) => link.target === "_blank" && link.pathname === "/" && link.search === location.search && link.hash.startsWith("#t="))(document.querySelector(".whole"))`)

	p.press("r")
	p.wait(`!location.search.includes("do=") && document.querySelectorAll("[data-worker]").length === 2`)
	p.wait(stopped + ` && document.documentElement.dataset.now === "3000000"`)

	// Another fragment is another wish.
	p.eval(`location.hash = "until=1500ms&controls=mode&theme=dark"`)
	p.wait(stopped + ` && document.documentElement.dataset.now === "1500000" && document.documentElement.dataset.theme === "dark"`)
	p.wait(`document.querySelector(".segments").checkVisibility() && !document.querySelector(".copies").checkVisibility() && !document.querySelector("[data-pointed]")`)
	p.quiet()
}

// TestBrowserEmbedCaption: whoever shows the stage says what stands over it, in
// plain text, until the reader makes another run of it.
func TestBrowserEmbedCaption(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	const headline, note = `document.querySelector(".caption h1")`, `document.querySelector(".caption .note")`
	p := embed(t, "lang=ko&workers=2", "until=3s&controls=mode&speed=8&headline=%3Cb%3E제목%3C/b%3E&note=한마디")
	p.wait(stopped)
	p.wait(headline + `.textContent === "<b>제목</b>" && ` + headline + `.checkVisibility() && ` + note + `.textContent === "한마디" && ` + note + `.checkVisibility()`)
	p.press("2")
	p.wait(`document.documentElement.dataset.mode === "store" && ` + headline + `.textContent !== "" && !/제목/.test(` + headline + `.textContent) && ` + note + `.textContent !== "한마디"`)
	p.press("r")
	p.wait(stopped + ` && ` + headline + `.textContent === "<b>제목</b>" && ` + note + `.textContent === "한마디"`)
	p.eval(`location.hash = "t=2s&play=false&controls=mode&headline=none&note=none"`)
	p.wait(rested + ` && document.documentElement.dataset.now === "2000000" && ` + headline + `.offsetHeight === 1 && !` + note + `.checkVisibility()`)
	p.press("2")
	p.wait(`document.documentElement.dataset.mode === "store" && ` + headline + `.offsetHeight === 1 && !` + note + `.checkVisibility()`)
	p.quiet()
}

// TestBrowserEmbedCommandWhereItStops gives a command where the run stopped by
// itself: it happens there, though the server was a little further.
func TestBrowserEmbedCommandWhereItStops(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	p := embed(t, "workers=2&do=30s+crash+2", "until=4s&controls=mode&speed=8")
	p.wait(stopped + ` && document.documentElement.dataset.now === "4000000"`)
	p.press("2")
	p.wait(`document.documentElement.dataset.mode === "store"`)
	p.wait(`decodeURIComponent(location.search).endsWith("do=4.000001s+set+mode=store;+30s+crash+2")`)
	p.press("r")
	p.wait(stopped)
	p.wait(`document.documentElement.dataset.now === "4000000" && document.documentElement.dataset.mode === "local"`)
	// A step from there goes to what comes next, and not beyond.
	p.press(".")
	p.wait(rested + ` && Number(document.documentElement.dataset.now) > 4000000 && Number(document.documentElement.dataset.now) < 6000000`)
	p.quiet()
}

// TestBrowserEmbedWhy: the story of a cross is told where the run stands, and
// not where its address let it begin.
func TestBrowserEmbedWhy(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	p := embed(t, "lang=en&workers=2&visitors=Ada", "t=2.4s&until=4.2s&controls=why&speed=4")
	p.wait(stopped + ` && document.documentElement.dataset.now === "4200000"`)
	p.click(`procession-footer .ask`)
	p.wait(told("request:"))
	p.wait(stopped + ` && document.documentElement.dataset.now === "4200000"`)
	p.quiet()
}

func TestBrowserEmbedLocked(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	p := embed(t, "workers=3", "controls=&play=false")
	p.wait(rested)
	before := p.text(place)
	for _, key := range []string{"1", "2", "3", "4", "-", "+", "s", "a", "p", "m", "w", "c", "v", "g", "x", "t", "f", "b", "i", "n", "l", "o", "<", ">", "?", kb.ArrowLeft, kb.PageDown, kb.PageUp} {
		p.press(key)
	}
	// Neither by what orders pass through, nor by what menus ask.
	p.eval(`(() => {
		const page = document.querySelector("procession-app");
		for (const text of ["set mode=store", "set workers=5", "set seed=7", "crash 1", "logout Ada", "store down", "join Ken"]) page.dispatchEvent(new CustomEvent("order", { detail: { do: text } }));
		for (const time of ["faster", "slower", "back"]) page.dispatchEvent(new CustomEvent("order", { detail: { time } }));
		for (const name of ["settings", "people", "why", "code", "truth"]) page.dispatchEvent(new CustomEvent("panel", { detail: { name, anchor: page } }));
		page.dispatchEvent(new CustomEvent("menu", { detail: { what: "visitor", which: "Ada", anchor: page } }));
	})()`)
	p.click(`[data-visitor="Ada"]`)
	p.click(`[data-worker="1"]`)
	p.press(".") // what is always there still works, and comes after all of these
	p.wait(rested + ` && Number(document.documentElement.dataset.seq) > 0 && document.documentElement.dataset.now !== "0"`)
	if got := p.text(`[...document.querySelectorAll(".sheet, .popover, dialog[open], procession-menu, .blank")].filter((e) => !e.hidden).map((e) => e.className || e.localName)`); got != "" {
		t.Errorf("these opened: %s", got)
	}
	if got := p.text(`location.search + " " + document.documentElement.dataset.mode + " " + document.querySelector(".speed").textContent`); got != "?workers=3 local 1×" {
		t.Errorf("got %q, want the run as it was opened, at its pace", got)
	}
	if got := p.text(place); got == before {
		t.Errorf("got %s: nothing can be done at all", got)
	}
	p.press("r")
	p.wait(`Number(document.documentElement.dataset.now) > 1000000`)
	p.quiet()
}

// TestBrowserEmbedElsewhere puts the stage into a page of another site, which
// trusts it with nothing: no origin, no storage, no cookies.
func TestBrowserEmbedElsewhere(t *testing.T) {
	t.Parallel()
	m := serveSite(t)
	elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, `<!doctype html><title>Elsewhere</title>
			<script>
				globalThis.states = []; globalThis.heights = [];
				addEventListener("message", ({ origin, data }) => { if (origin === "null") (data.procession === "height" ? heights : states).push(data); });
			</script>
			<iframe sandbox="allow-scripts" src="%s/embed?workers=2&visitors=Ada#until=3s" width="800" height="480"></iframe>`, m.URL())
	}))
	t.Cleanup(elsewhere.Close)
	p := newTab(t, elsewhere.URL)
	p.wait(`states.some((s) => s.ready && s.playing && s.now > 500000)`)
	// It tells, and does not obey.
	p.eval(`(() => {
		const frame = document.querySelector("iframe").contentWindow;
		for (const message of [{ procession: "pause" }, { procession: "restart" }, { procession: "open", id: 7, query: "mode=store", at: 0, play: false }]) frame.postMessage(message, "*");
	})()`)
	p.wait(`states.some((s) => s.stopped && s.now === 3000000)`)
	if got := p.text(`states.every((s) => s.id === 0 && !s.query.includes("store")) && states.filter((s) => s.ready).every((s, i, all) => i === 0 || s.now >= all[i - 1].now)`); got != "true" {
		t.Errorf("a page of another site drives the frame: %s", p.text(`JSON.stringify(states)`))
	}
	p.wait(`heights.length && heights.every((h) => h.height > 100 && h.height < 2000)`)
	p.quiet()
}

// TestBrowserEmbedOfOthers: in the frame that Share offers, in a column of text,
// the question, the stage and the sentence can be seen, whatever may be touched,
// and what its author got wrong is told to its end.
func TestBrowserEmbedOfOthers(t *testing.T) {
	t.Parallel()
	const column = 640
	show := func(hash string, height int64) *tab {
		t.Helper()
		p := embed(t, "lang=en&workers=2", "t=7800ms&play=false&"+hash)
		p.do(chromedp.EmulateViewport(column, height), chromedp.Reload())
		p.wait(rested + ` && ` + strips + `.every((s) => s.length >= 2) && document.querySelector("[data-sentence]").textContent !== ""`)
		return p
	}
	for _, hash := range []string{"", "controls=all"} {
		p := show(hash, 480)
		p.wait(`((h1) => h1.checkVisibility() && h1.offsetHeight > 14 && h1.textContent.includes("?"))(document.querySelector(".caption h1"))`)
		if got := p.text(cut("procession-stage", ".caption h1, .visitor .strip, .balancer, .process, .process .memory")); got != "" {
			t.Errorf("%s: these are not seen whole on the stage: %s", hash, got)
		}
		if got := p.text(`document.querySelector("[data-sentence]").getBoundingClientRect().bottom <= document.querySelector(".embed-foot").getBoundingClientRect().top`); got != "true" {
			t.Errorf("%s: the clock lies over the sentence", hash)
		}
		p.quiet()
	}
	for _, height := range []int64{360, 480, 640} {
		p := show("controls=all", height)
		// Words side by side have a space between them, wherever their boxes end.
		if got := p.text(`[...document.querySelectorAll(".bar .segments label:not(:first-child) span")].filter((e) => e.checkVisibility()).map((e) => {
			const range = document.createRange();
			const edge = (of, side) => { range.selectNodeContents(of); return range.getBoundingClientRect()[side]; };
			return edge(e, "left") - edge(e.closest("label").previousElementSibling.querySelector("span"), "right");
		}).filter((apart) => apart < 6)`); got != "" {
			t.Errorf("%d high: labels stand %s px apart", height, got)
		}
		if got := p.text(`[...document.querySelectorAll(".bar select, .bar .word")].filter((e) => e.checkVisibility() && e.scrollWidth > e.clientWidth + 1).map((e) => e.name ?? e.textContent)`); got != "" {
			t.Errorf("%d high: these are cut: %s", height, got)
		}
	}
	p := show("speed=3&controls=wrokers&point=visitor%20Bob&theme=black&until=soon", 480)
	p.wait(`((note) => note.checkVisibility() && note.textContent.includes('"visitor Bob" is not possible; allowed: visitor Ada, visitor Grace') && note.scrollHeight <= note.clientHeight)(document.querySelector(".mistaken"))`)
}

// TestBrowserEmbedFromDisk: a page that was opened from a disk may have the stage, too.
func TestBrowserEmbedFromDisk(t *testing.T) {
	t.Parallel()
	page := filepath.Join(t.TempDir(), "page.html")
	text := fmt.Sprintf(`<!doctype html><title>From a disk</title>
		<script>addEventListener("message", ({ data }) => { if (data.procession === "state") globalThis.state = data; });</script>
		<iframe src="%s/embed?workers=2&visitors=Ada#until=1s" width="800" height="480"></iframe>`, serveSite(t).URL())
	if err := os.WriteFile(page, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	p := newTab(t, "file://"+page)
	p.wait(`state.stopped && state.now === 1000000`)
	p.quiet()
}

// phone shows the page anew in a frame of a phone's width and of some height.
func (p *tab) phone(height int64) {
	p.t.Helper()
	p.do(chromedp.EmulateViewport(390, height, chromedp.EmulateScale(2), chromedp.EmulateMobile, chromedp.EmulateTouch), chromedp.Reload())
	p.wait(ready)
}

func TestBrowserEmbedPhone(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	p := embed(t, "mode=store&workers=2", "controls=mode,store")
	p.phone(360)
	p.wait(strips + `.some((s) => s.length >= 1)`)
	if got := p.text(`document.documentElement.scrollWidth <= innerWidth && document.documentElement.scrollHeight <= innerHeight`); got != "true" {
		t.Errorf("the frame scrolls: %s", p.text(`document.documentElement.scrollWidth + "×" + document.documentElement.scrollHeight`))
	}
	p.wait(`((box) => box.bottom <= innerHeight + 1 && box.height > 40)(document.querySelector(".embed-foot").getBoundingClientRect())`)
	p.quiet()
}

// cut is the expression for what of these elements is beyond the edge of a box,
// or has more in it than is seen.
func cut(box, elements string) string {
	return fmt.Sprintf(`((box) => [...document.querySelectorAll(%q)].filter((e) => e.checkVisibility()).filter((e) => {
		const { top, bottom, left, right } = e.getBoundingClientRect();
		return top < box.top - 1 || bottom > box.bottom + 1 || left < box.left - 1 || right > box.right + 1 || e.scrollWidth > e.clientWidth + 1;
	}).map((e) => e.textContent))(document.querySelector(%q).getBoundingClientRect()).join("; ")`, elements, box)
}

// TestBrowserEmbedPhoneDeadlock: who has and wants which lock, and that no core
// has anything to do, is seen in a low frame without scrolling, in the words of
// the reader.
func TestBrowserEmbedPhoneDeadlock(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	for lang, words := range map[string]string{"en": "thread 2 has “savings” and waits for “checking”", "ko": "2번 스레드는 ‘savings’ 락을 쥔 채 ‘checking’ 락을"} {
		p := embed(t, "lang="+lang+"&mode=threads&workers=2&visitors=Ada,Grace&script=transfer*4&lock-order=opposite", "until=1600ms&speed=2&point=worker 1&open=machine&controls=why,machine")
		p.phone(379)
		p.wait(stopped + ` && document.querySelector(".deadlock svg")?.checkVisibility()`)
		p.wait(fmt.Sprintf(`document.querySelector("[data-sentence]").textContent.includes(%q)`, words))
		p.wait(`document.querySelector('[data-thread="2"] .holds').textContent.includes("savings")`)
		if got := p.text(cut("procession-stage", ".threads li, .threads li *, .lock-list li, .deadlock, .deadlock svg, .machine .now li")); got != "" {
			t.Errorf("%s: not seen without scrolling: %s", lang, got)
		}
		p.quiet()
	}
}

// TestBrowserEmbedPhoneWorlds: worlds side by side have a place of their own in
// a low frame, and lie over nothing.
func TestBrowserEmbedPhoneWorlds(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	p := embed(t, "lang=en&mode=store&workers=2", "until=3s&speed=4&controls=compare&with=mode=cookie|store-kind=database")
	p.phone(379)
	p.wait(`[...document.querySelectorAll(".world > h2 > span:first-child")].map((h) => h.textContent).join("|") === "Shared store, Redis|Cookie|Shared store, database"`)
	p.wait(`document.querySelectorAll(".prices tbody tr").length === 3`)
	const covered = `[...document.querySelectorAll(".embed-foot button")].filter((b) => b.checkVisibility()).filter((b) => {
		const { x, y, width, height } = b.getBoundingClientRect();
		return !b.contains(document.elementFromPoint(x + width / 2, y + height / 2));
	}).map((b) => b.className).join(", ")`
	for _, where := range []string{"0", "1e6"} {
		p.eval(`document.querySelector("procession-compare").scrollTo(0, ` + where + `)`)
		if got := p.text(covered); got != "" {
			t.Errorf("scrolled to %s: something lies over %s", where, got)
		}
	}
	if got := p.text(cut("procession-compare", ".prices tr:last-child td")); got != "" {
		t.Errorf("not to be scrolled to: %s", got)
	}
	p.quiet()
}

// TestBrowserEmbedLookups: what a process looks up is told whole beside a store.
func TestBrowserEmbedLookups(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	p := embed(t, "lang=en&mode=store&workers=2&relogin=true", "controls=mode,workers&speed=4")
	p.do(chromedp.EmulateViewport(837, 749))
	p.wait(`document.querySelector("procession-stage").dataset.flow === "across"`)
	p.wait(`[...document.querySelectorAll(".lookup")].some((l) => l.textContent.includes("→"))`)
	if got := p.text(cut(".processes", ".process:not(.store), .lookup")); got != "" {
		t.Errorf("clipped: %s", got)
	}
	p.quiet()
}

func TestBrowserEmbedAccessible(t *testing.T) {
	t.Parallel()
	script := axe(t)
	m := serveSite(t)
	for _, lang := range languages() {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			for _, hash := range []string{"until=3s&point=visitor Ada;store;figures", "controls=all&until=3s&open=machine"} {
				p := calm(t, m.URL()+"/embed?mode=store&lang="+lang)
				p.wait(ready)
				p.eval(script)
				for _, theme := range themes() {
					p.eval(fmt.Sprintf(`location.hash = "speed=8&theme=%s&%s"`, theme, hash))
					p.wait(inTheme(theme) + " && " + stopped)
					p.checked(hash + " in " + theme)
				}
				p.quiet()
			}
		})
	}
}
