package browser

import (
	"context"
	"strings"
	"sync"

	"github.com/chromedp/chromedp"
)

// chromiums are the names under which it is installed. The headless shell is the
// same browser without its own window, tabs and bars: a test costs it three
// quarters of the processor time (44 to 46 s against 57 to 61 for the same 25).
var chromiums = []string{"chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"}

// unwanted are the features of Chromium that cost a test more than its page does.
// Each window, and so each test, would load the suggestions of an address bar
// that nobody sees; those are pages, too. A version that lacks one ignores its name.
var unwanted = []string{"Translate", "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup", "SpareRendererForSitePerProcess"}

// chromium is a browser that is started when it is first asked for.
type chromium struct {
	once    sync.Once
	ctx     context.Context
	err     error
	closers []func()
}

// shared is the one Chromium of all tests; each test has a context of its own
// in it, like a person with a fresh profile.
var shared chromium

// start starts the program at a path, once, and gives the context of the browser.
func (c *chromium) start(path string) (context.Context, error) {
	c.once.Do(func() {
		options := append(chromedp.DefaultExecAllocatorOptions[:],
			chromedp.ExecPath(path),
			chromedp.NoSandbox,
			chromedp.DisableGPU,
			chromedp.Flag("disable-component-update", true),
			chromedp.Flag("disable-features", strings.Join(unwanted, ",")),
			chromedp.WindowSize(1280, 800),
		)
		ctx, stop := chromedp.NewExecAllocator(context.Background(), options...)
		ctx, stopBrowser := chromedp.NewContext(ctx)
		c.closers = append(c.closers, stopBrowser, stop)
		c.ctx, c.err = ctx, chromedp.Do(ctx)
	})
	return c.ctx, c.err
}

// close ends it, if it was started.
func (c *chromium) close() {
	for _, f := range c.closers {
		f()
	}
}
