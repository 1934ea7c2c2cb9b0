package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// patience is how long a test waits for what must come, also on a slow and
// busy machine.
const patience = 60 * time.Second

// required, set in the environment, makes a missing tool a failure.
const required = "PROCESSION_REQUIRE_TOOLS"

// browser is the one Chromium of all tests; each test has a context of its
// own in it, like a person with a fresh profile.
var browser = sync.OnceValues(func() (context.Context, error) {
	found := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			found = cmp.Or(found, p)
		}
	}
	if found == "" {
		return nil, fmt.Errorf("chromium is not installed")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(found),
		chromedp.NoSandbox,
		chromedp.DisableGPU,
		chromedp.Flag("disable-component-update", true),
		chromedp.WindowSize(1280, 800),
	)
	ctx, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, stopBrowser := chromedp.NewContext(ctx)
	closers = append(closers, stopBrowser, stop)
	return ctx, chromedp.Do(ctx)
})

var closers []func()

func closeBrowser() {
	for _, c := range closers {
		c()
	}
}

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
	parent, err := browser()
	if err != nil {
		if os.Getenv(required) == "1" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	p := &tab{t: t}
	ctx, cancel := chromedp.NewContext(parent, chromedp.WithNewBrowserContext(), chromedp.WithListener(p.listen))
	t.Cleanup(cancel)
	p.ctx = ctx
	// The tab lives as long as the context of its first action.
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	p.do(chromedp.Navigate(address))
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("the page is %s", p.text(`location.href + " " + JSON.stringify(document.documentElement.dataset) + " " + document.body.innerText.slice(0, 600)`))
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

// The expressions that tests wait for.
const (
	ready  = `document.documentElement.dataset.ready === "true"`
	paused = `document.documentElement.dataset.playing === "false"`
	// rested says that time stands still, and that all that is known is shown.
	rested = paused + ` && document.documentElement.dataset.rest === "true"`
	// strips are the marks of each visitor, in order.
	strips = `[...document.querySelectorAll("[data-visitor]")].map((v) => v.dataset.strip.split(" ").filter(Boolean))`
	// place is the moment, and the picture at that moment.
	place = `JSON.stringify([document.documentElement.dataset.now, document.documentElement.dataset.seq, ` + strips + `, location.search])`
)

// connection is the expression for a state of the connection.
func connection(state string) string {
	return fmt.Sprintf(`document.documentElement.dataset.connection === %q`, state)
}

// stage opens the stage in a server of its own and waits until it is drawn.
func stage(t *testing.T, query string) *tab {
	t.Helper()
	m := &Main{Addr: "127.0.0.1:0"}
	if err := m.Run(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(m.Close)
	p := newTab(t, m.URL()+"/?"+query)
	p.wait(ready)
	return p
}

// fast plays at the highest speed.
func (p *tab) fast() {
	p.t.Helper()
	for range 3 {
		p.press("+")
	}
	p.wait(`document.querySelector(".speed").textContent === "8×"`)
}

// still pauses, and waits until the page shows where. The focus may be on a
// button, where the space bar means something else.
func (p *tab) still() {
	p.t.Helper()
	p.eval(`document.activeElement.blur()`)
	p.press(" ")
	p.wait(rested)
}

// goOn plays again.
func (p *tab) goOn() {
	p.t.Helper()
	p.eval(`document.activeElement.blur()`)
	p.press(" ")
	p.wait(`document.documentElement.dataset.playing === "true"`)
}

// settled gives the place of a paused page that has shown all that it knows.
func (p *tab) settled() string {
	p.t.Helper()
	return p.steady(place)
}

// steady gives the value of a JavaScript expression on a page that rests: it is
// the same in so many looks, one after the other, since what loads or is
// measured later may still change it.
func (p *tab) steady(expression string) string {
	p.t.Helper()
	p.eval(`globalThis.settling = undefined`)
	return await[string](p, "rest at "+expression, `((at) => {
		const same = globalThis.settling?.at === at ? globalThis.settling.same + 1 : 0;
		globalThis.settling = { at, same };
		return same > 10 && `+rested+` ? at : undefined;
	})(`+expression+`)`)
}

// step presses a key that takes a paused page further by a milestone, and waits
// until it stands there.
func (p *tab) step(key string) {
	p.t.Helper()
	before := p.text(`document.documentElement.dataset.seq`)
	p.press(key)
	p.wait(fmt.Sprintf(`Number(document.documentElement.dataset.seq) > %s && %s`, before, rested))
}

func TestBrowserAliveWithoutAClick(t *testing.T) {
	t.Parallel()
	p := stage(t, "")
	p.wait(`document.querySelectorAll("[data-visitor]").length === 3 && document.querySelectorAll("[data-worker]").length === 2`)
	// Everybody is in by turns and out by turns: that is the bug.
	p.wait(strips + `.every((s) => s.filter((m) => m === "+").length >= 2 && s.filter((m) => m === "-").length >= 2)`)
	var got [][]string
	if err := json.Unmarshal([]byte(p.text(`JSON.stringify(`+strips+`)`)), &got); err != nil {
		t.Fatal(err)
	}
	for i, strip := range got {
		if strip[0] != "L*" {
			t.Errorf("visitor %d: got %v, want a login first", i, strip)
		}
		for j := 2; j < len(strip); j++ {
			if strip[j] == strip[j-1] {
				t.Errorf("visitor %d: got %v, want in and out by turns", i, strip)
				break
			}
		}
	}
	p.wait(`document.querySelector("[data-sentence]").textContent.trim() !== ""`)
	p.quiet()
}

func TestBrowserModesThatRemember(t *testing.T) {
	t.Parallel()
	for _, mode := range []string{"store", "threads"} {
		t.Run(mode, func(t *testing.T) {
			p := stage(t, "mode="+mode)
			p.fast()
			p.wait(strips + `.every((s) => s.length >= 8)`)
			if got := p.text(strips + `.flat().filter((m) => m === "-").length`); got != "0" {
				t.Errorf("got %s random logouts, want none", got)
			}
			p.quiet()
		})
	}
}

func TestBrowserSwitchesMode(t *testing.T) {
	t.Parallel()
	p := stage(t, "")
	p.fast()
	for _, to := range []struct{ key, mode string }{{"2", "store"}, {"3", "threads"}, {"1", "local"}} {
		p.press(to.key)
		p.wait(fmt.Sprintf(`document.documentElement.dataset.mode === %q && decodeURIComponent(location.search).includes("set+mode=%s")`, to.mode, to.mode))
	}
	p.quiet()
}

func TestBrowserCrash(t *testing.T) {
	t.Parallel()
	p := stage(t, "")
	p.wait(strips + `.every((s) => s.length >= 1)`)
	p.still() // a dead process is soon another one
	p.click(`[data-worker="1"] button`)
	p.click(`[data-do="crash 1"]`)
	p.wait(`document.querySelector('[data-worker="1"]').dataset.state === "down"`)
	p.wait(`location.search.includes("do=") && location.search.includes("crash+1")`)
	p.goOn()
	p.wait(`document.querySelector('[data-worker="1"]').dataset.state === "up"`)
	p.quiet()
}

func TestBrowserStoreDown(t *testing.T) {
	t.Parallel()
	p := stage(t, "mode=store")
	p.wait(strips + `.every((s) => s.length >= 1)`)
	p.wait(`document.querySelector("[data-store-state]").dataset.storeState === "up"`)
	p.click(`label[data-value="down"]`)
	p.wait(`document.querySelector("[data-store-state]").dataset.storeState === "down"`)
	p.fast()
	p.wait(strips + `.some((s) => s.includes("5"))`)
	p.click(`label[data-value="up"]`)
	p.wait(`document.querySelector("[data-store-state]").dataset.storeState === "up"`)
	p.wait(`location.search.includes("store+down") && location.search.includes("store+up")`)
	p.quiet()
}

func TestBrowserStep(t *testing.T) {
	t.Parallel()
	p := stage(t, "")
	p.still()
	for range 3 {
		p.step(".")
	}
	// The first three milestones are that somebody is logged in.
	p.wait(strips + `.every((s) => s[0] === "L*")`)
	p.quiet()
}

func TestBrowserReloadGoesOn(t *testing.T) {
	t.Parallel()
	p := stage(t, "workers=3")
	p.wait(strips + `.every((s) => s.length >= 2)`)
	p.still()
	before := p.settled()
	p.do(chromedp.Reload())
	p.wait(ready)
	if after := p.settled(); after != before {
		t.Errorf("after the reload: got %s, want %s", after, before)
	}
	p.quiet()
}

func TestBrowserResumesOnAnotherServer(t *testing.T) {
	t.Parallel()
	first := start(t, "-addr", "127.0.0.1:0")
	p := newTab(t, first.url)
	p.wait(ready)
	p.wait(strips + `.every((s) => s.length >= 1)`)
	p.click(`[data-worker="2"] button`)
	p.click(`[data-do="crash 2"]`)
	p.wait(`location.search.includes("crash+2")`)
	p.wait(strips + `.every((s) => s.length >= 2)`)
	p.still()
	before := p.settled()

	first.kill()
	p.wait(connection("lost"))
	start(t, "-addr", "127.0.0.1:"+first.port())
	p.wait(connection("open") + ` && document.documentElement.dataset.epoch === "2"`) // the picture of the other server
	if after := p.settled(); after != before {
		t.Errorf("on another server: got %s, want %s", after, before)
	}
	p.goOn()
	p.wait(strips + `.every((s) => s.length >= 4)`)
	p.quiet()
}

// cable is a connection to a server that can be cut.
type cable struct {
	net.Listener
	mu    sync.Mutex
	conns []net.Conn
}

// plug makes a cable to an address.
func plug(t *testing.T, addr string) *cable {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := &cable{Listener: l}
	t.Cleanup(func() { l.Close(); c.cut() })
	go func() {
		for {
			near, err := l.Accept()
			if err != nil {
				return
			}
			far, err := net.Dial("tcp", addr)
			if err != nil {
				near.Close()
				continue
			}
			c.mu.Lock()
			c.conns = append(c.conns, near, far)
			c.mu.Unlock()
			go io.Copy(near, far)
			go io.Copy(far, near)
		}
	}()
	return c
}

// cut cuts what goes through it now. New connections can be made.
func (c *cable) cut() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, conn := range c.conns {
		conn.Close()
	}
	c.conns = nil
}

func TestBrowserResumesAfterACut(t *testing.T) {
	t.Parallel()
	m := &Main{Addr: "127.0.0.1:0"}
	if err := m.Run(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(m.Close)
	c := plug(t, m.listener.Addr().String())
	p := newTab(t, "http://"+c.Addr().String())
	p.wait(ready)
	for n := range 3 {
		p.wait(fmt.Sprintf("%s.every((s) => s.length >= %d)", strips, 2*n+2))
		p.note("data-connection")
		c.cut()
		p.wait(`globalThis.noted.includes("lost")`) // it may be open again by now
		p.wait(connection("open"))
	}
	p.wait(strips + `.every((s) => s.length >= 8)`)
	if got := p.text(`document.documentElement.dataset.epoch`); got != "1" || m.rooms.Len() != 1 {
		t.Errorf("got epoch %s in %d rooms, want epoch 1 in 1: the same run all the time", got, m.rooms.Len())
	}
	p.quiet()
}

func TestBrowserWebsocketsBlocked(t *testing.T) {
	t.Parallel()
	m := &Main{Addr: "127.0.0.1:0"}
	if err := m.Run(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(m.Close)
	target, err := url.Parse(m.URL())
	if err != nil {
		t.Fatal(err)
	}
	through := httputil.NewSingleHostReverseProxy(target)
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/ws" {
			http.Error(w, "no websockets here", http.StatusForbidden)
			return
		}
		through.ServeHTTP(w, r)
	}))
	t.Cleanup(proxy.Close)
	p := newTab(t, proxy.URL)
	p.wait(connection("blocked"))
	p.wait(`/websocket/i.test(document.body.innerText)`)
}

