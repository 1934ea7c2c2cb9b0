package browser

import (
	"os"
	"testing"
	"time"

	"procession/internal/testenv"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/heapprofiler"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// soakFor, set in the environment to a duration, makes tests that look for what
// stays behind take longer.
const soakFor = "PROCESSION_SOAK"

// heap gives what the page's objects take, in bytes, when no garbage is left.
func (p *tab) heap() float64 {
	p.t.Helper()
	// Twice: what was held by something that was garbage itself.
	for range 2 {
		call(p, heapprofiler.CollectGarbage, cdp.Empty{})
	}
	usage, err := chromedp.Call(p.ctx, runtime.GetHeapUsage, cdp.Empty{})
	if err != nil {
		p.t.Fatal(err)
	}
	return usage.UsedSize + usage.BackingStorageSize + usage.EmbedderHeapUsedSize
}

// TestBrowserHeapStaysFlat plays at the highest speed and looks whether the page
// keeps what it no longer shows. What it does keep is the run's past, up to a
// limit: some twenty bytes an event, and a picture of the run every 512 events.
// PROCESSION_SOAK makes it thirty minutes of the run.
func TestBrowserHeapStaysFlat(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	warm, end := 60, 5*60
	if s := os.Getenv(soakFor); s != "" {
		if _, err := time.ParseDuration(s); err != nil {
			t.Fatalf("%s: %v", soakFor, err)
		}
		warm, end = 5*60, 35*60
	}
	p := stage(t, "mode=store&workers=4&visitors=6&jitter=50")
	p.fast()
	p.until(warm)
	before, events := p.heap(), p.number(`document.documentElement.dataset.seq`)
	nodes := p.number(`document.querySelectorAll("*").length`)
	for at := warm; at < end; at += 4 * 60 { // as far as a test is patient
		p.until(min(end, at+4*60))
	}
	after := p.heap()
	events = p.number(`document.documentElement.dataset.seq`) - events
	const most = 400.0 // bytes an event: in a short run the pictures weigh more than in thirty minutes, where it is some 30
	t.Logf("%.1f MB after %d s of the run, %.1f MB after %d s: %.1f bytes for each of %.0f events", before/1e6, warm, after/1e6, end, (after-before)/events, events)
	if after-before > most*events {
		t.Errorf("the heap grew from %.0f to %.0f bytes in %.0f events, which is more than %.0f bytes an event", before, after, events, most)
	}
	if now := p.number(`document.querySelectorAll("*").length`); now > nodes+200 {
		t.Errorf("the page grew from %.0f to %.0f elements", nodes, now)
	}
	p.quiet()
}
