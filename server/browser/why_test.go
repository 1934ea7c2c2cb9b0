package browser

import (
	"fmt"
	"strings"
	"testing"

	"procession/internal/testenv"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// told is true when a story of a subject that begins so is shown.
func told(subject string) string {
	return fmt.Sprintf(`((sheet) => sheet && !sheet.hidden && sheet.dataset.told === "true" && sheet.dataset.about.startsWith(%q))(document.querySelector('[data-sheet="why"]'))`, subject)
}

// storyKeys are what the lines of the story are about.
const storyKeys = `[...document.querySelectorAll(".why-line")].map((line) => line.dataset.key)`

func TestBrowserWhyOfACross(t *testing.T) {
	t.Parallel()
	p := stage(t, "")
	p.wait(`document.querySelector(".cell.bad") && document.documentElement.dataset.travel === "true"`)
	p.still() // answers move on
	p.click(".cell.bad")
	p.wait(told("request:"))
	keys := p.text(storyKeys)
	for _, want := range []string{"made.own", "request.sent", "route.turn", "session.read", "holds.own.", "request.answered"} {
		if !strings.Contains(keys, want) {
			t.Errorf("the story is %s, want also %s", keys, want)
		}
	}
	if got := p.text(`document.querySelector(".why-so").textContent`); !strings.Contains(got, "unknown to all others") {
		t.Errorf("got %q, want what helps", got)
	}

	// A line goes to its moment and lights what it is about.
	p.click(`.why-line[data-key="session.read"]`)
	p.wait(`document.documentElement.dataset.seq === document.querySelector('.why-line[data-key="session.read"]').dataset.seq && ` + paused)
	p.wait(`document.querySelector("procession-stage").dataset.lit.includes("session:")`)
	p.wait(`getComputedStyle(document.querySelector(".chip.ghost")).outlineStyle === "solid"`)

	// What is told is all there is: nothing is offered, and what leads to a moment looks so.
	p.wait(`!document.querySelector('[data-sheet="why"] .sheet-foot').checkVisibility()`)
	p.wait(`getComputedStyle(document.querySelector(".why-line[data-seq] time")).textDecorationLine === "underline"`)

	// Deeper, and back: the story is as long as before, though an earlier moment is shown.
	length := p.text(`document.querySelectorAll(".why-line").length`)
	p.click(".why-more")
	p.wait(told("request:1") + ` && ` + storyKeys + `.includes("session.saved")`)
	p.click(".why-about button")
	p.wait(told("request:") + ` && ` + storyKeys + `.length === ` + length)

	// Of somebody who goes on there is more to tell a little later, and then not any more.
	p.press("n")
	p.wait(present)
	p.click(`[data-visitor="Ada"]`)
	p.click(`[data-about="visitor:Ada"]`)
	p.wait(told("visitor:Ada"))
	p.press(" ")
	const more = `document.querySelector('[data-sheet="why"] .sheet-foot button')`
	p.wait(more + `.checkVisibility()`)
	p.still()
	p.settled()
	p.click(`[data-sheet="why"] .sheet-foot button`)
	p.wait(told("visitor:Ada") + ` && !` + more + `.checkVisibility()`)

	p.press(kb.Escape)
	p.wait(`document.querySelector('[data-sheet="why"]').hidden && !document.querySelector("procession-stage").dataset.lit`)
	p.quiet()
}

// TestBrowserWhyOpens: what went wrong is in sight when the story opens, with a
// sign where it begins above, and the run waits until it is closed.
func TestBrowserWhyOpens(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int64{{1366, 657}, {1280, 800}, {1024, 664}, {844, 390}, {390, 664}, {360, 640}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			p := stage(t, "")
			p.do(chromedp.EmulateViewport(size[0], size[1]))
			p.wait(travels + ` && document.querySelector(".cell.bad")`)
			p.press("w")
			p.wait(told("request:") + ` && document.documentElement.dataset.rest === "true"`)
			const body = `document.querySelector('[data-sheet="why"] .sheet-body')`
			for _, key := range []string{"session.read", "request.answered"} {
				p.wait(fmt.Sprintf(`((row, body) => row.top >= body.top + 20 && row.bottom <= body.bottom && body.bottom <= innerHeight + 1)(document.querySelector('[data-tone="bad"] [data-key=%q]').getBoundingClientRect(), %s.getBoundingClientRect())`, key, body))
			}
			p.wait(`document.querySelector(".why-top").checkVisibility() === (` + body + `.scrollTop > 3)`)
			p.wait(`((p) => p.scrollHeight <= p.clientHeight + 1)(document.querySelector(".why-so p"))`)
			p.wait(`document.querySelector(".why-waits").checkVisibility()`)

			p.eval(`document.querySelector(".why-top").click()`)
			p.wait(body + `.scrollTop === 0 && !document.querySelector(".why-top").checkVisibility()`)

			// Also where somebody has looked at a moment of it meanwhile.
			p.press(kb.Escape)
			p.wait(`document.querySelector('[data-sheet="why"]').hidden && document.documentElement.dataset.playing === "true"`)
			p.press("w")
			p.wait(told("request:") + ` && document.documentElement.dataset.rest === "true"`)
			p.click(`.why-line[data-key="session.read"]`)
			p.wait(inPast)
			p.press(kb.Escape)
			p.press("n")
			p.wait(present + ` && document.documentElement.dataset.playing === "true"`)

			// Who lets it go on meanwhile has said what they want.
			p.press("w")
			p.wait(told("request:") + ` && document.documentElement.dataset.rest === "true"`)
			p.press(" ")
			p.wait(`document.documentElement.dataset.playing === "true" && !document.querySelector(".why-waits").checkVisibility() && !document.querySelector("procession-stage").dataset.lit`)
			p.press(" ")
			p.wait(`document.documentElement.dataset.rest === "true"`)
			p.press(kb.Escape)
			p.wait(`document.querySelector('[data-sheet="why"]').hidden && document.documentElement.dataset.playing === "false"`)
			p.quiet()
		})
	}
}

