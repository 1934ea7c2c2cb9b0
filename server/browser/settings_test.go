package browser

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"procession/internal/testenv"
	"procession/sim/scenario"
)

// The expressions of the panels that tests wait for.
const (
	settingsOpen = `document.querySelector('[data-sheet="settings"][data-built]:not([hidden])')`
	focused      = `document.activeElement.matches`
)

// value is the expression for the value that a row of the settings shows.
func value(key string) string {
	return fmt.Sprintf(`document.querySelector('[data-key="%s"]').dataset.value`, key)
}

func TestBrowserSettings(t *testing.T) {
	t.Parallel()
	p := stage(t, "")
	p.press("s")
	p.wait(settingsOpen)
	// Every key of the grammar is there, but what was done and the version.
	p.wait(fmt.Sprintf(`document.querySelectorAll("[data-key]").length === %d`, len(scenario.Keys())-2))
	if got := p.text(`document.querySelectorAll('[data-key="do"], [data-key="v"]').length`); got != "0" {
		t.Errorf("got %s rows for what cannot be set, want none", got)
	}

	// A live key is a command, and the way back is offered.
	p.click(`[data-group="threads"] summary`)
	p.wait(value("lock") + ` === "mutex"`)
	p.click(`[data-key="lock"] label:last-child`)
	p.wait(`location.search.includes("set+lock=none") && ` + value("lock") + ` === "none"`)
	p.wait(`document.querySelector('[data-key="lock"]').hasAttribute("data-changed")`)
	p.click(`[data-key="lock"] .other button`) // also while the stage does not show the change yet
	p.wait(`location.search.includes("set+lock=mutex") && ` + value("lock") + ` === "mutex"`)

	// What is wrong is said where it was written.
	p.write(`[data-key="jitter"] input`, "lots")
	p.press(kb.Enter)
	p.wait(`/jitter.*0 to 100/.test(document.querySelector('[data-key="jitter"] .refused').innerText)`)

	// Escape closes, and the page has its keys again.
	p.press(kb.Escape)
	p.wait(`document.querySelector('[data-sheet="settings"]').hidden`)
	p.quiet()
}

func TestBrowserSettingsOfANewRun(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	p := stage(t, "workers=3")
	p.press("4")
	p.wait(`document.documentElement.dataset.mode === "cookie"`)
	p.press("s")
	p.wait(settingsOpen)
	set := func(v string) {
		p.write(`[data-key="visitors"] input`, v)
		p.press(kb.Enter)
		p.wait(`!document.querySelector('[data-sheet="settings"] .sheet-foot').hidden`)
		p.click("[data-begin]")
	}
	// The server says what is wrong before anything is lost.
	set("3000")
	p.wait(`/visitors/.test(document.querySelector('[data-sheet="settings"] .sheet-foot .refused').innerText)`)
	// The new run has the present set-up, and the drawer stays open.
	set("Zoe,Yan")
	p.wait(`document.querySelector('[data-visitor="Zoe"]') && ` + ready + ` && ` + settingsOpen)
	p.wait(`location.search.includes("mode=cookie") && location.search.includes("workers=3") && !location.search.includes("do=")`)
	p.wait(`document.documentElement.dataset.mode === "cookie" && document.querySelectorAll("[data-worker]").length === 3`)
	p.quiet()
}

func TestBrowserTruth(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	p := stage(t, "")
	p.press("i")
	p.wait(`document.querySelector('[data-sheet="truth"][data-built]:not([hidden])')`)
	p.wait(`document.querySelectorAll('[data-sheet="truth"] tbody tr').length >= 15 && document.querySelectorAll(".left-out li").length >= 10`)
	p.wait(`document.querySelector('[data-sheet="truth"]').innerText.includes("× 7 000")`)
	p.press(kb.Escape)
	p.wait(`document.querySelector('[data-sheet="truth"]').hidden`)
	p.quiet()
}

func TestBrowserVisitorsComeAndGo(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	p := stage(t, "")
	p.focus(`[data-visitor="Linus"]`)
	p.press("a")
	p.wait(focused + `("#join-visitor")`)
	if got := p.text(`document.querySelector("#join-visitor").value`); got != "Alan" {
		t.Errorf("got %q suggested, want Alan", got)
	}
	p.press(kb.Enter)
	p.wait(`document.querySelector('[data-visitor="Alan"]')`)
	p.write("#join-visitor", "Ada")
	p.wait(`document.querySelector("[data-join]").disabled && document.querySelector("#join-fault").innerText !== ""`)
	p.press(kb.Escape)
	p.wait(`document.querySelector('[data-popover="people"]').hidden && ` + focused + `('[data-visitor="Linus"]')`)

	// A transfer needs threads; why not is said.
	p.click(`[data-visitor="Alan"] .disc`)
	p.wait(`document.querySelector('[data-do="transfer Alan"][aria-disabled="true"]')`)
	p.click(`[role="menuitem"][data-more]`)
	p.click(`[data-do="transfer Alan"]`) // does nothing
	p.click(`[data-do="leave Alan"]`)
	p.wait(`!document.querySelector('[data-visitor="Alan"]') && location.search.includes("leave+Alan")`)

	p.still() // processes that end are soon others
	p.press("p")
	p.wait(focused + `('[data-do="reload"]')`)
	p.click(`[data-do="restart"]`)
	p.wait(`document.querySelector('[data-worker="1"]').dataset.state !== "up"`) // the next one has its turn later
	p.quiet()
}

