package perfetto

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"procession/sim/trace"
)

// Writer writes a run event by event. It does not buffer.
type Writer struct {
	w     io.Writer
	began bool
	err   error // the first of the writes; nothing is written after it

	named    map[track]bool // tracks that have their names; tid -1: the process
	threads  map[int16]int16
	sent     map[int32]sent
	requests map[int32]*request // in hand
	lanes    map[track]*lanes
	ready    map[track]int64 // threads that wait for a core, since when
	cores    map[int16]*turn
}

// sent is what is known of a request before a thread handles it.
type sent struct {
	op      trace.Op
	visitor string
}

// turn is a core's turn to a thread.
type turn struct {
	pid, tid    int16
	since, runs int64
}

// NewWriter gives a writer of one run.
func NewWriter(w io.Writer) *Writer {
	return &Writer{w: w, named: map[track]bool{}, threads: map[int16]int16{}, sent: map[int32]sent{},
		requests: map[int32]*request{}, lanes: map[track]*lanes{}, ready: map[track]int64{}, cores: map[int16]*turn{}}
}

// Add writes what an event ends or tells; every event of a run is wanted, in
// order. The error is that of the first write that failed.
func (p *Writer) Add(l *trace.Log, e *trace.Event) error {
	switch e.Kind {
	case trace.WorkerStarting:
		p.threads[e.Pid] = e.Threads
		p.note(e, onProcess, "starts", nil)
	case trace.WorkerListening:
		p.note(e, onProcess, "listens", nil)
	case trace.WorkerCrashed:
		p.note(e, onProcess, "dies: "+e.Why.String(), nil)
	case trace.WorkerStopped:
		p.note(e, onProcess, "stops: "+e.Why.String(), nil)
	case trace.WorkerStopping:
		p.note(e, onProcess, "is told to stop: "+e.Why.String(), nil)
	case trace.HandlerThrew:
		p.note(e, onThread, "the handler throws", nil)
	case trace.RequestSent:
		p.sent[e.Req] = sent{e.Op, l.Text(e.Visitor)}
	case trace.RequestRouted:
		p.over(e.Req, e.Ts, 0) // nginx tries another worker
	case trace.RequestStarted:
		p.started(e)
	case trace.RequestAnswered:
		p.over(e.Req, e.Ts, e.Status)
	case trace.RequestReset:
		p.over(e.Req, e.Ts, 0)
	case trace.RequestDone:
		delete(p.sent, e.Req)
		if e.Outcome() == trace.ByChance {
			p.note(e, onProcess, l.Text(e.Visitor)+" is logged out by chance", nil)
		}
	case trace.StoreSent, trace.StoreExecuted, trace.StoreRefused, trace.StoreFailed, trace.LockWaited, trace.LockAcquired, trace.SessionWaited, trace.SessionLocked:
		p.within(l, e)
	case trace.SessionRead:
		if e.Session == trace.Miss {
			p.note(e, onThread, "miss: "+e.Why.String(), map[string]any{"visitor": l.Text(e.Visitor), "sid": l.Text(e.Sid)})
		}
	case trace.UpdateLost:
		p.note(e, onThread, "lost update", map[string]any{"visitor": l.Text(e.Visitor), "written": l.Text(e.Text)})
	case trace.CookieReplaced:
		p.note(e, onProcess, "replaced cookie", map[string]any{"visitor": l.Text(e.Visitor), "sid": l.Text(e.Sid), "replaced": l.Text(e.Text)})
	case trace.SessionRevived:
		p.note(e, onProcess, "revived session", map[string]any{"visitor": l.Text(e.Visitor), "sid": l.Text(e.Sid)})
	case trace.LockDeadlocked:
		p.note(e, onProcess, "deadlock", map[string]any{"circle": l.Text(e.Text)})
	case trace.ChatMissed:
		p.note(e, onProcess, l.Text(e.Visitor)+" does not hear of it", nil)
	case trace.StoreSaved, trace.StoreDown, trace.StoreUp, trace.StoreSlowed, trace.StoreFilled, trace.CommandApplied:
		p.write(event{Name: strings.TrimSpace(e.Kind.String() + " " + l.Text(e.Text)), Phase: instant, Ts: e.Ts, Pid: machinePid, Scope: onAll})
	case trace.ThreadReady:
		p.ready[cpuTrack(e.Pid, e.Tid)] = e.Ts
	case trace.ThreadDone:
		p.waited(cpuTrack(e.Pid, e.Tid), e.Ts)
	case trace.CoreSwitch:
		p.coreDone(e.Core, e.Ts)
		p.waited(cpuTrack(e.Pid, e.Tid), e.Ts)
		p.cores[e.Core] = &turn{e.Pid, e.Tid, e.Ts, e.Until}
	case trace.CoreIdle:
		p.coreDone(e.Core, e.Ts)
	}
	return p.err
}