func TestBrowserWhyByKeyboard(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	p := stage(t, "")
	p.wait(`document.documentElement.dataset.travel === "true" && ` + strips + `.some((s) => s.includes("-"))`)
	p.press("w")
	p.wait(told("request:"))
	p.press(kb.Escape)
	p.wait(`document.querySelector('[data-sheet="why"]').hidden`)

	// The menu of a visitor has it, too, and the focus goes back to the visitor.
	p.focus(`[data-visitor="Ada"]`)
	p.press(kb.Enter)
	p.wait(`document.activeElement.role === "menuitem"`)
	p.press(kb.End)
	p.wait(`document.activeElement.dataset.about === "visitor:Ada"`)
	p.press(kb.Enter)
	p.wait(told("visitor:Ada") + ` && ` + storyKeys + `.includes("did.login")`)
	p.press(kb.Escape)
	p.wait(`document.activeElement.dataset.visitor === "Ada"`)
	p.quiet()
}

func TestBrowserWhyOfWhatIsSaid(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	p := stage(t, "mode=store&do=3s+store+down")
	p.wait(`document.documentElement.dataset.travel === "true" && ` + strips + `.some((s) => s.includes("5"))`)
	p.still()
	p.wait(`!document.querySelector(".ask").hidden`)
	p.click(".ask")
	p.wait(told(""))
	p.click(`[data-why^="request:"].bad`)
	p.wait(told("request:") + ` && ` + storyKeys + `.some((key) => key.startsWith("client."))`)
	p.quiet()
}

// somebody is at a line of the code.
const somebody = `document.querySelectorAll(".code li[data-at]").length > 0`

// TestBrowserCodeOfHandlers: a handler of an author's own stands in the printed
// app, and its lines light up; in the simulator's code there is one for all.
func TestBrowserCodeOfHandlers(t *testing.T) {
	t.Parallel()
	p := stage(t, "mode=store&visitors=4&think=10ms&script=vote*500&handlers=vote:+read+store+votes,+pause+500ms,+add+1,+write+store+votes")
	p.press("c")
	lit := func(part string) string {
		return `[...document.querySelectorAll(".code li[data-at]")].some((line) => line.textContent.includes("` + part + `"))`
	}
	p.wait(lit("await pause(500)"))
	p.wait(lit("await client.set('votes', String(n))"))
	p.wait(lit("res.json({ n })"))
	p.click(`[data-language="go"]`)
	p.wait(lit("r.own(t, in)"))
	p.quiet()
}

func TestBrowserCode(t *testing.T) {
	t.Parallel()
	p := stage(t, "mode=threads&workers=4&cores=4&visitors=4&lock=none&counter=plain&think=10ms&script=count*500")
	p.press("-") // slowly
	p.press("c")
	// What a course on Node reads comes first, and beside it what really runs.
	p.wait(`document.querySelector('[data-sheet="code"]')?.dataset.file === "app.js"`)
	p.wait(somebody)
	p.click(`[data-language="go"]`)
	p.wait(`document.querySelector('[data-sheet="code"]').dataset.file === "handler.go"`)
	if got := p.text(`document.querySelector(".code").textContent.includes("func (r *request) handle(")`); got != "true" {
		t.Error("got no handler, want the one that runs")
	}
	p.wait(somebody)
	p.wait(`document.querySelector(".code-step.at")`)
	p.wait(`document.querySelectorAll(".code-who [data-req]").length > 1`)

	p.press(kb.Escape)
	p.wait(`document.querySelector('[data-sheet="code"]').hidden`)
	p.quiet()
}

// TestBrowserLivesAreNamed: of whose earlier life the sentence speaks, the stage
// says in which it is.
func TestBrowserLivesAreNamed(t *testing.T) {
	t.Parallel()
	p := stage(t, "")
	p.do(chromedp.EmulateViewport(1366, 657))
	p.wait(`document.querySelector(".cell.bad")`)
	p.press("2")
	p.wait(`((lives) => lives.length === 2 && lives.every((life) => life.textContent === "life 2" && life.checkVisibility()))([...document.querySelectorAll("[data-worker] .life")])`)
	p.quiet()
}
