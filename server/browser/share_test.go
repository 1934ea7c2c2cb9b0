package browser

import (
	"encoding/base64"
	"fmt"
	"image/gif"
	"math"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"procession/internal/testenv"
	"procession/server/program"
)

// givenAway is true when all that can be given away is on the screen.
const givenAway = `document.querySelector("dialog.share .share-code")?.dataset.ready && document.querySelector(".share-preview").naturalWidth > 0`

// The texts to be copied, in their order.
const (
	theLink     = `document.querySelectorAll(".share-text")[0].value`
	theHTML     = `document.querySelector("dialog.share [aria-labelledby=share-page] .share-text").value`
	theMarkdown = `document.querySelectorAll("dialog.share [aria-labelledby=share-page] .share-text")[1].value`
)

// TestBrowserShare gives a moment of the stage away in every way there is.
func TestBrowserShare(t *testing.T) {
	t.Parallel()
	script := axe(t)
	p := stage(t, "lang=en&visitors=4&do=3s+crash+1")
	p.eval(script)
	p.fast()
	p.wait(travels + ` && ` + strips + `.every((s) => s.length >= 5)`)
	p.press("2")
	p.wait(`document.documentElement.dataset.mode === "store"`)
	p.still()
	p.settled()
	now := p.number(`document.documentElement.dataset.now`)
	p.eval(`globalThis.had = document.activeElement`)
	p.press("x")
	p.wait(givenAway)
	p.wait(`document.activeElement.ariaLabel === "Copy: Link"`)
	p.accessible("what can be given away", themes())
	p.wait(`/^http:\/\/[^?]+\/\?visitors=4&v=\d+&do=3s\+crash\+1%3B\+[\d.]+s\+set\+mode=store#t=[\d.]+s$/.test(` + theLink + `)`)
	// A server for this computer alone says so, how that is mended, and draws no code.
	p.wait(`document.querySelector(".share-hint.warning").textContent.startsWith("Only this computer can open this link")`)
	p.wait(`[...document.querySelectorAll(".share-text")].some((e) => e.value === "-addr :" + location.port)`)
	p.wait(`document.querySelector(".share-code").dataset.ready === "false"`)

	p.wait(`/^\[!\[[^\]]+\]\(http:\/\/[^)]+\/figure\.svg\?lang=en&at=[\d.]+s&visitors=4[^)]*\)\]\(http:\/\/[^)]+#t=[\d.]+s\)$/.test(` + theMarkdown + `)`)
	p.choose(`dialog.share [name="height"]`, "640")
	p.choose(`dialog.share [name="controls"]`, "all")
	// The frame begins as the run is just now: it stands, at the moment of the link and of the picture.
	const moment = `[theLink, theHTML, theMarkdown].map((text) => /[#&;]t=([\d.]+s)/.exec(text)?.[1])`
	three := strings.NewReplacer("theLink", theLink, "theHTML", theHTML, "theMarkdown", theMarkdown).Replace(moment)
	p.wait(`((all) => new Set(all).size === 1 && all[0] && ` + theMarkdown + `.includes("at=" + all[0]))(` + three + `)`)
	p.wait(`/title="Procession: [^"]+\(visitors=4\)"/.test(` + theHTML + `) && /^\[!\[Procession: .+\(visitors=4\)\]/.test(` + theMarkdown + `)`)
	p.choose(`dialog.share [name="theme"]`, "dark")
	p.wait(theHTML + `.includes("theme=dark") && ` + theMarkdown + `.includes("&theme=dark&")`)
	p.choose(`dialog.share [name="theme"]`, "")
	p.wait(`!` + theHTML + `.includes("theme=") && !` + theMarkdown + `.includes("theme=")`)
	p.choose(`dialog.share [name="begins"]`, "play")
	p.wait(`!` + theHTML + `.includes("play=false")`)
	p.choose(`dialog.share [name="begins"]`, "")
	p.write(`dialog.share [name="headline"]`, "Four at a store")
	p.write(`dialog.share [name="note"]`, "One of the processes has crashed.")
	p.wait(theMarkdown + `.startsWith("[![Four at a store](")`)
	p.wait(`/^<iframe src="http:\/\/[^"]+\/embed\?[^"]+controls=all&amp;play=false&amp;headline=[^"]+" width="100%" height="640" style="border:0" loading="lazy" title="Four at a store" allow="fullscreen"><\/iframe>$/.test(` + theHTML + `)`)
	frame := p.text(`/src="([^"]+)"/.exec(` + theHTML + `)[1].replaceAll("&amp;", "&")`)

	for _, name := range []string{"trace", "perfetto"} {
		answer, err := http.Get(p.text(fmt.Sprintf(`document.querySelector('[data-share=%q]').href`, name)))
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != http.StatusOK || !strings.Contains(answer.Header.Get("Content-Disposition"), "attachment") {
			t.Errorf("%s: got %s and %q, want a download", name, answer.Status, answer.Header.Get("Content-Disposition"))
		}
	}
	for _, kind := range []string{"svg", "png", "csv"} {
		p.click(fmt.Sprintf(`dialog.share [data-share=%q]`, kind))
		p.wait(fmt.Sprintf(`/^procession-store-seed1-[\d.]+s\.%s$/.test(document.documentElement.dataset.saved)`, kind))
		p.wait(`document.querySelector(".share-said").textContent.endsWith("is saved")`)
	}
	p.press(kb.Escape)
	p.wait(`!document.querySelector("dialog[open]") && document.activeElement === globalThis.had`)
	p.quiet()

	// What is given away is what was seen.
	p.do(chromedp.Navigate(frame))
	p.wait(ready + ` && document.documentElement.dataset.mode === "store" && document.querySelectorAll("[data-visitor]").length === 4 && document.documentElement.dataset.playing === "false"`)
	if got := p.number(`document.documentElement.dataset.now`); math.Abs(got-now) > 1 {
		t.Errorf("the frame stands at %.0f µs, want %.0f", got, now)
	}
	p.wait(`document.querySelector(".caption h1").textContent === "Four at a store" && document.querySelector(".caption").textContent.includes("One of the processes has crashed.")`)
	p.quiet()
}

