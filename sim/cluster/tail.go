package cluster

import (
	"procession/sim/des"
	"procession/sim/trace"
)

// tail is the rest of an answer whose headers have left: the session is saved,
// and then comes the last byte. The browser that is redirected does not wait
// for it; the connection and the process do.
type tail struct {
	r     *request
	inst  *instance
	conn  *conn // which it keeps busy; nil once that is closed
	sid   sid   // of the session that is not saved yet; empty: none
	mem   trace.Memory
	since int64     // when the headers left
	timer des.Timer // the last byte's way

	// Its command to the store, as its events told: storing or returning, else none is under way.
	phase phase
	at    int64
	until int64

	place place[*tail]
}

// begin sends the headers of the answer; the rest follows with end. unsaved is
// the session that the store is still to get, empty if there is none.
func (r *request) begin(cookie trace.Cookie, unsaved sid, mem trace.Memory) {
	if r.closed {
		return
	}
	c := r.c
	t := &tail{r: r, inst: r.inst, conn: r.conn, sid: unsaved, mem: mem, since: c.now(), phase: phaseAnswered}
	t.timer.Init(c.env, t)
	t.inst.load++ // until the last byte
	r.answer(redirected, cookie, int(r.tid))
	r.tail, r.conn.tail = t, t
	c.tails.add(&t.place, t)
}

// set notes the event about the store that is about to be told.
func (t *tail) set(p phase, until int64) { t.phase, t.at, t.until = p, t.r.c.now(), until }

// end sends the last byte.
func (t *tail) end() {
	t.over(0)
	switch {
	case t.conn == nil:
	case t.since == t.r.c.now(): // with the headers, in one go
		t.conn.tail = nil
	default:
		t.timer.Set(t.r.c.costs.Reply)
	}
	t.inst.unload()
	t.r.c.endIfDone()
}

// cut is the death of the process before the last byte.
func (t *tail) cut() {
	t.over(trace.WhyReset)
	if cn := t.conn; cn != nil {
		cn.tail, cn.closing, cn.ending = nil, true, trace.WhyReset
		if cn.request == nil {
			cn.close(trace.WhyReset)
		}
	}
}

// over tells that nothing more comes.
func (t *tail) over(why trace.Why) {
	r, c := t.r, t.r.c
	r.tail = nil
	c.tails.remove(&t.place)
	c.emit(trace.Event{Kind: trace.AnswerEnded, Req: r.no, Visitor: r.v.id, Pid: r.pid, Why: why})
}

// Fire is the last byte's arrival: the connection is free.
func (t *tail) Fire() {
	if t.conn != nil {
		t.conn.tail = nil
		t.conn.answered(trace.WhyFinished)
		t.r.v.pump()
	}
}

// unsaved gives the memory into which a session is still to be saved by a
// request whose visitor has the answer's headers already; 0: there is none.
func (c *Cluster) unsaved(id string) trace.Memory {
	for t := range c.tails.all() {
		if t.sid.text == id {
			return t.mem
		}
	}
	return 0
}
