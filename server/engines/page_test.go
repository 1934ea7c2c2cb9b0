package engines

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"testing"
	"time"
)

const (
	// patience is how long a test waits for what must come, also on a slow and
	// busy machine.
	patience = 60 * time.Second
	// look is how often it looks whether it is there.
	look = 50 * time.Millisecond
)

// page is a page in a browser that is driven.
type page struct {
	t *testing.T
	driver
}

// visit opens an address.
func (p *page) visit(address string) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.t.Context(), patience)
	defer cancel()
	if err := p.open(ctx, address); err != nil {
		p.t.Fatalf("%s: %v", address, err)
	}
}

// wait waits until a JavaScript expression is true. One that throws is not: what
// it looks at may still have to come.
func (p *page) wait(expression string) {
	p.t.Helper()
	p.await("", "Boolean("+expression+")", "true")
}

// waitIn does so in a frame.
func (p *page) waitIn(frame, expression string) {
	p.t.Helper()
	p.await(frame, "Boolean("+expression+")", "true")
}

// await waits until an expression has a value.
func (p *page) await(frame, expression, want string) {
	p.t.Helper()
	p.until(frame, expression, func(got string) bool { return got == want })
}

// until waits until the value of an expression is as it should be, and gives it.
func (p *page) until(frame, expression string, good func(value string) bool) string {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.t.Context(), patience)
	defer cancel()
	tick := time.NewTicker(look)
	defer tick.Stop()
	var got string
	var err error
	for {
		if got, err = p.evaluate(ctx, frame, expression); err == nil && good(got) {
			return got
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			is, _ := p.evaluate(p.t.Context(), "", `location.href + " " + JSON.stringify(document.documentElement.dataset) + " " + document.body.innerText.slice(0, 600)`)
			p.t.Fatalf("waiting for %s: got %q, %v; the page is %s", expression, got, err, is)
		}
	}
}

// text gives the value of a JavaScript expression as a text.
func (p *page) text(frame, expression string) string {
	p.t.Helper()
	return p.until(frame, expression, func(string) bool { return true })
}

// click clicks into the middle of the first element that a selector finds, as a
// person does: when it can be used, nothing lies over it, and it stands still.
func (p *page) click(selector string) {
	p.t.Helper()
	before := ""
	place := p.until("", fmt.Sprintf(`((e) => {
		if (!e || e.matches(":disabled")) return "";
		e.scrollIntoView({ block: "nearest" });
		const { left, top, width, height } = e.getBoundingClientRect();
		const [x, y] = [left + width / 2, top + height / 2];
		return width && height && e.contains(document.elementFromPoint(x, y)) ? JSON.stringify([x, y]) : "";
	})(document.querySelector(%q))`, selector), func(place string) bool {
		stands := place != "" && place == before
		before = place
		return stands
	})
	var at [2]float64
	if err := json.Unmarshal([]byte(place), &at); err != nil {
		p.t.Fatal(err)
	}
	p.do(clickAt(int(math.Round(at[0])), int(math.Round(at[1]))))
}

// press presses a key.
func (p *page) press(key string) {
	p.t.Helper()
	p.do(stroke(key))
}

func (p *page) do(sources []source) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.t.Context(), patience)
	defer cancel()
	if err := p.act(ctx, sources); err != nil {
		p.t.Fatal(err)
	}
}