// Close writes what was still under way when the run was left (virtual µs) and
// the end of the file.
func (p *Writer) Close(now int64) error {
	for _, req := range slices.Sorted(maps.Keys(p.requests)) {
		p.over(req, now, 0)
	}
	for _, core := range slices.Sorted(maps.Keys(p.cores)) {
		p.coreDone(core, now)
	}
	for _, t := range slices.SortedFunc(maps.Keys(p.ready), func(a, b track) int { return (a.pid-b.pid)*laneStep*laneStep + a.tid - b.tid }) {
		p.waited(t, now)
	}
	if !p.began {
		p.put(opening)
	}
	p.put("\n]}\n")
	return p.err
}

// started opens the slice of a request on the first free track of its thread.
func (p *Writer) started(e *trace.Event) {
	if e.Req == 0 {
		return // nobody waits for it any more
	}
	p.over(e.Req, e.Ts, 0)
	base := track{int(e.Pid), int(e.Tid)}
	if p.lanes[base] == nil {
		p.lanes[base] = &lanes{}
	}
	base.tid += laneStep * p.lanes[base].take()
	p.requests[e.Req] = &request{track: base, since: e.Ts}
}

// over closes the slice of a request, if a thread had it in hand.
func (p *Writer) over(req int32, now int64, status int16) {
	r := p.requests[req]
	if r == nil {
		return
	}
	delete(p.requests, req)
	p.innerDone(r, now)
	(*p.lanes[track{r.track.pid, r.track.tid % laneStep}])[r.track.tid/laneStep] = false
	s := p.sent[req]
	args := map[string]any{"request": req, "visitor": s.visitor}
	if status != 0 {
		args["status"] = status
	}
	p.slice(r.track, s.op.String()+" "+s.visitor, "request", r.since, now, args)
}

// within notes what a request waits for.
func (p *Writer) within(l *trace.Log, e *trace.Event) {
	r := p.requests[e.Req]
	if r == nil {
		return
	}
	switch e.Kind {
	case trace.StoreSent:
		p.innerDone(r, e.Ts)
		name, _, _ := strings.Cut(l.Text(e.Text), " ")
		r.inner = &inner{name: "store " + strings.Trim(name, `"`), cat: "store", since: e.Ts, args: map[string]any{"command": l.Text(e.Text)}}
	case trace.StoreExecuted, trace.StoreRefused:
		if r.inner != nil {
			r.inner.until = e.Until
		}
	case trace.StoreFailed:
		if r.inner != nil {
			r.inner.args["failed"] = e.Why.String()
		}
		p.innerDone(r, e.Ts)
	case trace.LockWaited:
		p.innerDone(r, e.Ts)
		r.inner = &inner{name: "waits for lock " + l.Text(e.Text), cat: "lock", since: e.Ts}
	case trace.SessionWaited:
		r.inner = &inner{name: "waits for its session", cat: "lock", since: e.Ts, args: map[string]any{"sid": l.Text(e.Sid)}}
	case trace.LockAcquired, trace.SessionLocked:
		if e.Dur > 0 {
			p.innerDone(r, e.Ts)
		}
	}
}

// innerDone writes what a request waited for; it did so until now at the most.
func (p *Writer) innerDone(r *request, now int64) {
	in := r.inner
	if in == nil {
		return
	}
	r.inner = nil
	if in.until != 0 {
		now = min(now, in.until)
	}
	p.slice(r.track, in.name, in.cat, in.since, now, in.args)
}

// waited writes a thread's wait for a core.
func (p *Writer) waited(t track, now int64) {
	if since, ok := p.ready[t]; ok {
		delete(p.ready, t)
		p.slice(t, "waits for a core", "ready", since, now, nil)
	}
}

