package figure

import (
	"slices"
	"strconv"

	"procession/sim/trace"
)

// density is how much of a process there is room for.
type density struct {
	height, gap float64
	left        float64 // where its text begins: before that stands what it works on
	label       bool    // says whose memory it is
	chip        float64 // height of a session
}

// densities by the number of processes: up to most.
var densities = []struct {
	most int
	density
}{
	{2, density{124, 14, 46, true, 25}},
	{4, density{98, 11, 46, true, 24}},
	{8, density{62, 8, 42, false, 21}},
	{16, density{31, 5, 38, false, 20}},
}

// lookupHeight is the room for the last lookup of a process, under its sessions.
const lookupHeight = 18.0

func (f *figure) density() density {
	d := densities[len(densities)-1].density
	for _, some := range densities {
		if len(f.state.Workers) <= some.most {
			d = some.density
			break
		}
	}
	if f.past != nil && d.label {
		d.height += lookupHeight
	}
	return d
}

func (f *figure) processesHeight() float64 {
	n := float64(len(f.state.Workers))
	if f.threaded() {
		return f.threadsHeight()
	}
	d := f.density()
	return n*d.height + (n-1)*d.gap
}

// processBox is where the process with an index stands.
func (f *figure) processBox(i int) box {
	if f.threaded() {
		h := f.threadsHeight()
		return box{f.processes.x, f.middle - h/2, f.processes.w, h}
	}
	d := f.density()
	top := f.middle - f.processesHeight()/2
	return box{f.processes.x, top + float64(i)*(d.height+d.gap), f.processes.w, d.height}
}

func (f *figure) drawProcesses() {
	for i := range f.state.Workers {
		w := &f.state.Workers[i]
		r := f.rooms[w.Pid]
		f.outline("worker "+strconv.Itoa(int(w.Pid)), r.box, 6)
		f.begin(inkOfPid(w.Pid))
		if f.threaded() {
			f.drawThreads(w, r)
		} else {
			f.drawProcess(w, r)
		}
		f.end()
	}
}

func (f *figure) drawProcess(w *trace.WorkerView, r *room) {
	d, b := f.density(), r.box
	r.desks = []point{{b.x + 23, b.middle()}}
	f.roomRect(w, b, min(14, b.h/2.6))
	x, right := b.x+d.left, b.x+b.w-12
	title := f.words("process.n", "pid", w.Pid)
	if d.height < 40 { // one line has everything
		y := b.middle()
		f.text("b i", point{x, y + 5}, title)
		x += width(title, 14, bold) + 10
		if trouble := f.trouble(w); trouble != "" {
			f.text("s", point{x, y + 4}, fit(trouble, 12, regular, right-x))
			return
		}
		f.drawChips(w.Sessions, w.Pid, box{x, y - d.chip/2, right - x, d.chip}, d.chip, 1)
		return
	}
	head := b.y + 24
	if !d.label {
		head = b.y + 20
	}
	f.text("b i", point{x, head}, title)
	if trouble := f.trouble(w); trouble != "" {
		f.text("s", point{x, head + 21}, fit(trouble, 12, regular, right-x))
		return
	}
	state, classes := f.onCore(w)
	f.text(classes, point{right, head}, fit(state, 12, regular, right-x-width(title, 14, bold)-8))
	y, foot := head+10, b.y+b.h-8
	if d.label {
		f.text("s", point{x, head + 19}, fit(f.memory(w), 12, regular, right-x))
		y = head + 29
		if f.past != nil {
			foot -= lookupHeight
			f.drawLookup(w.Pid, point{b.x + 16, b.y + b.h - 11}, right-b.x-16)
		}
	}
	rows := max(1, int((foot-y+5)/(d.chip+5)))
	f.drawChips(w.Sessions, w.Pid, box{x, y, right - x, b.y + b.h - y}, d.chip, rows)
}

// drawLookup writes what a process asked a memory for last, and what it got.
func (f *figure) drawLookup(pid int16, at point, most float64) {
	look, ok := f.past.lookups[pid]
	switch {
	case !ok:
		return
	case look.command == "":
		f.text("m", at, fit(f.words("lookup.none"), 11, mono, most))
	case look.found:
		f.text("m in", at, fit(look.command+" → "+look.result, 11, mono, most))
	default:
		f.text("m out", at, fit(look.command+" → "+look.result, 11, mono, most))
	}
}

// roomRect draws the walls of a process: open ones while it is not there.
func (f *figure) roomRect(w *trace.WorkerView, b box, r float64) {
	classes := "room"
	if w.State == "down" || w.State == "starting" {
		classes = "room away"
	}
	f.rect(classes, b.x, b.y, b.w, b.h, r)
}

