package browser

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"procession/internal/testenv"

	"github.com/chromedp/chromedp/kb"
)

func TestBrowserCharts(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	p := stage(t, "do=3s+crash+1")
	p.fast()
	p.wait(strips + `.every((s) => s.length >= 6)`)
	p.press("g")
	p.wait(`document.querySelectorAll('[data-sheet="charts"] [data-chart]').length === 4`)
	p.wait(`document.querySelector('[data-sheet="charts"]').dataset.whole === "true"`)
	p.still()
	p.wait(`document.querySelector('[data-sheet="charts"]').dataset.counted === document.documentElement.dataset.seq`)
	// The bars are those of the picture: what the processes answered.
	p.wait(`document.querySelector('[data-chart="workers"]').dataset.items === "2"`)
	p.focus(`[data-chart="workers"] svg`)
	p.press(kb.Home)
	p.wait(`/^Process 1: \d+ requests/.test(document.querySelector('[data-chart="workers"] .chart-value').textContent)`)
	p.eval(`document.querySelector('[data-chart="latency"] details').open = true`)
	p.wait(`document.querySelectorAll('[data-chart="latency"] tbody tr').length > 0`)
	p.click(`[data-chart="ratio"] .chart-tools button`)
	p.wait(`document.documentElement.dataset.saved === "procession-ratio.svg"`)
	p.click(`[data-chart="ratio"] .chart-tools button + button`)
	p.wait(`document.documentElement.dataset.saved === "procession-ratio.png"`)
	p.press(kb.Escape)
	p.quiet()
}

func TestBrowserExports(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	p := stage(t, "visitors=4&do=3s+crash+1")
	p.fast()
	p.wait(strips + `.every((s) => s.length >= 5)`)
	p.still()
	p.settled()
	p.press("x")
	p.wait(`document.querySelector('[data-popover="exports"]:not([hidden])')`)
	for _, name := range []string{"trace", "perfetto"} {
		answer, err := http.Get(p.text(fmt.Sprintf(`document.querySelector('[data-export=%q]').href`, name)))
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != http.StatusOK || !strings.Contains(answer.Header.Get("Content-Disposition"), "attachment") {
			t.Errorf("%s: got %s and %q, want a download", name, answer.Status, answer.Header.Get("Content-Disposition"))
		}
	}
	for _, kind := range []string{"svg", "png"} {
		p.click(fmt.Sprintf(`[data-export=%q]`, kind))
		p.wait(fmt.Sprintf(`document.documentElement.dataset.saved === "procession.%s"`, kind))
	}
	p.press(kb.Escape)
	p.wait(`document.querySelector('[data-popover="exports"]').hidden`)
	p.goOn()
	p.press("x")
	p.wait(`document.querySelector('[data-popover="exports"]:not([hidden])')`)
	p.click(`[data-export="film"]`)
	p.wait(`document.documentElement.dataset.saved === "procession.webm"`)
	p.quiet()
}
