package browser

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"procession/internal/testenv"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// The expressions that tests of time travel wait for.
const (
	travels = `document.documentElement.dataset.travel === "true"`
	inPast  = `document.documentElement.dataset.past === "true" && document.querySelector("procession-timeline").dataset.place === "past"`
	present = `!document.documentElement.dataset.past && document.querySelector("procession-timeline").dataset.place === "now"`
	// scene is what is on the stage: everything that could be wrong in a past moment.
	scene = `JSON.stringify([document.documentElement.dataset.now, document.documentElement.dataset.seq, ` + strips + `,
		[...document.querySelectorAll("[data-worker]")].map((w) => w.dataset.state + w.innerText), [...document.querySelectorAll("[data-store-state]")].filter((s) => s.checkVisibility()).map((s) => s.innerText),
		[...document.querySelectorAll(".figures dd")].map((f) => f.innerText)])`
)

// traveller opens a page and lets it play until a moment, in seconds; then it
// stands still.
func traveller(t *testing.T, query string, until int) *tab {
	t.Helper()
	p := stage(t, query)
	p.do(chromedp.EmulateViewport(1280, 1000)) // room for all chips, whatever else is shown
	p.everything()
	p.wait(travels)
	p.fast()
	p.until(until)
	p.still()
	p.settled()
	return p
}

// beheld gives what is on the stage of a page that rests.
func (p *tab) beheld() string {
	p.t.Helper()
	return p.steady(scene)
}

// until waits until the page shows a moment, in seconds.
func (p *tab) until(seconds int) {
	p.t.Helper()
	p.wait(fmt.Sprintf(`Number(document.documentElement.dataset.now) >= %d`, seconds*1_000_000))
}

// moment gives the virtual µs that the page shows.
func (p *tab) moment() int64 {
	p.t.Helper()
	n, err := strconv.ParseInt(p.text(`document.documentElement.dataset.now`), 10, 64)
	if err != nil {
		p.t.Fatal(err)
	}
	return n
}

// at gives the point of the timeline that stands for a moment, in seconds; of
// one beyond its end, the end.
func (p *tab) at(seconds float64) (x, y float64) {
	p.t.Helper()
	var box [4]float64
	p.wait(`document.querySelector(".ticks span")`)
	if err := json.Unmarshal([]byte(p.text(`JSON.stringify(((b, t) => [b.left, b.width, b.top, Number(t.at(-1).textContent.split(":").reduce((m, s) => m * 60 + Number(s), 0))])(
		document.querySelector(".track").getBoundingClientRect(), [...document.querySelectorAll(".ticks span")]))`)), &box); err != nil {
		p.t.Fatal(err)
	}
	return box[0] + box[1]*min(1, seconds/box[3]), box[2] + 28
}

// drag drags along the timeline from one moment to another, in seconds.
func (p *tab) drag(from, to float64) {
	p.t.Helper()
	x, y := p.at(from)
	end, _ := p.at(to)
	p.do(chromedp.MouseEvent(input.DispatchMouseEventTypeMousePressed, x, y, chromedp.ButtonLeft))
	const steps = 12
	for i := 1; i <= steps; i++ {
		p.do(chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, x+(end-x)*float64(i)/steps, y, chromedp.ButtonLeft))
	}
	p.do(chromedp.MouseEvent(input.DispatchMouseEventTypeMouseReleased, end, y, chromedp.ButtonLeft))
}

func TestBrowserTravelShowsThePastAsItWas(t *testing.T) {
	t.Parallel()
	p := traveller(t, "do=6s+crash+1", 12)
	seq, end := p.text(`document.documentElement.dataset.seq`), p.moment()
	want := p.beheld()

	// Every milestone backwards, then forwards again: the same pictures.
	var back []string
	for range 8 {
		before := p.text(`document.documentElement.dataset.seq`)
		p.press(kb.ArrowLeft)
		p.wait(fmt.Sprintf(`Number(document.documentElement.dataset.seq) < %s && %s`, before, inPast))
		back = append(back, p.beheld())
	}
	p.wait(`document.querySelector(".travel-note").innerText.includes("past")`)
	for i := len(back) - 2; i >= 0; i-- {
		p.step(".")
		if got := p.beheld(); got != back[i] {
			t.Errorf("milestone %d on the way forth: got %s, want as on the way back %s", i, got, back[i])
		}
	}
	p.press("n")
	p.wait(present + ` && document.documentElement.dataset.seq === "` + seq + `"`)
	if got := p.beheld(); got != want || p.moment() != end {
		t.Errorf("back in the present: got %s, want %s", got, want)
	}
	p.quiet()
}

