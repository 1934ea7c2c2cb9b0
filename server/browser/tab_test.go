package browser

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"procession/internal/testenv"
)

// patience is how long a test waits for what must come, also on a slow and
// busy machine.
const patience = 60 * time.Second

// unhurried lets a page draw ten pictures a second, which is as many as a slow
// machine draws. Several pages share a core here, and would take all of it for
// movement that nobody sees. A test that waits for pictures of a page where
// little moves may set a shorter gap between them, in ms.
const unhurried = `(() => {
	globalThis.gap = 100;
	const draw = requestAnimationFrame.bind(globalThis);
	globalThis.requestAnimationFrame = (f) => setTimeout(() => draw(f), gap - performance.now() % gap);
})()`

// returning is somebody who was here before, for whom the page does not build
// the picture up first.
const returning = `try { localStorage.setItem("procession-visited", "true") } catch {}`

// tab is a page in a browser.
type tab struct {
	t   *testing.T
	ctx context.Context

	mu       sync.Mutex
	problems []string // what the page complained about
}

// newTab opens an address and waits for its document. The test is skipped
// where there is no Chromium.
func newTab(t *testing.T, address string) *tab {
	t.Helper()
	return newTabOf(t, address, unhurried, returning)
}

// newTabOf opens an address in a page in which scripts run before its own.
func newTabOf(t *testing.T, address string, scripts ...string) *tab {
	t.Helper()
	parent, err := shared.start(testenv.Tool(t, chromiums...))
	if err != nil {
		t.Fatal(err)
	}
	p := &tab{t: t}
	ctx, cancel := chromedp.NewContext(parent, chromedp.WithNewBrowserContext(), chromedp.WithListener(p.listen))
	t.Cleanup(cancel)
	p.ctx = ctx
	// The tab lives as long as the context of its first action.
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	for _, script := range scripts {
		call(p, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script})
	}
	p.do(chromedp.Navigate(address))
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("the page is %s", p.text(`location.href + " " + JSON.stringify(document.documentElement.dataset) + " " + document.body.innerText.slice(0, 600)
				+ "\n… where the focus is on " + document.activeElement?.outerHTML.slice(0, 200)
				+ "\n… and says " + [...document.querySelectorAll(".banner, .refused, [role=alert]")].filter((e) => e.checkVisibility()).map((e) => e.textContent).join(" | ")`))
		}
	})
	return p
}

// listen notes what goes wrong in the page, whatever the test looks at.
func (p *tab) listen(event any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		p.problems = append(p.problems, exception(e.ExceptionDetails))
	case *log.EventEntryAdded:
		// A failed request is a matter of the test: servers are killed here.
		if e.Entry.Level == log.EntryLevelError && e.Entry.Source != log.EntrySourceNetwork && !strings.Contains(e.Entry.Text, "WebSocket") {
			p.problems = append(p.problems, e.Entry.Text)
		}
	}
}

func exception(e *runtime.ExceptionDetails) string {
	if e.Exception != nil && e.Exception.Description != "" {
		return e.Exception.Description
	}
	return e.Text
}

// quiet fails the test when the page complained.
func (p *tab) quiet() {
	p.t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, problem := range p.problems {
		p.t.Errorf("the page complains: %s", problem)
	}
}

func (p *tab) do(actions ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		p.t.Fatal(err)
	}
}

// wait waits until a JavaScript expression is true. One that throws is not:
// what it looks at may still have to come.
func (p *tab) wait(expression string) {
	p.t.Helper()
	await[bool](p, expression, fmt.Sprintf(`(() => { try { return Boolean(%s); } catch { return false; } })()`, expression))
}

// await gives the first value of a JavaScript expression that is true. It
// follows to another page: a wait that the old one took with it begins anew.
func await[T any](p *tab, what, expression string) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	// An interval in the page, since the page's policy forbids the eval that
	// chromedp.Poll needs.
	script := fmt.Sprintf(`new Promise((resolve) => {
		const look = () => {
			const value = %s;
			if (value) { clearInterval(timer); resolve(value); }
		};
		const timer = setInterval(look, 20);
		look();
	})`, expression)
	for {
		value, err := chromedp.Run(ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
		switch {
		case err == nil:
			return value
		case ctx.Err() != nil || !gone(err):
			p.t.Fatalf("waiting for %s: %v", what, err)
		}
	}
}

