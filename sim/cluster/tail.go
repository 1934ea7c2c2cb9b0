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
	sid   sid // of the session that is not saved yet; empty: none
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
	t := &tail{r: r, inst: r.inst, sid: unsaved, mem: mem, since: c.now(), phase: phaseAnswered}
	t.timer.Init(c.env, t)
	t.inst.load++ // until the last byte
	r.answer(redirected, cookie, int(r.tid))
	r.tail, r.rest = t, t
	c.tails.add(&t.place, t)
}

// set notes the event about the store that is about to be told.
func (t *tail) set(p phase, until int64) { t.phase, t.at, t.until = p, t.r.c.now(), until }

// end sends the last byte.
func (t *tail) end() {
	t.over(0)
	switch {
	case t.r.rest == nil: // the connection is closed
	case t.since == t.r.c.now(): // with the headers, in one go
		t.r.rest = nil
	default:
		t.timer.Set(t.r.c.costs.Reply)
	}
	t.inst.unload()
	t.r.c.endIfDone()
}

// cut is the death of the process before the last byte.
func (t *tail) cut() {
	t.over(trace.WhyReset)
	r, cn := t.r, t.r.conn
	if r.rest == nil {
		return
	}
	r.rest, cn.closing, cn.ending = nil, true, trace.WhyReset
	if r.left {
		cn.answered(r, trace.WhyReset)
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
	r := t.r
	if r.rest == nil {
		return
	}
	r.rest = nil
	if r.left {
		r.conn.answered(r, trace.WhyFinished)
		r.v.pump()
	}
}

// savesTo gives the memory into which a session is still to be saved by a
// request whose visitor has the answer's headers already; 0: there is none.
func (c *Cluster) savesTo(id string) trace.Memory {
	for t := range c.tails.all() {
		if t.sid.text == id {
			return t.mem
		}
	}
	return 0
}