// TestBrowserShareFilm: the run plays while it is recorded, and stands again.
func TestBrowserShareFilm(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	p := stage(t, "lang=en")
	p.wait(travels + ` && ` + strips + `.every((s) => s.length >= 1)`)
	p.still()
	p.settled()
	p.press("x")
	p.wait(givenAway)
	p.click(`[data-share="film"]`)
	p.wait(`document.documentElement.dataset.playing === "true"`)
	p.wait(`/^procession-local-seed1-[\d.]+s\.(mp4|webm)$/.test(document.documentElement.dataset.saved)`)
	p.wait(rested)
	// A GIF is one that others read, too: it moves, and lasts as long.
	p.eval(`globalThis.pictures = new Promise((resolve) => {
		const { createObjectURL } = URL;
		URL.createObjectURL = (blob) => {
			const reader = new FileReader();
			reader.addEventListener("load", () => resolve(reader.result.split(",")[1]));
			reader.readAsDataURL(blob);
			return createObjectURL(blob);
		};
	})`)
	p.click(`[data-share="gif"]`)
	p.wait(`/^procession-local-seed1-[\d.]+s\.gif$/.test(document.documentElement.dataset.saved)`)
	pictures, err := gif.DecodeAll(base64.NewDecoder(base64.StdEncoding, strings.NewReader(await[string](p, "the GIF", `globalThis.pictures`))))
	if err != nil {
		t.Fatal(err)
	}
	long := 0
	for _, delay := range pictures.Delay {
		long += delay
	}
	if n := len(pictures.Image); n < 3 || long < 495 || long > 505 || pictures.LoopCount != 0 {
		t.Errorf("got %d pictures in %d/100 s, repeated %d times, want several in 5 s, for ever", n, long, pictures.LoopCount)
	}
	p.wait(rested)
	// Stopped in the middle, nothing is saved.
	p.eval(`delete document.documentElement.dataset.saved`)
	p.eval(`(() => { const film = document.querySelector('[data-share="film"]'); film.click(); film.click(); })()`)
	p.wait(`document.querySelector(".share-said").textContent === "Stopped; nothing was saved" && !document.documentElement.dataset.saved`)
	p.quiet()
}

