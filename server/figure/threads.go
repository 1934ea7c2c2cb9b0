package figure

import (
	"cmp"
	"slices"
	"strings"

	"procession/sim/trace"
)

const (
	threadsHead = 40.0 // above the threads
	threadsFoot = 14.0
	threadsWide = 212.0 // of a thread
)

// threadSize is the height of a thread, and the gap to the next.
func (f *figure) threadSize() (h, gap float64) {
	if f.threads() > 6 {
		return 22, 4
	}
	return 42, 7
}

// threads is how many threads the largest process has.
func (f *figure) threads() (most int) {
	for _, w := range f.state.Workers {
		most = max(most, int(w.Threads))
	}
	return max(1, most)
}

func (f *figure) threadsHeight() float64 {
	h, gap := f.threadSize()
	n := float64(f.threads())
	return max(170, threadsHead+n*h+(n-1)*gap+f.threadsFoot())
}

// threadsFoot is what is under the threads: with a past, the last lookup.
func (f *figure) threadsFoot() float64 {
	if f.past != nil {
		return threadsFoot + lookupHeight
	}
	return threadsFoot
}

// drawThreads draws a process with its threads around one memory.
func (f *figure) drawThreads(w *trace.WorkerView, r *room) {
	b := r.box
	f.roomRect(w, b, 15)
	f.text("b i", point{b.x + 14, b.y + 26}, f.words("process.n", "pid", w.Pid))
	if trouble := f.trouble(w); trouble != "" {
		f.text("s", point{b.x + 14, b.y + 48}, fit(trouble, 12, regular, b.w-28))
		return
	}
	h, gap := f.threadSize()
	n := float64(w.Threads)
	foot := f.threadsFoot()
	if f.past != nil {
		f.drawLookup(w.Pid, point{b.x + 22, b.y + b.h - 12}, b.w-34)
	}
	top := b.y + threadsHead + (b.h-threadsHead-foot-n*h-(n-1)*gap)/2
	door := point{b.x, b.middle()}
	mem := box{b.x + 14 + threadsWide + 32, b.y + threadsHead, 0, b.h - threadsHead - foot}
	mem.w = b.x + b.w - 12 - mem.x
	busy := map[int16]*trace.RequestView{}
	for i := range f.state.Requests {
		if q := &f.state.Requests[i]; q.Pid == w.Pid && q.Tid > 0 && doing[q.Phase] != "" {
			busy[q.Tid] = q
		}
	}
	for i := range int(w.Threads) {
		slot := box{b.x + 22, top + float64(i)*(h+gap), threadsWide - 8, h}
		f.path("inner", curve{door, point{slot.x, slot.middle()}}.d())
		f.path("inner", curve{point{slot.x + slot.w, slot.middle()}, point{mem.x, mem.middle()}}.d())
		f.drawThread(w, int16(i+1), slot, busy[int16(i+1)])
		r.desks = append(r.desks, point{slot.x + 17, slot.middle()})
	}
	f.rect("memory", mem.x, mem.y, mem.w, mem.h, 9)
	y := mem.y + 6
	for _, line := range wrap(f.memory(w), 11.5, regular, mem.w-10, 3) {
		y += 14
		f.text("s c", point{mem.x + mem.w/2, y}, line)
	}
	y += 8
	rows := max(1, int((mem.y+mem.h-4-y)/29))
	f.drawChips(w.Sessions, w.Pid, box{mem.x + 8, y, mem.w - 12, 0}, 24, rows)
}

// doing is what a thread does, by the phase of its request; empty: nothing.
var doing = map[string]string{
	"started": "works", "storing": "waitsStore", "returning": "waitsStore", "failed": "works",
	"waiting": "waitsLock", "locked": "works", "unlocked": "works", "routed": "works",
}

func (f *figure) drawThread(w *trace.WorkerView, tid int16, slot box, q *trace.RequestView) {
	name, text := f.thread(w, tid, q)
	f.rect("desk "+name, slot.x, slot.y, slot.w, slot.h, 8)
	var locks []string
	for _, l := range w.Locks {
		if l.Holder == tid {
			locks = append(locks, l.Name)
		}
	}
	if len(locks) > 0 {
		text = f.words("thread.holds", "locks", strings.Join(locks, ", ")) + " · " + text
	}
	x := slot.x + 34
	room := slot.w - 40
	title := f.words("thread.n", "tid", tid)
	if slot.h < 30 {
		f.text("t", point{x, slot.middle() + 4}, title)
		x += width(title, 12, regular) + 6
		f.text("s "+name, point{x, slot.middle() + 4}, fit(text, 11, regular, slot.x+slot.w-4-x))
		return
	}
	f.text("t", point{x, slot.middle() - 3}, title)
	f.text("s "+name, point{x, slot.middle() + 12}, fit(text, 11.5, regular, room))
}

// thread says what a thread does: the class, and the words.
func (f *figure) thread(w *trace.WorkerView, tid int16, q *trace.RequestView) (name, text string) {
	for _, c := range f.state.Cores {
		if c.Pid == w.Pid && c.Tid == tid {
			return "busy", f.words("thread.runs", "core", c.Core)
		}
	}
	if slices.ContainsFunc(f.state.Ready, func(t trace.ThreadView) bool { return t.Mem == w.Mem && t.Tid == tid }) {
		return "busy", f.words("thread.ready")
	}
	for _, l := range w.Locks {
		if slices.Contains(l.Waiting, tid) {
			return "waits", f.words("thread.waitsLock", "lock", l.Name)
		}
	}
	if q == nil {
		return "idle", f.words("thread.idle")
	}
	return "busy", f.words("thread."+cmp.Or(doing[q.Phase], "works"), "visitor", q.Visitor)
}