func TestBrowserKeepsTheFocusWhenOthersCome(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	p := stage(t, "")
	p.focus(`[data-visitor="Grace"]`)
	p.eval(`document.querySelector("procession-app").dispatchEvent(new CustomEvent("order", { detail: { do: "join Zoe" } }))`)
	p.wait(`document.querySelector('[data-visitor="Zoe"]')`)
	p.eval(`document.querySelector("procession-app").dispatchEvent(new CustomEvent("order", { detail: { do: "leave Ada" } }))`)
	p.wait(`!document.querySelector('[data-visitor="Ada"]')`)
	if got := p.text(`document.activeElement.dataset.visitor`); got != "Grace" {
		t.Errorf("got the focus on %s, want it where it was", got)
	}
	p.quiet()
}

func TestBrowserPicksOneOfACrowd(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	p := stage(t, "visitors=60&traffic=none")
	p.wait(`document.querySelector('.crowd [data-panel="people"]')`)
	p.click(`.crowd [data-panel="people"]`)
	p.wait(focused + `("#find-visitor")`)
	p.write("#find-visitor", "grac")
	p.wait(`document.querySelectorAll("[data-pick]").length === 1`)
	p.click(`[data-pick="Grace"]`)
	p.wait(`document.querySelector('[data-do="login Grace"]')`)
	p.click(`[data-do="login Grace"]`)
	p.wait(`location.search.includes("login+Grace")`)
	p.quiet()
}

func TestBrowserDrawsTheMachine(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	// One core and three who want it all the time.
	p := stage(t, "mode=threads&workers=3&cores=1&script=login,report*100")
	p.wait(`document.querySelector(".machine [data-core]")`)
	p.press("m")
	p.wait(`document.querySelector(".machine").hasAttribute("data-open")`)
	p.wait(`document.querySelector('.machine [data-core][data-on^="1:"]') && document.querySelector('[data-thread][data-doing="runs"]')`)
	p.wait(`Number(document.querySelector(".ready-word").dataset.ready) > 0 && document.querySelector('[data-thread][data-doing="ready"]')`)
	p.quiet()
}

func TestBrowserDrawsADeadlock(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	p := stage(t, "mode=threads&workers=3&lock-order=opposite&script=login,transfer*20")
	p.wait(`document.querySelector('[data-lock="checking"][data-holder]') && document.querySelector("[data-deadlock]")`)
	p.wait(`document.querySelector("[data-note]").dataset.note === "deadlock"`)
	p.quiet()
}

func TestBrowserDrawsWebsockets(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	p := stage(t, "script=login,chat*20")
	p.fast()
	p.wait(`[...document.querySelectorAll("[data-visitor]")].every((v) => Number(v.dataset.socket) > 0)`)
	p.wait(`document.querySelector("[data-note]").dataset.note === "chat"`)
	p.wait(`[...document.querySelectorAll("[data-holds]")].some((w) => Number(w.dataset.holds) > 0)`)
	// Letters fly, and nothing of a crowd is drawn where there is none.
	p.wait(`[...document.querySelectorAll(".who .plug")].some((plug) => Number(/heard\s(\d+)/.exec(plug.textContent)?.[1]) > 2)`)
	if bands := p.number(`document.querySelectorAll(".flows path").length`); bands > 0 {
		t.Errorf("%v bands of a crowd are drawn for three visitors", bands)
	}
	p.quiet()
}

// TestBrowserPlantsAndShutsDown: a visitor's cookie is planted on somebody by
// the menu, and the store is shut down by its own; why not is said.
func TestBrowserPlantsAndShutsDown(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	p := stage(t, "mode=store&traffic=none&visitors=Ada,Eve&do=0s login Ada")
	p.wait(`document.querySelector('[data-visitor="Ada"] .cookie').textContent.includes("a8be")`)
	p.click(`[data-visitor="Eve"] .disc`)
	p.wait(`document.querySelector('[data-do="plant Eve"][aria-disabled="true"]')`)
	p.press(kb.Escape)
	p.click(`[data-visitor="Ada"] .disc`)
	p.click(`[role="menuitem"][data-more]`)
	p.click(`[data-do="plant Ada"]`)
	p.wait(focused + `('[data-do="plant Ada on Eve"]')`)
	p.press(kb.Enter)
	p.wait(`location.search.includes("plant+Ada+on+Eve") && ` + focused + `('[data-visitor="Ada"]')`)
	p.click(`.store .head`)
	p.wait(`document.querySelector('[data-do="store up"][aria-disabled="true"]')`)
	p.click(`[data-do="store shutdown"]`)
	p.wait(`document.querySelector('.store[data-store-state="down"]') && location.search.includes("store+shutdown") && ` + focused + `(".store .head")`)
	p.quiet()
}

func TestBrowserShowsADatabase(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	p := stage(t, "mode=store&store-kind=database")
	p.wait(`document.querySelector('.store[data-kind="database"]')`)
	p.wait(`document.querySelector(".store .chip:not(.ghost)")`)
	p.everything()
	p.click(`label[data-value="down"]`)
	p.wait(`document.querySelector('.store[data-store-state="down"]')`)
	// It is durable: what it holds is still there.
	p.wait(`document.querySelector(".store .chip:not(.ghost)")`)
	p.quiet()
}

func TestBrowserShowsTheSessionInACookie(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	p := stage(t, "mode=cookie&script=login,cart*2,visit*20")
	p.wait(`[...document.querySelectorAll("[data-visitor]")].every((v) => v.querySelector(".cookie.carried")?.innerText.includes(v.dataset.visitor + " +2"))`)
	// Nothing of it is on the servers.
	if got := p.text(`document.querySelectorAll("[data-worker] .chip").length`); got != "0" {
		t.Errorf("got %s sessions in the processes, want none", got)
	}
	p.quiet()
}