// TestBrowserShareRoom: a server that lets others in says by which address.
func TestBrowserShareRoom(t *testing.T) {
	t.Parallel()
	testenv.Tool(t, chromiums...)
	m := &program.Main{Addr: ":0"}
	if err := m.Run(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(m.Close)
	p := newTab(t, m.URL()+"/?lang=ko")
	p.wait(ready)
	p.press("x")
	p.wait(givenAway)
	others := m.NetworkURL()
	if others == "" { // this computer is in no network
		p.wait(`document.querySelector(".share-hint.warning").textContent.includes("연결된 네트워크가 없는")`)
		return
	}
	p.wait(fmt.Sprintf(`%s.startsWith(%q)`, theLink, others+"/"))
	p.wait(`document.querySelector(".share-code").dataset.ready === "true" && document.querySelector(".share-square img").naturalWidth > 0`)
	p.wait(fmt.Sprintf(`document.querySelector(".share-square img").alt.includes(%q)`, others))
	p.choose(`dialog.share [name="host"]`, m.URL())
	p.wait(fmt.Sprintf(`%s.startsWith(%q) && document.querySelector(".share-hint.warning") && document.querySelector(".share-code").dataset.ready === "false"`, theLink, m.URL()+"/"))
	p.quiet()
}

// TestBrowserShareLesson: a lesson gives its step away, and the stage beside it.
func TestBrowserShareLesson(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	script := axe(t)
	p := readLesson(t, firstLesson+"?lang=en#step-4")
	p.eval(script)
	p.wait(at("step-4"))
	p.press(" ")
	p.wait(`Number(` + framed + `.dataset.now) > 2e6`)
	p.press(" ")
	p.wait(framed + `.dataset.playing === "false"`)
	p.focus(`.lesson-bar [data-share]`)
	p.press(kb.Enter)
	p.wait(givenAway)
	p.accessible("what a lesson gives away", themes())
	p.wait(`/It stops by itself at [\d.]+ s/.test(document.querySelector("dialog.share").textContent)`)
	p.wait(`/\/lessons\/[^?]+\?lang=en#step-4&t=[\d.]+s$/.test(` + theLink + `)`)
	p.wait(`((at) => at && ` + theHTML + `.includes("t=" + at + "&amp;") && ` + theMarkdown + `.includes("at=" + at + "&") && ` + theMarkdown + `.endsWith("#step-4&t=" + at + ")"))(/t=([\d.]+s)$/.exec(` + theLink + `)?.[1])`)
	within := p.text(theLink)
	p.choose(`dialog.share [name="opens"]`, p.text(`document.querySelector('dialog.share [name="opens"]').children[1].value`))
	p.wait(theLink + `.endsWith("?lang=en#step-4")`)
	p.wait(`/^<iframe src="http:\/\/[^"]+\/embed\?/.test(` + theHTML + `)`)
	p.choose(`dialog.share [name="opens"]`, p.text(`document.querySelector('dialog.share [name="opens"]').lastElementChild.value`))
	p.wait(`new URL(` + theLink + `).pathname === "/"`)
	p.click(`dialog.share [data-share="png"]`)
	p.wait(`/^procession-local-seed\d+-.*\.png is saved$/.test(document.querySelector(".share-said").textContent)`)
	p.press(kb.Escape)
	p.wait(`!document.querySelector("dialog") && document.activeElement.matches("[data-share]")`)
	p.quiet()

	// The moment within the step is there again, and stands.
	p.do(chromedp.Navigate("about:blank"), chromedp.Navigate(within))
	p.wait(at("step-4") + ` && ` + framed + `.dataset.ready !== undefined && ` + framed + `.dataset.playing === "false"`)
	p.wait(fmt.Sprintf(`Math.abs(Number(%s.dataset.now) / 1e6 - parseFloat(/t=([\d.]+)s$/.exec(%q)[1])) < 0.001`, framed, within))
	p.quiet()
}