// coreDone writes what a core did since it turned to a thread: once as the
// core's, once as the thread's.
func (p *Writer) coreDone(core int16, now int64) {
	t := p.cores[core]
	if t == nil {
		return
	}
	delete(p.cores, core)
	runs := min(t.runs, now)
	who := fmt.Sprintf("process %d", t.pid)
	if p.threads[t.pid] > 1 {
		who += fmt.Sprintf(", thread %d", t.tid)
	}
	thread, machine := cpuTrack(t.pid, t.tid), track{machinePid, int(core)}
	if runs > t.since {
		p.slice(machine, "switch", "switch", t.since, runs, nil)
		p.slice(thread, "switch", "switch", t.since, runs, nil)
	}
	if now > runs {
		p.slice(machine, who, "cpu", runs, now, nil)
		p.slice(thread, fmt.Sprintf("on core %d", core), "cpu", runs, now, nil)
	}
}

// cpuTrack gives the track of what a thread does with cores.
func cpuTrack(pid, tid int16) track { return track{int(pid), coreTrack + int(tid)} }

// slice writes a complete event.
func (p *Writer) slice(t track, name, cat string, since, until int64, args map[string]any) {
	p.name(t)
	dur := until - since
	p.write(event{Name: name, Cat: cat, Phase: complete, Ts: since, Dur: &dur, Pid: t.pid, Tid: t.tid, Args: args})
}

// note writes an instant: on the track of the event's request, or on that of
// the process's first thread.
func (p *Writer) note(e *trace.Event, scope, name string, args map[string]any) {
	t := track{int(e.Pid), 1}
	if r := p.requests[e.Req]; r != nil && r.track.pid == t.pid {
		t = r.track
	}
	if e.Pid == 0 {
		return // nobody answered; the visitor's side is not drawn
	}
	p.name(t)
	p.write(event{Name: name, Phase: instant, Ts: e.Ts, Pid: t.pid, Tid: t.tid, Scope: scope, Args: args})
}

// name writes the names of a track and of its process, once.
func (p *Writer) name(t track) {
	if process := (track{t.pid, -1}); !p.named[process] {
		p.named[process] = true
		name := fmt.Sprintf("process %d", t.pid)
		if t.pid == machinePid {
			name = "cores"
		}
		p.write(event{Name: "process_name", Phase: metadata, Pid: t.pid, Args: map[string]any{"name": name}})
		p.write(event{Name: "process_sort_index", Phase: metadata, Pid: t.pid, Args: map[string]any{"sort_index": t.pid}})
	}
	if p.named[t] {
		return
	}
	p.named[t] = true
	p.write(event{Name: "thread_name", Phase: metadata, Pid: t.pid, Tid: t.tid, Args: map[string]any{"name": p.trackName(t)}})
	p.write(event{Name: "thread_sort_index", Phase: metadata, Pid: t.pid, Tid: t.tid, Args: map[string]any{"sort_index": sortIndex(t)}})
}

// trackName says in words what is on a track.
func (p *Writer) trackName(t track) string {
	if t.pid == machinePid {
		return fmt.Sprintf("core %d", t.tid)
	}
	thread := "event loop"
	if p.threads[int16(t.pid)] > 1 {
		thread = fmt.Sprintf("thread %d", t.tid%laneStep)
	}
	switch {
	case t.tid > coreTrack:
		return thread + ": cores"
	case t.tid > laneStep:
		return fmt.Sprintf("%s: more requests (%d)", thread, t.tid/laneStep)
	}
	return thread
}

// sortIndex puts the tracks of a thread together: what it does with cores
// first, then its requests.
func sortIndex(t track) int {
	if t.pid == machinePid {
		return t.tid
	}
	if t.tid > coreTrack {
		return (t.tid - coreTrack) * laneStep
	}
	return t.tid%laneStep*laneStep + t.tid/laneStep + 1
}

// opening is the beginning of a file.
const opening = `{"displayTimeUnit":"ms","traceEvents":[`

func (p *Writer) write(e event) {
	line, err := json.Marshal(e)
	if err != nil {
		panic("perfetto: Writer.write: " + err.Error()) // texts and numbers can always be written
	}
	if p.began {
		p.put(",\n" + string(line))
		return
	}
	p.began = true
	p.put(opening + "\n" + string(line))
}

func (p *Writer) put(text string) {
	if p.err == nil {
		_, p.err = io.WriteString(p.w, text)
	}
}