func TestBrowserBadScenario(t *testing.T) {
	t.Parallel()
	m := &Main{Addr: "127.0.0.1:0"}
	if err := m.Run(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(m.Close)
	p := newTab(t, m.URL()+"/?workers=99")
	p.wait(`document.querySelector('main[data-status="400"]') && document.body.innerText.includes("1 to 16")`)
	p.click("main a")
	p.wait(ready)
	p.quiet()
}

func TestBrowserKeyboardOnly(t *testing.T) {
	t.Parallel()
	p := stage(t, "")
	p.wait(strips + `.every((s) => s.length >= 1)`)
	for range 40 { // to the first visitor; there are fewer stops than that
		p.press(kb.Tab)
		if p.text(`document.activeElement.matches("[data-visitor]")`) == "true" {
			break
		}
	}
	name := p.text(`document.activeElement.dataset.visitor`)
	p.press(kb.Enter)
	p.wait(`document.activeElement.matches('[role="menuitem"]')`)
	p.press(kb.Escape)
	p.wait(fmt.Sprintf(`document.activeElement.matches('[data-visitor="%s"]')`, name))
	p.press(kb.Enter)
	p.wait(`document.activeElement.matches('[role="menuitem"]')`)
	for range 10 {
		if strings.HasPrefix(p.text(`document.activeElement.dataset.do`), "logout ") {
			break
		}
		p.press(kb.ArrowDown)
	}
	p.press(kb.Enter)
	p.wait(fmt.Sprintf(`location.search.includes("logout+%s")`, name))
	p.wait(fmt.Sprintf(`document.activeElement.matches('[data-visitor="%s"]')`, name))
	p.press("?")
	p.wait(`document.querySelector("dialog[open]")`)
	p.press(kb.Escape)
	p.wait(`!document.querySelector("dialog[open]")`)
	p.quiet()
}

func TestBrowserFirstLoadIsLight(t *testing.T) {
	t.Parallel()
	// Bytes over the wire until the first picture stands. What comes after it
	// (time travel, cores, whole crowds) is not waited for.
	const most = 90_000
	p := stage(t, "")
	if got := p.text(`performance.getEntriesByType("resource").filter((e) => !e.name.startsWith(location.origin)).map((e) => e.name)`); got != "" {
		t.Errorf("the page asks others: %s", got)
	}
	got, err := chromedp.Run(p.ctx, chromedp.Evaluate[int](`[...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")].filter((e) => e.startTime < performance.getEntriesByName("ready")[0].startTime).reduce((sum, e) => sum + e.transferSize, 0)`))
	if err != nil {
		t.Fatal(err)
	}
	if got == 0 || got > most {
		t.Errorf("the first load takes %d bytes, want at most %d", got, most)
	}
	t.Logf("the first load takes %d bytes", got)
}

// TestBrowserPhone looks whether the page fits a phone.
func TestBrowserPhone(t *testing.T) {
	t.Parallel()
	p := stage(t, "")
	p.do(chromedp.EmulateViewport(390, 844, chromedp.EmulateScale(2), chromedp.EmulateMobile), chromedp.Reload())
	p.wait(ready)
	p.wait(`document.documentElement.scrollWidth <= innerWidth`)
	p.quiet()
}