// trouble says why a process does not answer; empty: it does.
func (f *figure) trouble(w *trace.WorkerView) string {
	switch w.State {
	case "up":
		return ""
	case "starting", "stopping":
		return f.words("lessons.figure." + w.State)
	}
	return f.words("lessons.figure.down")
}

// memory says what a process keeps.
func (f *figure) memory(w *trace.WorkerView) string {
	name := "memory.own"
	switch f.mode() {
	case "store":
		name = "memory.none"
	case "threads":
		name = "memory.one"
	case "cookie":
		name = "memory.jar"
	}
	text := f.keeps(f.words(name), w.Count, w.Values)
	if w.Jobs > 0 {
		text += " · " + f.words("memory.jobs", "n", w.Jobs)
	}
	return text
}

// keeps says of a memory which numbers it keeps.
func (f *figure) keeps(memory string, count int32, values []trace.ValueView) string {
	if count > 0 {
		memory = f.words("memory.counter", "memory", memory, "count", count)
	}
	for _, v := range values {
		memory += " · " + v.Name + " " + strconv.Itoa(int(v.Value))
	}
	return memory
}

// onCore says where a process runs, and its class.
func (f *figure) onCore(w *trace.WorkerView) (text, classes string) {
	for _, c := range f.state.Cores {
		if c.Pid == w.Pid {
			return f.words("core.n", "core", c.Core), "s e i"
		}
	}
	for _, t := range f.state.Ready {
		if t.Pid == w.Pid {
			return f.words("core.ready"), "s e"
		}
	}
	return f.words("core.none"), "s e"
}

// drawChips draws sessions in rows, as many as there is room for, and after them
// the empty places in the memory of a pid, or of the store (0).
func (f *figure) drawChips(sessions []trace.SessionView, pid int16, b box, h float64, rows int) {
	const gap = 5
	missing := f.missing(sessions, pid, rows)
	if len(sessions)+len(missing) == 0 {
		return
	}
	more := func(n int) string { return f.words("session.more", "n", n) }
	reserve := 0.0 // for saying how many more there are
	if rows == 1 || len(sessions) > rows {
		reserve = width(more(len(sessions)), 12, regular) + gap
	}
	holes := 0.0 // the room of the empty places
	for _, g := range missing {
		holes += ghostWidth(g.sid) + gap
	}
	x, y, row := b.x, b.y, 1
	ghosts := func() {
		for _, g := range missing {
			w := ghostWidth(g.sid)
			if x > b.x && x+w > b.x+b.w && row < rows {
				x, y, row = b.x, y+h+gap, row+1
			}
			x = max(b.x, min(x, b.x+b.w-w)) // in a narrow row it covers the end of a session
			f.rect("chip ghost", x, y, w, h, 7)
			f.text("m out", point{x + 8, y + h/2 + 4}, short(g.sid)+" ?")
			x += w + gap
		}
	}
	for i, s := range sessions {
		least := 0.0
		if row == rows {
			least = holes
			if i < len(sessions)-1 {
				least += reserve
			}
		}
		who := holder(s.Data)
		if who == "" {
			who = f.words("session.empty")
		}
		sid := short(s.Sid)
		frame := 8 + width(sid, 11, mono) + 6 + 8
		who = fit(who, 12, regular, b.w-least-frame)
		w := frame + width(who, 12, regular)
		if x > b.x && x+w+least > b.x+b.w {
			if row == rows {
				ghosts()
				f.text("s", point{x, y + h/2 + 4}, more(len(sessions)-i))
				return
			}
			x, y, row = b.x, y+h+gap, row+1
		}
		f.rect("chip", x, y, w, h, 7)
		f.text("m", point{x + 8, y + h/2 + 4}, sid)
		f.text("t", point{x + 14 + width(sid, 11, mono), y + h/2 + 4}, who)
		x += w + gap
	}
	ghosts()
}

// missing are the empty places that are drawn in a memory: the youngest, and
// no more than there are rows.
func (f *figure) missing(sessions []trace.SessionView, pid int16, rows int) []ghost {
	all := slices.DeleteFunc(f.past.ghostsAt(pid, f.now), func(g ghost) bool { return holds(sessions, g.sid) })
	return all[max(0, len(all)-rows):]
}

// ghostWidth is the room of an empty place: "7f3a ?".
func ghostWidth(sid string) float64 { return 16 + width(short(sid)+" ?", 11, mono) }
