package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os/exec"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

const (
	frameWarm = 8 * time.Second // until the crowd is in full swing
	frameTime = 8 * time.Second // in which frames are counted
	// longTask is what the web calls a long task: hands that wait notice.
	longTask = 50 // ms
	// pageTimeout is how long a page may take to be there.
	pageTimeout = 60 * time.Second
)

// scene is a page whose frames are counted.
type scene struct {
	name  string
	query string
	keys  string // pressed when the page is there: e shows all parts of it
	drag  bool   // the timeline is dragged to and fro meanwhile
	fps   float64
	// script is the goal for the script of 95 of 100 frames, ms; 0: none.
	script float64
}

var scenes = []scene{
	{name: "three visitors", fps: 55, script: 6},
	{name: "8 processes, 500 in flight", query: "workers=8&cores=8&visitors=500&think=0", fps: 55, script: 6},
	{name: "16 threads, 500 in flight", query: "mode=threads&workers=16&cores=8&visitors=500&think=0", fps: 55, script: 6},
	{name: "the same, the code open", query: "mode=threads&workers=16&cores=8&visitors=500&think=0", keys: "c", fps: 55, script: 6},
	{name: "dragging, 8 processes, 40 visitors", query: "workers=8&cores=8&visitors=40&think=0", keys: "e", drag: true, fps: 55, script: 6},
	{name: "2,000 visitors, 16 processes", query: "visitors=2000&workers=16&cores=16&jitter=50", fps: 55, script: 4},
	{name: "400 visitors, 4 processes, a store", query: "mode=store&visitors=400&workers=4&cores=4&jitter=50", fps: 55, script: 4},
	{name: "a crowd of 1,000", query: "visitors=1000&workers=8&cores=8&jitter=50", fps: 30},
	{name: "a crowd of 2,000", query: "visitors=2000&workers=8&cores=8&jitter=50", fps: 30},
}

// probe counts the frames that the page asks for, and what its script takes in each.
const probe = `(() => {
	try { localStorage.setItem('procession-visited', 'true'); } catch {} // the opening moves little, and waits for its reader
	const real = requestAnimationFrame;
	const seen = { frames: [], long: [] };
	globalThis.seen = seen;
	globalThis.requestAnimationFrame = (f) => real((t) => {
		const begin = performance.now();
		f(t);
		seen.frames.push([begin, performance.now() - begin]);
	});
	new PerformanceObserver((list) => {
		for (const e of list.getEntries()) seen.long.push([e.startTime, e.duration]);
	}).observe({ type: 'longtask' });
})()`

// counted is what the probe has seen from a moment on.
const counted = `JSON.stringify(((from) => {
	const took = (performance.now() - from) / 1000;
	const script = seen.frames.filter(([at]) => at >= from).map(([, ms]) => ms).sort((a, b) => a - b);
	const rank = (p) => script[Math.max(0, Math.ceil(script.length * p) - 1)] ?? 0;
	const long = seen.long.filter(([at]) => at >= from).map(([, ms]) => ms);
	return { fps: script.length / took, p50: rank(0.5), p95: rank(0.95), long: Math.max(0, ...long) };
})(globalThis.from))`

// frames measures the page in a real browser: frames a second, script a frame,
// and the longest task.
func frames(int) (report, error) {
	program, err := exec.LookPath("chromium")
	if err != nil {
		return report{}, fmt.Errorf("frames are counted in Chromium: %w", err)
	}
	s, err := startServer()
	if err != nil {
		return report{}, err
	}
	defer s.stop()
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.WindowSize(1280, 800))
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	defer stop()
	browser, closeBrowser := chromedp.NewContext(allocator)
	defer closeBrowser()
	if err := chromedp.Do(browser); err != nil {
		return report{}, err
	}
	var r report
	for _, sc := range scenes {
		goals, err := sc.measure(browser, s.addr)
		if err != nil {
			return report{}, fmt.Errorf("%s: %w", sc.name, err)
		}
		r.goals = append(r.goals, goals...)
	}
	return r, nil
}

func (sc scene) measure(browser context.Context, addr string) ([]goal, error) {
	tab, done := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	defer done()
	tab, cancel := context.WithTimeout(tab, pageTimeout+frameWarm+frameTime)
	defer cancel()
	if err := chromedp.Do(tab); err != nil {
		return nil, err
	}
	if _, err := chromedp.Call(tab, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: probe}); err != nil {
		return nil, err
	}
	const there = `new Promise((resolve) => {
		const timer = setInterval(() => { if (document.documentElement.dataset.travel === 'true') { clearInterval(timer); resolve(true); } }, 20);
	})`
	if err := chromedp.Do(tab, chromedp.Navigate("http://"+addr+"/?lang=en&"+sc.query)); err != nil {
		return nil, err
	}
	if _, err := chromedp.Run(tab, chromedp.Evaluate[bool](there, chromedp.EvalAwaitPromise)); err != nil {
		return nil, err
	}
	for _, key := range sc.keys {
		if err := chromedp.Do(tab, chromedp.KeyEvent(string(key))); err != nil {
			return nil, err
		}
	}
	time.Sleep(frameWarm)
	if _, err := chromedp.Run(tab, chromedp.Evaluate[float64](`globalThis.from = performance.now()`)); err != nil {
		return nil, err
	}
	end := time.Now().Add(frameTime)
	if sc.drag {
		if err := drag(tab, end); err != nil {
			return nil, err
		}
	}
	time.Sleep(time.Until(end))
	text, err := chromedp.Run(tab, chromedp.Evaluate[string](counted))
	if err != nil {
		return nil, err
	}
	var got struct{ FPS, P50, P95, Long float64 }
	if err := json.Unmarshal([]byte(text), &got); err != nil {
		return nil, err
	}
	goals := []goal{{what: sc.name + ": frames a second", got: got.FPS, least: sc.fps}}
	if sc.script > 0 {
		goals = append(goals, goal{what: sc.name + ": script of 95 of 100 frames", got: got.P95, most: sc.script, unit: " ms"})
	}
	return append(goals, goal{what: sc.name + ": longest task, if over 50 ms", got: got.Long, most: longTask, unit: " ms"}), nil
}

// drag moves along the timeline until a moment, as a hand does.
func drag(tab context.Context, end time.Time) error {
	text, err := chromedp.Run(tab, chromedp.Evaluate[string](`JSON.stringify(((b) => [b.left, b.width, b.top + b.height / 2])(document.querySelector('.track').getBoundingClientRect()))`))
	if err != nil {
		return err
	}
	var box [3]float64
	if err := json.Unmarshal([]byte(text), &box); err != nil {
		return err
	}
	if box[1] == 0 {
		return errors.New("the timeline is not shown, so it cannot be dragged")
	}
	x := func(n int) float64 { return box[0] + box[1]*(0.15+0.12*math.Sin(float64(n)/20)) }
	if err := chromedp.Do(tab, chromedp.MouseEvent(input.DispatchMouseEventTypeMousePressed, x(0), box[2], chromedp.ButtonLeft)); err != nil {
		return err
	}
	for n := 1; time.Now().Before(end); n++ {
		if err := chromedp.Do(tab, chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, x(n), box[2], chromedp.ButtonLeft)); err != nil {
			return err
		}
		time.Sleep(8 * time.Millisecond)
	}
	return chromedp.Do(tab, chromedp.MouseEvent(input.DispatchMouseEventTypeMouseReleased, x(0), box[2], chromedp.ButtonLeft))
}
