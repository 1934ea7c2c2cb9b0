package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"procession/lessons"
)

func TestBrowserCourse(t *testing.T) {
	t.Parallel()
	l := lessonOf(t, "en", firstLesson)
	m := serveSite(t)
	p := newTab(t, m.URL()+"/lessons?lang=en")
	item := fmt.Sprintf(`document.querySelector('.course-item[data-slug=%q]')`, l.Slug)
	p.wait(item + `.dataset.done === ""`)
	p.click(fmt.Sprintf(`.course-item[data-slug=%q] h3 a`, l.Slug))
	p.wait(at("step-1"))
	p.eval(`history.back()`)
	p.wait(fmt.Sprintf(`%s.querySelector(".how-far").textContent.startsWith("1 of %d ")`, item, len(l.Steps)))
	p.click(`.how-far a`)
	p.wait(at("step-2"))
	p.eval(`history.back()`)
	p.wait(item + `.querySelector(".how-far a")`)

	// It can be taken along, and forgotten.
	p.eval(`(() => {
		globalThis.saved = new Promise((resolve) => { URL.createObjectURL = (blob) => { resolve(blob.text()); return "about:blank#"; }; });
		HTMLAnchorElement.prototype.click = () => {};
	})()`)
	p.focus(`[data-progress="save"]`)
	p.press(kb.Enter)
	saved := await[string](p, "the file", `(globalThis.saved.then((text) => { globalThis.file = text; }), globalThis.file)`)
	if !strings.Contains(saved, l.Slug) {
		t.Errorf("the file is %s, want the progress in %s", saved, l.Slug)
	}
	p.focus(`[data-progress="clear"]`)
	p.press(kb.Enter)
	p.wait(item + `.dataset.done === ""`)
	file := filepath.Join(t.TempDir(), "progress.json")
	for _, c := range []struct{ text, there string }{
		{`{"lessons":{}}`, item + `.dataset.done === "" && /no file/.test(document.querySelector(".keep-word").textContent)`},
		{saved, item + `.dataset.done !== ""`},
	} {
		if err := os.WriteFile(file, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		p.do(chromedp.SetUploadFiles(chromedp.CSS(`[data-progress="file"]`), []string{file}))
		p.wait(c.there)
	}
	p.quiet()
}

func TestBrowserCourseSearch(t *testing.T) {
	t.Parallel()
	p := newTab(t, serveSite(t).URL()+"/lessons?lang=en")
	p.wait(`document.querySelector(".keep")`)
	p.write(`.search [type="search"]`, "redis")
	p.wait(`document.querySelectorAll(".results > li").length > 1 && location.search.includes("q=redis")`)
	p.wait(`/redis/.test(document.querySelector("procession-course > [role=status]").textContent)`)
	if got := p.text(`document.activeElement.matches('[type="search"]') && document.querySelectorAll(".found").length`); got != "1" {
		t.Errorf("got %s, want the focus in the field and one list", got)
	}
	p.write(`.search [type="search"]`, "nobody speaks of zeppelins")
	p.wait(`document.querySelector(".found .none")`)
	p.write(`.search [type="search"]`, "redis")
	p.wait(`document.querySelector(".results")`)
	p.eval(`(() => { const field = document.querySelector('[type="search"]'); field.value = ""; field.dispatchEvent(new Event("input")); })()`)
	p.wait(`!document.querySelector(".found")`)
	p.quiet()
}

// TestBrowserShare copies the line of HTML, from a lesson and from the stage,
// and looks whether what it shows is that run.
func TestBrowserShare(t *testing.T) {
	t.Parallel()
	const line = `document.querySelector(".embed-line").value`
	p := readLesson(t, firstLesson+"?lang=en#step-4")
	p.wait(at("step-4"))
	p.focus(`[data-share]`)
	p.press(kb.Enter)
	p.wait(line + ` && document.activeElement.matches("[data-copy]")`)
	p.choose(`.embed-choices .field:first-child select`, "640")
	p.wait(`/height="640"/.test(` + line + `)`)
	p.wait(`((frame) => frame.getAttribute("loading") === "lazy" && frame.title.length > 5 && frame.src.startsWith(location.origin + "/embed?"))(new DOMParser().parseFromString(` + line + `, "text/html").querySelector("iframe"))`)
	p.press(kb.Escape)
	p.wait(`!document.querySelector("dialog") && document.activeElement.matches("[data-share]")`)
	p.quiet()

	p = stage(t, "lang=en&workers=3")
	p.press("2")
	p.wait(`document.documentElement.dataset.mode === "store"`)
	p.still()
	p.settled()
	p.press("x")
	p.wait(`document.querySelector('[data-export="frame"]')?.checkVisibility()`)
	p.focus(`[data-export="frame"]`)
	p.press(kb.Enter)
	p.wait(line)
	p.choose(`.embed-choices .field:last-child select`, "all")
	p.wait(`/controls=all/.test(` + line + `)`)
	address := p.text(`new DOMParser().parseFromString(` + line + `, "text/html").querySelector("iframe").src`)
	now := p.text(`document.documentElement.dataset.now`)
	p.quiet()
	p.do(chromedp.Navigate(address))
	p.wait(ready + ` && document.documentElement.dataset.mode === "store" && document.querySelectorAll("[data-worker]").length === 3 && Number(document.documentElement.dataset.now) >= ` + now)
	p.quiet()
}

// TestBrowserLessonLive writes at a lesson and sees the page follow.
func TestBrowserLessonLive(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "en"), 0o755); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "en", "01-mine.md")
	text := string(lessons.Skeleton("01-mine", "en"))
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	m := &Main{Addr: "127.0.0.1:0", Lessons: dir}
	if err := m.Run(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(m.Close)
	p := newTab(t, m.URL()+"/lessons/01-mine#step-2")
	p.wait(at("step-2"))
	title := p.text(`document.querySelector("#step-2 h2").textContent`)
	if err := os.WriteFile(file, []byte(strings.Replace(text, "## "+title, "## Another title", 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	p.wait(at("step-2") + ` && document.querySelector("#step-2 h2").textContent === "Another title"`)
}
