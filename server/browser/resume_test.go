package browser

import (
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"testing"

	"procession/internal/testenv"

	"github.com/chromedp/chromedp"
)

// connection is the expression for a state of the connection.
func connection(state string) string {
	return fmt.Sprintf(`document.documentElement.dataset.connection === %q`, state)
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
	first := start(t, "127.0.0.1:0")
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
	start(t, "127.0.0.1:"+first.port())
	p.wait(connection("open") + ` && document.documentElement.dataset.epoch === "2"`) // the picture of the other server
	if after := p.settled(); after != before {
		t.Errorf("on another server: got %s, want %s", after, before)
	}
	p.goOn()
	p.wait(strips + `.every((s) => s.length >= 4)`)
	p.quiet()
}

// room is the room that the page would come back to after a reload.
const room = `Object.values(sessionStorage).map((place) => JSON.parse(place).room).join()`

// cable is a connection to a server that can be cut, or stop without being cut.
type cable struct {
	net.Listener
	mu    sync.Mutex
	conns []net.Conn

	valve sync.RWMutex // while it is locked nothing goes through
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
			go io.Copy(through{near, &c.valve}, far)
			go io.Copy(through{far, &c.valve}, near)
		}
	}()
	return c
}

// through is the end of a cable to which something goes.
type through struct {
	to    io.Writer
	valve *sync.RWMutex
}

func (t through) Write(data []byte) (int, error) {
	t.valve.RLock()
	defer t.valve.RUnlock()
	return t.to.Write(data)
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
	testenv.Long(t)
	m := serveSite(t)
	c := plug(t, strings.TrimPrefix(m.URL(), "http://"))
	p := newTab(t, "http://"+c.Addr().String())
	p.wait(ready + ` && ` + room)
	first := p.text(room)
	for n := range 3 {
		p.wait(fmt.Sprintf("%s.every((s) => s.length >= %d)", strips, 2*n+2))
		p.note("data-connection")
		c.cut()
		p.wait(`globalThis.noted.includes("lost")`) // it may be open again by now
		p.wait(connection("open"))
	}
	p.wait(strips + `.every((s) => s.length >= 8)`)
	if got := p.text(`document.documentElement.dataset.epoch`); got != "1" {
		t.Errorf("got epoch %s, want 1: the same run all the time", got)
	}
	if got := p.text(room); got != first {
		t.Errorf("got room %s, want %s: the same one all the time", got, first)
	}
	p.quiet()
}

// banner is the sentence about the connection; empty while there is none.
const banner = `(document.querySelector(".banner:not([hidden], .problem)")?.textContent ?? "")`

// TestBrowserSilence: where the line stops without being cut, so does the clock,
// and the page says why. When it goes on soon, so does everything.
func TestBrowserSilence(t *testing.T) {
	t.Parallel()
	m := serveSite(t)
	c := plug(t, strings.TrimPrefix(m.URL(), "http://"))
	p := newTab(t, "http://"+c.Addr().String()+"/?lang=en")
	p.wait(ready)
	p.wait(strips + `.every((s) => s.length >= 1)`)
	p.note("data-connection")
	func() {
		c.valve.Lock()
		defer c.valve.Unlock()
		p.wait(connection("silent") + ` && /time stands still/.test(` + banner + `)`)
		p.press("2") // is not lost
		p.wait(`document.querySelector('.segments [value="store"]').checked`)
		now := p.text(`document.documentElement.dataset.now`)
		p.wait(`performance.now() - (globalThis.since ??= performance.now()) > 500`)
		if got := p.text(`document.documentElement.dataset.now`); got != now {
			t.Errorf("the clock went on from %s to %s while nobody spoke", now, got)
		}
	}()
	p.wait(connection("open") + ` && document.documentElement.dataset.mode === "store" && ` + banner + ` === ""`)
	p.wait(strips + `.every((s) => s.length >= 3)`)
	if got := p.text(`globalThis.noted`); !strings.HasPrefix(got, "silent,") {
		t.Errorf("got the conditions %s, want silent first", got)
	}
	p.quiet()
}

// TestBrowserLongSilence: a line that does not come back is given up for a new
// one, and what was asked for meanwhile is done on it, in the same run.
func TestBrowserLongSilence(t *testing.T) {
	t.Parallel()
	testenv.Long(t)
	m := serveSite(t)
	c := plug(t, strings.TrimPrefix(m.URL(), "http://"))
	p := newTab(t, "http://"+c.Addr().String()+"/?lang=en")
	p.wait(ready + ` && ` + room)
	first := p.text(room)
	p.wait(strips + `.every((s) => s.length >= 1)`)
	p.still()
	before := p.settled()
	func() {
		c.valve.Lock()
		defer c.valve.Unlock()
		p.wait(connection("silent"))
		p.wait(connection("lost"))
		p.press("2")
		if got := p.settled(); got != before {
			t.Errorf("while nobody spoke: got %s, want %s", got, before)
		}
	}()
	p.wait(connection("open") + ` && location.search.includes("set+mode=store")`)
	if got := p.text(room); got != first {
		t.Errorf("got room %s, want %s: the same one all the time", got, first)
	}
	p.quiet()
}
