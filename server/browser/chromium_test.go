package browser

import (
	"cmp"
	"context"
	"fmt"
	"os/exec"
	"sync"

	"github.com/chromedp/chromedp"
)

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
