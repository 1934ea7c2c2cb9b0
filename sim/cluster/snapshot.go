package cluster

import (
	"slices"
	"strconv"
	"strings"

	"procession/sim/machine"
	"procession/sim/scenario"
	"procession/sim/trace"
)

// Snapshot gives the picture as it is now. It may be asked for at any moment,
// also in the middle of an instant: the log's Hook does.
func (c *Cluster) Snapshot() trace.Snapshot {
	s := trace.Snapshot{
		Seq:      int64(c.log.Len()),
		Scenario: c.sc.Values(),
		Commands: append([]trace.DoneCommand{}, c.commands...),
		Visitors: []trace.VisitorView{},
		Workers:  []trace.WorkerView{},
		Cores:    []trace.CoreView{},
		Ready:    []trace.ThreadView{},
		Store:    trace.StoreView{State: c.store.state.String(), Sessions: c.store.views(), Commands: []string{}, Count: int32(c.counts[trace.Store]), Values: c.store.valueViews()},
		Conns:    []trace.ConnView{},
		Requests: []trace.RequestView{},
		Saving:   []trace.SavingView{},
		Totals:   c.totals,
		Ended:    c.ended,
	}
	if s.Seq > 0 {
		s.Ts = c.log.At(int(s.Seq)).Ts
	}
	for _, v := range c.visitors {
		socket := 0
		if v.socket != nil {
			socket = v.socket.pid
		}
		s.Visitors = append(s.Visitors, trace.VisitorView{Socket: int16(socket), Heard: v.heard, Missed: v.missed,
			Name: v.name, Address: formatAddress(v.address), Sid: v.shown.text, Made: v.shown.made,
			Believes: v.believes, Strip: v.strip.view(), Logouts: v.logouts})
	}
	for _, w := range slices.SortedFunc(slices.Values(slices.Concat(c.workers, c.leaving)), func(a, b *worker) int { return a.pid - b.pid }) {
		s.Workers = append(s.Workers, w.view())
	}
	for n := 1; n <= scenario.MaxCores; n++ {
		if t, ever := c.machine.Core(n); ever {
			s.Cores = append(s.Cores, coreView(n, t))
		}
	}
	for _, t := range c.machine.Ready() {
		p := t.Process()
		s.Ready = append(s.Ready, trace.ThreadView{Pid: int16(p.Pid), Tid: int16(t.Tid), Mem: p.Mem()})
	}
	s.Store.Commands = append(s.Store.Commands, c.store.commands...)
	for cn := range c.conns.all() {
		view := trace.ConnView{Conn: cn.number, Visitor: cn.v.name}
		if cn.accepted {
			view.Pid = int16(cn.inst.pid)
		}
		s.Conns = append(s.Conns, view)
	}
	for r := range c.requests.all() {
		s.Requests = append(s.Requests, r.view())
	}
	for t := range c.tails.all() {
		if t.phase == phaseStoring || t.phase == phaseReturning {
			s.Saving = append(s.Saving, trace.SavingView{Req: t.r.no, Visitor: t.r.v.name, Pid: t.r.pid, Phase: t.phase.String(), Since: t.at, Until: t.until})
		}
	}
	slices.SortFunc(s.Saving, func(a, b trace.SavingView) int { return int(a.Req - b.Req) })
	return s
}

func (r *request) view() trace.RequestView {
	return trace.RequestView{Req: r.no, Visitor: r.v.name, Op: r.c.log.OpWord(r.op), Conn: r.conn.number, Pid: r.pid, Tid: r.tid,
		Sid: r.sid.text, Made: r.sid.made, Phase: r.phase.String(), Since: r.since, Until: r.until,
		Status: r.status, Session: r.session.String(), Cookie: r.setCookie.String()}
}

func (w *worker) view() trace.WorkerView {
	view := trace.WorkerView{Pid: int16(w.pid), Mem: w.mem, State: w.state.String(), Until: w.until, Threads: int16(w.threads), Sessions: []trace.SessionView{}, Done: w.done, Jobs: w.jobs, Values: []trace.ValueView{}, Locks: []trace.LockView{}}
	if w.old != nil {
		view.Leaving = w.old.mem
	}
	if w.inst == nil || w.inst.proc.Dead() {
		return view
	}
	view.Count = int32(w.c.counts[w.mem])
	for _, l := range w.inst.proc.Locks() {
		lock := trace.LockView{Name: l.Name, Holder: int16(l.Holder()), Waiting: []int16{}}
		for _, tid := range l.Waiting() {
			lock.Waiting = append(lock.Waiting, int16(tid))
		}
		view.Locks = append(view.Locks, lock)
	}
	w.inst.proc.Each(func(sid, text string) {
		switch sid {
		case counterKey: // no session
			return
		case checking, savings:
			n, _ := strconv.Atoi(text)
			view.Values = append(view.Values, trace.ValueView{Name: trace.AccountName(sid), Value: int32(n)})
			return
		}
		if name, ok := strings.CutPrefix(sid, valuePrefix); ok {
			n, _ := strconv.Atoi(text)
			view.Values = append(view.Values, trace.ValueView{Name: name, Value: int32(n)})
			return
		}
		d, cookie := parseSession(text)
		view.Sessions = append(view.Sessions, trace.SessionView{Sid: sid, Data: d.json(), Until: cookie.expires})
	})
	return view
}

func coreView(number int, t *machine.Thread) trace.CoreView {
	if t == nil {
		return trace.CoreView{Core: int16(number)}
	}
	return trace.CoreView{Core: int16(number), Pid: int16(t.Process().Pid), Tid: int16(t.Tid)}
}
