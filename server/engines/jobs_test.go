package engines

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"procession/internal/testenv"
	"procession/server/program"
)

// The expressions that tests wait for.
const (
	ready  = `document.documentElement.dataset.ready === "true"`
	paused = `document.documentElement.dataset.playing === "false"`
	ground = `getComputedStyle(document.body).backgroundColor`
)

// TestEngines does in each engine what most people come for, on one page after
// the other, as one reader does.
func TestEngines(t *testing.T) {
	testenv.Long(t)
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) {
			t.Parallel()
			d := e.start(t)
			m := &program.Main{Addr: "127.0.0.1:0"}
			if err := m.Run(); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(m.Close)
			for _, job := range []struct {
				name string
				do   func(p *page, site string)
			}{
				{"main job", mainJob},
				{"first lesson", firstLesson},
				{"embed in a strict sandbox", sandboxed},
			} {
				t.Run(job.name, func(t *testing.T) { job.do(&page{t, d}, m.URL()) })
			}
		})
	}
}

// mainJob sees the bug, asks why, and finds the cure.
func mainJob(p *page, site string) {
	p.visit(site + "/?lang=en")
	p.wait(ready)
	p.click("[data-opening-skip]") // a first visit is told the story first
	p.wait(`document.querySelectorAll("[data-visitor]").length === 3 && document.querySelectorAll("[data-worker]").length === 2`)
	p.wait(`document.querySelector(".cell.bad")`)
	p.click(".go .primary")
	p.wait(paused)

	p.click(".cell.bad")
	p.wait(`document.querySelector('[data-sheet="why"]:not([hidden])')?.dataset.about.startsWith("request:") && document.querySelector('[data-sheet="why"]').dataset.told === "true"`)
	p.wait(`[...document.querySelectorAll(".why-line")].some((line) => line.dataset.key === "session.read")`)
	p.press("\ue00c") // Escape
	p.wait(`document.querySelector('[data-sheet="why"]').hidden`)

	p.click(`.segments label[data-value="store"]`)
	p.wait(`document.documentElement.dataset.mode === "store"`)
	p.click(".go .primary")
	p.wait(`document.documentElement.dataset.playing === "true"`)
	p.wait(`[...document.querySelectorAll("[data-visitor]")].every((v) => v.dataset.strip.split(" ").filter(Boolean).length >= 5)`)
}

// firstLesson reads the first two steps of the first lesson, the second by key.
func firstLesson(p *page, site string) {
	const stage = `document.querySelector("procession-lesson").dataset.stage`
	p.visit(site + "/lessons/01-the-random-logout?lang=en")
	at := func(step string) string {
		return fmt.Sprintf(`document.querySelector(".step[data-current]").id === %q && %s && %s !== "opening"`, step, stage, stage)
	}
	p.wait(at("step-1"))
	p.press(right)
	p.wait(at("step-2") + ` && location.hash === "#step-2"`)
	p.wait(`document.querySelector(".stage-frame").contentDocument.querySelector("[data-visitor]")`)
}

// sandboxed shows the stage in a page of another site that trusts it with
// nothing. It is styled there, and it runs.
func sandboxed(p *page, site string) {
	const embed = "/embed?workers=2&lang=en"
	p.visit(site + embed)
	p.wait(ready)
	want := p.text("", ground)
	elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, `<!doctype html><title>Elsewhere</title><iframe sandbox="allow-scripts" src="%s%s" width="800" height="480"></iframe>`, site, embed)
	}))
	defer elsewhere.Close()
	p.visit(elsewhere.URL)
	p.waitIn("iframe", `document.readyState === "complete"`)
	if got := p.text("iframe", ground); got != want || got == "rgba(0, 0, 0, 0)" {
		p.t.Errorf("the ground is %s, want %s, as outside of a sandbox", got, want)
	}
	p.waitIn("iframe", ready+` && Number(document.documentElement.dataset.now) > 1000000 && document.querySelectorAll("[data-visitor]").length === 3`)
}
