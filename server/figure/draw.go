package figure

import (
	"slices"
	"strconv"
	"strings"

	"procession/sim/trace"
)

const (
	margin = 12.0
	// faces is how many visitors are drawn as persons. More are a crowd.
	faces = 8
	// leastHeight keeps the balancer from filling a small picture.
	leastHeight = 190.0
)

// figure is a picture on its way.
type figure struct {
	canvas
	words   func(string, ...any) string
	state   trace.Snapshot
	past    *Past // nil: the state alone is drawn
	now     int64
	point   map[string]bool
	letters map[string]string

	width, height float64
	middle        float64 // of the height
	visitors      column  // where things stand from left to right
	balancer      column
	processes     column
	store         column

	homes map[string]curve // of each visitor: the way to the balancer
	rooms map[int16]*room  // of each worker
}

// column is a part of the picture from top to bottom.
type column struct{ x, w float64 }

// room is where a worker is, and the ways that lead there.
type room struct {
	box     box
	wire    curve // from the balancer
	toStore curve
	desks   []point // of its threads, where requests are worked on
}

type box struct{ x, y, w, h float64 }

func (b box) middle() float64 { return b.y + b.h/2 }

func draw(s trace.Snapshot, o Options) *figure {
	f := &figure{
		words: o.Words, state: s, past: o.Past, now: max(o.Now, s.Ts), point: map[string]bool{},
		homes: map[string]curve{}, rooms: map[int16]*room{},
	}
	for _, p := range o.Point {
		f.point[p] = true
	}
	var names []string
	for _, v := range s.Visitors {
		names = append(names, v.Name)
	}
	f.letters = initials(names)
	f.place()
	f.drawWires()
	f.drawVisitors()
	f.drawBalancer()
	f.drawProcesses()
	if f.shared() {
		f.drawStore()
	}
	f.drawFlights()
	return f
}

func (f *figure) mode() string { return f.state.Scenario["mode"] }

// shared says whether there is a store to be seen.
func (f *figure) shared() bool { return f.mode() == "store" }

func (f *figure) threaded() bool { return f.mode() == "threads" }

// place decides how large everything is, and where.
func (f *figure) place() {
	switch {
	case f.shared():
		f.width = 920
		f.visitors, f.balancer = column{margin, 196}, column{270, 112}
		f.processes, f.store = column{448, 214}, column{726, 182}
	case f.threaded():
		f.width = 860
		f.visitors, f.balancer, f.processes = column{margin, 196}, column{272, 112}, column{438, 410}
	default:
		f.width = 760
		f.visitors, f.balancer, f.processes = column{margin, 196}, column{292, 112}, column{496, 252}
	}
	f.height = max(leastHeight, f.visitorsHeight(), f.processesHeight())
	if f.shared() {
		f.height = max(f.height, f.storeHeight())
	}
	f.height += 2 * margin
	f.middle = f.height / 2

	gate := point{f.balancer.x, f.middle}
	for i, v := range f.state.Visitors {
		if f.crowded() {
			f.homes[v.Name] = curve{f.dotAt(i), gate}
			continue
		}
		f.homes[v.Name] = curve{point{f.faceX() + faceR + 2, f.faceY(i)}, gate}
	}
	out := point{f.balancer.x + f.balancer.w, f.middle}
	for i, w := range f.state.Workers {
		r := &room{box: f.processBox(i)}
		r.wire = curve{out, point{r.box.x, r.box.middle()}}
		if f.shared() {
			r.toStore = curve{point{r.box.x + r.box.w, r.box.middle()}, point{f.store.x, f.middle}}
		}
		f.rooms[w.Pid] = r
	}
}

// drawWires draws what connects, under everything else.
func (f *figure) drawWires() {
	kept := map[string]int16{}
	if f.state.Scenario["connection"] != "per-request" {
		for _, c := range f.state.Conns {
			if c.Pid > 0 {
				kept[c.Visitor] = c.Pid
			}
		}
	}
	if f.crowded() {
		f.path("wire bundle", curve{point{f.visitors.x + f.visitors.w + 4, f.middle}, point{f.balancer.x, f.middle}}.d())
	} else {
		for _, v := range f.state.Visitors {
			classes := "wire"
			if pid := kept[v.Name]; pid > 0 {
				classes = "wire kept " + inkOfPid(pid)
			}
			f.path(classes, f.homes[v.Name].d())
		}
	}
	for _, w := range f.state.Workers {
		f.path("wire", f.rooms[w.Pid].wire.d())
		if f.shared() {
			classes := "wire store"
			if f.state.Store.State == "down" {
				classes = "wire cut"
			}
			f.path(classes, f.rooms[w.Pid].toStore.d())
		}
	}
}

func (f *figure) drawBalancer() {
	c := f.balancer
	const h = 78
	y := f.middle - h/2
	alone := f.threaded() || len(f.state.Workers) < 2
	classes := "card"
	if alone {
		classes = "card alone"
	}
	f.outline("balancer", box{c.x, y, c.w, h}, 6)
	f.rect(classes, c.x, y, c.w, h, 13)
	mid := c.x + c.w/2
	f.text("b c", point{mid, f.middle - 4}, fit(f.words("balancer"), 14, bold, c.w-12))
	what := f.words("balancer." + f.state.Scenario["balancer"])
	if alone {
		what = f.words("balancer.alone")
	}
	lines := wrap(what, 12, regular, c.w-12, 2)
	for i, line := range lines {
		f.text("s c", point{mid, f.middle + 15 + float64(i)*14}, line)
	}
}

// outline draws a frame around what is pointed at.
func (f *figure) outline(what string, b box, apart float64) {
	if f.point[what] {
		f.rect("pointed", b.x-apart, b.y-apart, b.w+2*apart, b.h+2*apart, min(16, 8+apart))
	}
}

// inkOfPid is the class of a process's hue.
func inkOfPid(pid int16) string {
	if pid < 1 {
		return "none"
	}
	return "p" + strconv.Itoa(int(pid))
}

// ring is what a session id looks like: the hue of the memory that issued it,
// its sign, and whether that memory still has it.
type ring struct {
	ink, sign string
	gone      bool
}

func (f *figure) ringOf(made trace.Memory, sid string) ring {
	if sid == "" {
		return ring{ink: "none"}
	}
	switch made {
	case trace.Jar:
		return ring{ink: "ink"}
	case trace.Store:
		return ring{ink: "store", sign: "S", gone: !holds(f.state.Store.Sessions, sid)}
	}
	pid := int16(made.Pid())
	if pid == 0 {
		return ring{ink: "none", gone: true}
	}
	i := slices.IndexFunc(f.state.Workers, func(w trace.WorkerView) bool { return w.Mem == made })
	return ring{
		ink: inkOfPid(pid), sign: strconv.Itoa(int(pid)),
		gone: i < 0 || !holds(f.state.Workers[i].Sessions, sid),
	}
}

func holds(sessions []trace.SessionView, sid string) bool {
	return slices.ContainsFunc(sessions, func(s trace.SessionView) bool { return s.Sid == sid })
}

// wrap breaks a text into lines of a width; what is too long for the last one
// is cut.
func wrap(text string, size, letter, most float64, lines int) (out []string) {
	words := strings.Fields(text)
	for len(words) > 0 && len(out) < lines {
		n := 1
		for n < len(words) && width(strings.Join(words[:n+1], " "), size, letter) <= most {
			n++
		}
		if len(out) == lines-1 {
			n = len(words)
		}
		out = append(out, fit(strings.Join(words[:n], " "), size, letter, most))
		words = words[n:]
	}
	return out
}