// gone says whether an error means that the page went away under a question.
func gone(err error) bool {
	for _, words := range []string{"navigated or closed", "context was destroyed", "Cannot find context", "Promise was collected"} {
		if strings.Contains(err.Error(), words) {
			return true
		}
	}
	return false
}

// text gives the value of a JavaScript expression as a text.
func (p *tab) text(expression string) string {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	s, err := chromedp.Run(ctx, chromedp.Evaluate[string]("String("+expression+")"))
	if err != nil {
		p.t.Errorf("%s: %v", expression, err)
	}
	return s
}

// press presses a key.
func (p *tab) press(key string) {
	p.t.Helper()
	p.do(chromedp.KeyEvent(key))
}

// click clicks into the middle of the first element that a selector finds, as
// a person does: when it can be seen, can be used, nothing lies over it, and it
// stands still.
func (p *tab) click(selector string) {
	p.t.Helper()
	at := await[[2]float64](p, "a click on "+selector, fmt.Sprintf(`((e) => {
		if (!e?.checkVisibility({ visibilityProperty: true }) || e.matches(":disabled")) return undefined;
		e.scrollIntoViewIfNeeded();
		const { left, top, width, height } = e.getBoundingClientRect();
		const [x, y] = [left + width / 2, top + height / 2];
		const over = width && height && document.elementFromPoint(x, y);
		const place = over && e.contains(over) ? [left, top, width, height].join() : "";
		const { standing } = globalThis;
		globalThis.standing = { e, place, looks: place && standing?.e === e && standing.place === place ? standing.looks + 1 : 0 };
		return globalThis.standing.looks >= 5 ? [x, y] : undefined;
	})(document.querySelector(%q))`, selector))
	p.eval(`globalThis.standing = undefined`)
	p.do(chromedp.MouseClickXY(at[0], at[1]))
}

// eval executes JavaScript.
func (p *tab) eval(script string) {
	p.t.Helper()
	p.do(chromedp.Evaluate[chromedp.Void](script))
}

// focus puts the focus on the first element that a selector finds.
func (p *tab) focus(selector string) {
	p.t.Helper()
	p.wait(fmt.Sprintf(`document.querySelector(%q)`, selector))
	p.eval(fmt.Sprintf(`document.querySelector(%q).focus()`, selector))
}

// write writes into a field what stands there then alone, as with the keyboard.
func (p *tab) write(selector, text string) {
	p.t.Helper()
	p.focus(selector)
	p.eval(`document.activeElement.select()`)
	call(p, input.InsertText, input.InsertTextParams{Text: text})
}

// choose chooses from a list.
func (p *tab) choose(selector, value string) {
	p.t.Helper()
	p.focus(selector)
	// In one go: between two the page could show again what was chosen before.
	p.eval(fmt.Sprintf(`((list) => { list.value = %q; list.dispatchEvent(new Event("change")); })(document.activeElement)`, value))
}

// note begins to note the values of an attribute of the document, so that
// none is missed, however short.
func (p *tab) note(attribute string) {
	p.t.Helper()
	p.eval(fmt.Sprintf(`((root) => {
		globalThis.noted = [];
		globalThis.noting?.disconnect();
		globalThis.noting = new MutationObserver(() => globalThis.noted.push(root.getAttribute(%[1]q)));
		globalThis.noting.observe(root, { attributeFilter: [%[1]q] });
	})(document.documentElement)`, attribute))
}

// call gives the browser a command of its protocol.
func call[P, R any](p *tab, command cdp.Command[P, R], params P) {
	p.t.Helper()
	if _, err := chromedp.Call(p.ctx, command, params); err != nil {
		p.t.Fatal(err)
	}
}

// number gives the value of a JavaScript expression as a number.
func (p *tab) number(expression string) float64 {
	p.t.Helper()
	n, err := chromedp.Run(p.ctx, chromedp.Evaluate[float64]("Number("+expression+")"))
	if err != nil {
		p.t.Fatalf("%s: %v", expression, err)
	}
	return n
}
