package browser

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"procession/internal/testenv"
)

// warned is the expression for what is said of the page from outside of it;
// empty: nothing.
const warned = `[...document.querySelectorAll(".watch p")].filter((p) => p.checkVisibility()).map((p) => p.className).join()`

// without lets requests for these paths fail; none: all get through.
func (p *tab) without(paths ...string) {
	p.t.Helper()
	call(p, network.Enable, network.EnableParams{})
	block := network.SetBlockedURLsParams{}
	for _, path := range paths {
		block.URLPatterns = append(block.URLPatterns, &network.BlockPattern{URLPattern: "*://*:*" + path, Block: true})
	}
	call(p, network.SetBlockedURLs, block)
}

// TestBrowserPartMissing: a page of which a part did not come says so in its
// language, and is whole when it is tried again.
func TestBrowserPartMissing(t *testing.T) {
	t.Parallel()
	m := serveSite(t)
	for _, c := range []struct{ path, missing, whole string }{
		{"/?lang=ko", "/static/js/run/model.js", ready},
		{"/?lang=ko", "/static/lang/ko.json", ready},
		{"/?lang=ko", "/static/css/stage.css", ready},
		{"/embed?lang=ko", "/static/js/embed/embed.js", ready},
		{"/lessons?lang=ko", "/static/js/lesson/progress.js", `document.querySelector(".keep")`},
		{"/lessons/" + firstLesson + "?lang=ko", "/static/js/lesson/predict.js", at("step-1")},
		{"/lessons/" + firstLesson + "?lang=ko", "/static/lang/ko.lesson.json", at("step-1")},
	} {
		t.Run(c.path+" without "+c.missing, func(t *testing.T) {
			t.Parallel()
			p := newTab(t, m.URL()+"/healthz")
			p.without(c.missing)
			p.do(chromedp.Navigate(m.URL() + c.path))
			p.wait(warned + ` === "broken" && /[가-힣]/.test(document.querySelector(".watch .broken").textContent)`)
			p.without()
			p.click(`.watch .again`)
			p.wait(`(` + c.whole + `) && ` + warned + ` === ""`)
		})
	}
}

// TestBrowserPanelMissing: a panel that does not come says so, and the run is
// where it was when the page is loaded anew.
func TestBrowserPanelMissing(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	for _, missing := range []string{"/static/js/panels/code.js", "/static/lang/en.later.json"} {
		t.Run(missing, func(t *testing.T) {
			t.Parallel()
			m := serveSite(t)
			p := newTab(t, m.URL()+"/healthz")
			p.without(missing)
			p.do(chromedp.Navigate(m.URL() + "/?lang=en"))
			p.wait(ready + ` && ` + strips + `.every((s) => s.length >= 1)`)
			p.still()
			p.press("c")
			p.wait(warned + ` === "broken"`)
			before := p.settled()
			p.without()
			p.click(`.watch .again`)
			p.wait(ready + ` && ` + rested + ` && ` + warned + ` === ""`)
			if got := p.settled(); got != before {
				t.Errorf("after it was loaded anew: got %s, want %s", got, before)
			}
			p.press("c")
			p.wait(`!document.querySelector('[data-sheet="code"]').hidden`)
		})
	}
}

// TestBrowserSlowLine: a page that is long on its way says so, and no longer
// when it is there.
func TestBrowserSlowLine(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	to, err := url.Parse(serveSite(t).URL())
	if err != nil {
		t.Fatal(err)
	}
	arrive := make(chan struct{})
	proxy := httputil.NewSingleHostReverseProxy(to)
	slow := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/static/js/run/model.js" {
			select {
			case <-arrive:
			case <-r.Context().Done():
			}
		}
		proxy.ServeHTTP(rw, r)
	}))
	t.Cleanup(slow.Close)
	p := newTab(t, "about:blank")
	p.eval(fmt.Sprintf(`void (location.href = %q)`, slow.URL+"/?lang=en"))
	p.wait(`/Loading the stage/.test(document.querySelector(".loading").innerText)`)
	p.wait(warned + ` === "slow"`)
	close(arrive)
	p.wait(ready + ` && ` + warned + ` === ""`)
	p.quiet()
}

// TestBrowserOld: a browser that is too old is told so, whatever works.
func TestBrowserOld(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	m := serveSite(t)
	p := newTab(t, m.URL()+"/healthz")
	call(p, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: `delete Array.prototype.findLast`})
	p.do(chromedp.Navigate(m.URL() + "/?lang=en"))
	p.wait(ready + ` && ` + warned + ` === "old" && /Safari 15\.4/.test(document.querySelector(".watch .old").textContent)`)
	p.click(`.watch button:last-child`)
	p.wait(warned + ` === ""`)
}