func TestBrowserTravelSteps(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	p := traveller(t, "", 8)
	seq := func() int {
		n, err := strconv.Atoi(p.text(`document.documentElement.dataset.seq`))
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	last := seq()
	step := func(want string, press func()) {
		t.Helper()
		press()
		p.wait(want)
	}
	shifted := func(key string) func() {
		return func() { p.do(chromedp.KeyEvent(key, chromedp.KeyModifiers(chromedp.ModifierShift))) }
	}
	at := func(n int) string {
		return fmt.Sprintf(`document.documentElement.dataset.seq === "%d" && %s`, n, inPast)
	}
	step(at(last-1), shifted(kb.ArrowLeft))
	step(at(last-2), shifted(kb.ArrowLeft))
	step(at(last-1), shifted(kb.ArrowRight))
	p.press("<")
	p.wait(fmt.Sprintf(`Number(document.documentElement.dataset.seq) < %d`, last-1))
	answer := seq()
	p.press(">")
	p.wait(fmt.Sprintf(`Number(document.documentElement.dataset.seq) > %d`, answer))
	p.press("n")
	p.wait(present)
	// Forward by one event where there is none yet: the server brings some, the first is shown.
	// It may be the only one, and then it is the present.
	// Nobody has seen what comes after it, so nothing warns of the past.
	step(fmt.Sprintf(`document.documentElement.dataset.seq === "%d" && %s && document.querySelector("procession-timeline").dataset.place === "now"`, last+1, rested), shifted(kb.ArrowRight))
	// The slider says where it is; Home is the beginning, End the present.
	p.focus(".thumb")
	p.press(kb.Home)
	p.wait(`document.querySelector(".thumb").getAttribute("aria-valuenow") === "0" && document.documentElement.dataset.now === "0"`)
	p.press(kb.End)
	p.wait(present)
	p.wait(`document.querySelector('.thumb[role="slider"]').getAttribute("aria-valuetext").includes(" s: ")`)
	p.quiet()
}

func TestBrowserTravelDragAndMarks(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	p := traveller(t, "do=5s+crash+2", 14)
	p.wait(`document.querySelector('[data-mark="crash"]') && document.querySelector('[data-mark="miss"]')`)
	p.drag(13, 5.5)
	p.wait(inPast + ` && Math.abs(Number(document.documentElement.dataset.now) - 5.5e6) < 2e5`)
	p.wait(`document.querySelector('[data-worker="2"]').dataset.state === "down"`)
	p.drag(5.5, 4)
	p.wait(`document.querySelector('[data-worker="2"]').dataset.state === "up"`)
	p.wait(`location.hash.startsWith("#t=")`)
	// A mark is a place that can be gone to, by key as well.
	p.focus(`[data-mark="crash"]`)
	p.press(kb.Enter)
	p.wait(`document.querySelector('[data-worker="2"]').dataset.state === "down" && document.documentElement.dataset.now === "5000000"`)
	p.wait(`document.querySelector('[data-mark="crash"]').getAttribute("aria-label").includes("crash")`)
	p.drag(5, math.Inf(1))
	p.wait(present)
	p.quiet()
}

func TestBrowserTravelWhatIf(t *testing.T) {
	t.Parallel()
	p := traveller(t, "", 10)
	old, head := p.beheld(), p.text(`document.documentElement.dataset.seq`)
	p.drag(9.5, 4)
	p.wait(inPast)
	p.press("2")
	p.wait(present + ` && document.documentElement.dataset.mode === "store" && document.documentElement.dataset.epoch === "2"`)
	p.wait(`/do=4[\d.]*s\+set\+mode=store/.test(location.search)`)
	if at := p.moment(); at > 4_500_000 {
		t.Errorf("the other future begins at %d µs, want 4 s", at)
	}
	p.wait(`document.querySelector('[data-travel="bring"]').checkVisibility()`)
	// It goes on from there, and its past is that of before.
	p.goOn()
	p.until(6)
	p.still()
	p.press("o")
	p.wait(present + ` && document.documentElement.dataset.mode === "local" && document.documentElement.dataset.seq === "` + head + `" && location.search === ""`)
	if got := p.beheld(); got != old {
		t.Errorf("the old future: got %s, want %s", got, old)
	}
	// And there is no end of it: the other one waits now.
	p.press("o")
	p.wait(`document.documentElement.dataset.mode === "store" && location.search.includes("mode=store")`)
	p.quiet()
}

func TestBrowserTravelReplaysIntoThePresent(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	p := traveller(t, "", 6)
	p.drag(5.5, 3)
	p.wait(inPast)
	p.note("data-playing")
	p.eval(`document.activeElement.blur()`)
	p.press(" ")
	p.wait(`globalThis.noted.includes("true")`)
	p.wait(present + ` && document.documentElement.dataset.playing === "true"`)
	p.until(7)
	p.quiet()
}

func TestBrowserTravelLinkToAMoment(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	p := stage(t, "workers=3&do=3s+crash+2#t=12.5s")
	// A remark that was there once keeps its place in a low window, where that decides how large the boxes are.
	p.do(chromedp.EmulateViewport(1280, 900))
	p.everything()
	p.wait(paused + ` && document.documentElement.dataset.now === "12500000"`)
	p.wait(travels)
	// The past that this browser never received comes when it is asked for.
	p.drag(12.5, 3.1)
	p.wait(inPast + ` && document.querySelector('[data-worker="2"]').dataset.state === "down" && !document.querySelector("procession-timeline").hasAttribute("data-fetching")`)
	p.wait(`document.querySelector("procession-app").past.fromStart && document.querySelector('[data-mark="crash"]')`)
	// The address says which moment it is, and a reload comes back to it.
	p.wait(`location.hash.startsWith("#t=3.")`)
	want := p.beheld()
	p.do(chromedp.Reload())
	p.wait(ready + " && " + travels)
	p.wait(inPast + ` && document.querySelector('[data-worker="2"]').dataset.state === "down"`)
	p.wait(scene + ` === ` + strconv.Quote(want))
	p.press("n")
	p.wait(present + ` && document.documentElement.dataset.now === "12500000"`)
	p.quiet()
}

// TestBrowserTravelStandsOrGoesOn: a link to a moment stands there, also where
// the tab remembers that it played, and goes on where it says so.
func TestBrowserTravelStandsOrGoesOn(t *testing.T) {
	t.Parallel()
	p := stage(t, "lang=en#t=8.820752s")
	p.wait(paused + ` && document.documentElement.dataset.now === "8820752"`)
	p.press(" ")
	p.wait(`document.documentElement.dataset.playing === "true" && !location.hash`)
	p.eval(`globalThis.before = true; history.replaceState(null, "", "#t=8.820752s"); location.reload()`)
	p.wait(`!globalThis.before && ` + ready + " && " + paused)
	p.eval(`void setTimeout(() => { location.href = "/?lang=en&seed=2#t=20s&play=true"; })`)
	p.wait(`document.documentElement.dataset.playing === "true" && Number(document.documentElement.dataset.now) > 20e6 && !location.hash`)
	// A moment that the run has not reached yet is gone to, by hand and with a reload, and time goes on from there.
	p.eval(`location.hash = "t=60s&play=true"`)
	p.wait(`document.documentElement.dataset.playing === "true" && Number(document.documentElement.dataset.now) > 60e6 && Number(document.documentElement.dataset.now) < 90e6 && !location.hash`)
	p.still()
	p.eval(`history.replaceState(null, "", "#t=120s&play=true"); void setTimeout(() => location.reload())`)
	p.wait(`document.documentElement.dataset.playing === "true" && Number(document.documentElement.dataset.now) > 120e6 && !location.hash`)
	// One that is past is played from there.
	p.eval(`location.hash = "t=10s&play=true"`)
	p.wait(`document.documentElement.dataset.past === "true" && Number(document.documentElement.dataset.now) > 10e6 && Number(document.documentElement.dataset.now) < 60e6`)
	p.quiet()
}

func TestBrowserTravelByTouch(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	p := stage(t, "do=4s+crash+1")
	p.do(chromedp.EmulateViewport(390, 844, chromedp.EmulateScale(2), chromedp.EmulateMobile, chromedp.EmulateTouch), chromedp.Reload())
	p.wait(ready + " && " + travels)
	p.everything()
	p.fast()
	p.until(8)
	p.still() // so that the line of time keeps its scale
	p.wait(`document.querySelector('[data-mark="crash"]')`)
	x, y := p.at(4)
	p.do(chromedp.TapXY(x, y))
	p.wait(inPast + ` && document.documentElement.dataset.now === "4000000"`)
	p.wait(`[...document.querySelectorAll("procession-timeline .tool")].filter((b) => b.checkVisibility()).every((b) => b.getBoundingClientRect().height >= 43.5)`)
	p.wait(`document.documentElement.scrollWidth <= innerWidth`)
	p.quiet()
}

// TestBrowserTravelByLinkIsAsLive: a moment after a change of mode looks alike
// to who was there and to who has its link, and what is given away of a moment
// in the past is of that moment.
func TestBrowserTravelByLinkIsAsLive(t *testing.T) {
	t.Parallel()
	p := traveller(t, "lang=en&do=10s+set+mode=threads", 14)
	const marks = `JSON.stringify([...document.querySelectorAll(".cell")].map((c) => c.className).concat([...document.querySelectorAll(".figures dd")].map((d) => d.textContent)))`
	p.wait(`document.querySelector(".cell.spared")`)
	want := p.steady(marks)
	origin := p.text(`location.origin`)
	link := fmt.Sprintf("#t=%.6fs", float64(p.moment())/1e6)
	for range 3 {
		p.press(kb.ArrowLeft)
		p.wait(inPast)
		p.beheld()
	}
	at := fmt.Sprintf("%.3f s", math.Floor(float64(p.moment())/1e3)/1e3)
	p.press("x")
	p.wait(givenAway)
	if about := p.text(`document.querySelector(".share-about").textContent`); !strings.HasSuffix(about, "· "+at) {
		t.Errorf("given away is %q, want what is shown, at %s", about, at)
	}
	p.press(kb.Escape)
	p.do(chromedp.Navigate("about:blank"))
	p.do(chromedp.Navigate(origin + "/?lang=en&do=10s+set+mode=threads" + link))
	p.wait(ready + ` && ` + travels + ` && document.querySelector(".cell.spared")`)
	if got := p.steady(marks); got != want {
		t.Errorf("by the link: %s, want as it was live: %s", got, want)
	}
	p.quiet()
}
