package browser

import (
	"fmt"
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
	// What stands at an axis is whole.
	if cut := p.text(`[...document.querySelectorAll(".chart-svg")].flatMap((svg) => [...svg.querySelectorAll("text")].filter((t) => {
		const { x, width } = t.getBBox();
		return x < 0 || x + width > svg.viewBox.baseVal.width;
	}).map((t) => t.textContent)).join()`); cut != "" {
		t.Errorf("cut at the edge of a chart: %s", cut)
	}
	for n, kind := range []string{"svg", "png", "csv"} {
		p.click(fmt.Sprintf(`[data-chart="ratio"] .chart-tools button:nth-child(%d)`, n+1))
		p.wait(fmt.Sprintf(`/^procession-local-seed1-[\d.]+s-ratio\.%s$/.test(document.documentElement.dataset.saved)`, kind))
	}
	p.press(kb.Escape)
	p.quiet()
}
