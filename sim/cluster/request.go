package cluster

import (
	"procession/sim/des"
	"procession/sim/machine"
	"procession/sim/scenario"
	"procession/sim/trace"
)

// request is an HTTP request on its way.
type request struct {
	c        *Cluster
	no       int32
	v        *visitor
	op       trace.Op
	planned  bool // the visitor does something else only after its answer
	followed bool // the browser asks for it by itself, since an answer redirected it
	conn     *conn
	inst     *instance // which handles it
	arrived  bool      // at the balancer
	received bool      // by the instance
	closed   bool      // answered, reset, or its visitor left: nobody waits for it
	tried    int       // nginx: bit i: worker i+1 was tried
	sent     int64
	timer    des.Timer // the movement that is under way
	deadline des.Timer // the end of the browser's patience: runs from sending to answer, whatever moves meanwhile

	// What it carries: a copy of the visitor's cookies when it was sent.
	sid     sid
	carried sid    // the same, and stays so
	data    string // mode=cookie
	sticky  int

	// Of a client that polls.
	step   handshake // of chat's, before its first message
	poller *poller   // whose id it carries; nil: none
	opened *poller   // which the answer brings

	// What became of it, as its events told.
	phase   phase
	since   int64 // moment of the event that set the phase
	until   int64 // of that event
	pid     int16 // its worker
	tid     int16 // the thread that handles it
	session trace.Session
	why     trace.Why // on a miss
	lock    *lockUser // session-lock: it has the lock of its session

	// What the answer carries; sid is then that of the session that it is about.
	status    int16
	shows     string // the number that it shows; empty: none
	setCookie trace.Cookie
	cookie    answerCookie
	redirects bool  // to the page of who is logged in
	tail      *tail // the rest of an answer whose headers have left, until its last byte has left, too; nil: there is none
	rest      *tail // the same, until its last byte is there or its connection closed: it keeps that busy
	left      bool  // the visitor has the headers of the answer, and has left the rest to its connection

	place place[*request]
}

// set notes the event that is about to be told as the request's last one.
func (r *request) set(p phase, until int64) {
	switch {
	case r.tail != nil:
		r.tail.set(p, until)
	case !r.closed:
		r.phase, r.since, r.until = p, r.c.now(), until
	}
}

// ref is the request's number for the events of its handler; 0 when nobody
// waits for it any more, nor for the rest of its answer. The handler goes on all the same.
func (r *request) ref() int32 {
	if r.closed && r.tail == nil {
		return 0
	}
	return r.no
}

// send puts the request on a connection.
func (r *request) send(cn *conn) {
	c, v := r.c, r.v
	cn.idle.Stop()
	cn.requests, r.conn = append(cn.requests, r), cn
	c.lastReq++
	r.no, r.sent = c.lastReq, c.now()
	v.jar.dropPast(c.now())
	r.sid, r.carried, r.data, r.sticky = v.jar.sid, v.jar.sid, v.jar.data, v.jar.sticky
	if r.step != handshakeOpens {
		r.poller = v.poller
	}
	if cn.inst != nil {
		r.bind(cn.inst)
	}
	until := c.now() + c.costs.Trip
	r.set(phaseSent, until)
	r.timer.SetAt(until)
	r.deadline.SetAt(r.sent + patience)
	c.requests.add(&r.place, r)
	c.emit(trace.Event{Kind: trace.RequestSent, Req: r.no, Visitor: v.id, Op: r.op, Conn: cn.number,
		Sid: c.name(r.sid), Made: r.sid.made, Until: until})
}

// Fire is the end of the movement that is under way.
func (r *request) Fire() {
	switch r.phase {
	case phaseSent:
		r.arrive()
	case phaseRouted:
		r.received = true
		r.inst.receive(r)
	case phaseAnswered, phaseReset:
		r.done()
	}
}

// givingUp is the end of the browser's patience.
type givingUp request

// Fire closes the connection under the request, wherever that is.
func (g *givingUp) Fire() { (*request)(g).reset(trace.WhyTimeout) }

// arrive is the request's arrival at the balancer.
func (r *request) arrive() {
	r.arrived = true
	switch {
	case r.conn.inst != nil:
		r.route(r.conn.inst, r.c.costs.Hop)
	case r.c.usesNginx():
		r.c.nginx.pass(r)
	default:
		r.c.primary.connect(r.conn)
	}
}

// bind makes the request one of those that the instance has to finish.
func (r *request) bind(in *instance) {
	if r.inst == nil {
		r.inst = in
		in.load++
	}
}

// release takes the request from an instance that has not received it or is
// dead. One that handles it does so to the end.
func (r *request) release() {
	if in := r.inst; in != nil && (!r.received || in.proc.Dead()) {
		r.inst = nil
		in.unload()
	}
}

// route sends the request on to an instance, where it is after so many µs.
func (r *request) route(in *instance, hop int64) {
	c := r.c
	r.bind(in)
	until := c.now() + hop
	r.received = false
	r.pid = int16(in.pid)
	r.set(phaseRouted, until)
	r.timer.SetAt(until)
	c.emit(trace.Event{Kind: trace.RequestRouted, Req: r.no, Pid: int16(in.pid), Until: until})
}

// answer sends the instance's answer back, or what is left of it where its
// headers have gone ahead. tid is the thread that answers, 0 when the balancer
// answers by itself.
func (r *request) answer(status int, cookie trace.Cookie, tid int) {
	if r.tail != nil {
		r.tail.end()
		return
	}
	c, in := r.c, r.inst
	pid := 0
	if in != nil {
		pid = in.pid
		r.inst = nil
		defer in.unload()
	}
	if r.closed {
		return
	}
	if cookie == trace.CookieSet {
		r.sid = r.cookie.sid
	}
	until := c.now() + c.costs.Reply
	r.pid, r.tid, r.status, r.setCookie = int16(pid), int16(tid), int16(status), cookie
	r.set(phaseAnswered, until)
	r.close(until)
	if w := c.worker(pid); w != nil {
		w.done++
		if c.usesNginx() {
			c.nginx.answered(w)
		}
	}
	c.emit(trace.Event{Kind: trace.RequestAnswered, Req: r.no, Visitor: r.v.id, Op: r.op, Pid: r.pid, Tid: r.tid,
		Status: r.status, Session: r.session, Cookie: cookie, Sid: c.name(r.sid), Made: r.sid.made, Until: until, Text: c.log.Passing(r.shows)})
}

// reset breaks the connection under the request.
func (r *request) reset(why trace.Why) {
	if r.closed {
		return
	}
	c := r.c
	r.release()
	until := c.now() + c.costs.Reply
	if r.pid == 0 {
		until = c.now() + c.costs.Trip
	}
	r.conn.closing = r.conn.closing || why != trace.WhyTimeout || c.sc.Connection != scenario.HTTP2 // of HTTP/2 only the stream ends
	r.set(phaseReset, until)
	r.close(until)
	c.emit(trace.Event{Kind: trace.RequestReset, Req: r.no, Visitor: r.v.id, Op: r.op, Pid: r.pid, Why: why, Until: until})
}

// close notes that nothing more happens to the request than its way back,
// which ends at a moment.
func (r *request) close(until int64) {
	r.closed = true
	r.deadline.Stop()
	r.timer.SetAt(until)
}

// done is the arrival of the answer, or of the news that there will be none.
func (r *request) done() {
	c, v := r.c, r.v
	switch r.setCookie {
	case trace.CookieSet:
		r.takeCookie()
	case trace.CookieClear:
		v.jar.sid, v.jar.expires, v.jar.data = sid{}, 0, ""
		v.shown, v.strayed, v.cleared = sid{}, "", c.now()
		v.unsigned = r.why == trace.WhySecret
	}
	if r.cookie.sticky != 0 && c.sc.Cookies != scenario.Dropped {
		v.jar.sticky = r.cookie.sticky
	}
	if r.opened != nil && r.status == 200 {
		v.poller = r.opened
	}
	chance := r.op.Guarded() && r.status == 401 && v.believes
	if (r.status == 200 || r.status == redirected) && (r.op == trace.Login || r.op == trace.Logout) {
		v.believes = r.op == trace.Login
		v.strayed = ""
	}
	e := trace.Event{Kind: trace.RequestDone, Req: r.no, Visitor: v.id, Op: r.op, Conn: r.conn.number, Pid: r.pid,
		Status: r.status, Session: r.session, Cookie: r.setCookie, Sid: c.name(r.sid), Made: r.sid.made, Dur: c.now() - r.sent}
	if r.phase != phaseReset {
		e.Text = c.log.Passing(r.shows)
	}
	if chance {
		v.logouts++
		e.Chance, e.Why = 1, r.why
		switch {
		case r.carried.text == "" && v.unsigned:
			e.Why = trace.WhySecret
		case r.carried.text != "" && r.carried.text == v.strayed:
			e.Why = trace.WhyReplaced
		}
	}
	v.strip.add(&e, r.shows)
	c.totals.Add(&e)
	c.requests.remove(&r.place)
	c.emit(e)

	planned, followed, op, status, step := r.planned, r.followed, r.op, r.status, r.step
	switch {
	case r.phase == phaseReset:
		r.conn.answered(r, trace.WhyReset)
	case r.rest != nil:
		r.left = true
	default:
		r.conn.answered(r, trace.WhyFinished)
		if status != redirected {
			c.spare = append(c.spare, r) // nothing refers to an answered request any more
		}
	}
	switch {
	case status == redirected:
		v.follow(planned)
	case step != 0 && step != handshakeUpgrades && status == 200:
		v.shakeHands(step+1, planned)
	case planned:
		v.answered(op, status, followed)
	}
	v.pump()
	c.endIfDone()
}

// redirected is the status of an answer that sends the browser to another page.
const redirected = 302

// newRequest makes a request, of a spare one if there is one.
func (c *Cluster) newRequest() *request {
	var r *request
	if n := len(c.spare); n > 0 {
		r = c.spare[n-1]
		c.spare = c.spare[:n-1]
		*r = request{c: c}
	} else {
		r = &request{c: c}
	}
	r.timer.Init(c.env, r)
	r.deadline.Init(c.env, (*givingUp)(r))
	return r
}

// abandon ends the request for a visitor who leaves. The worker does not know
// and goes on with it.
func (r *request) abandon() {
	c := r.c
	e := trace.Event{Kind: trace.RequestDone, Req: r.no, Visitor: r.v.id, Op: r.op, Conn: r.conn.number, Pid: r.pid,
		Session: r.session, Sid: c.name(r.sid), Made: r.sid.made, Dur: c.now() - r.sent}
	r.v.strip.add(&e, "")
	c.totals.Add(&e)
	c.requests.remove(&r.place)
	c.emit(e)
	r.release()
	r.timer.Stop()
	r.deadline.Stop()
	r.closed = true
	r.conn.drop(r)
}

// lockEvent makes an event of a kind about a lock.
func (r *request) lockEvent(k trace.Kind, t *machine.Task, text string) trace.Event {
	p := t.Process()
	return trace.Event{Kind: k, Req: r.ref(), Visitor: r.v.id, Pid: int16(p.Pid), Tid: int16(t.Thread().Tid), Mem: p.Mem(), Text: r.c.log.ID(text)}
}

// Waited notes that the thread of the request waits for a lock.
func (r *request) Waited(t *machine.Task, l *machine.Mutex) {
	r.set(phaseWaiting, 0)
	r.c.emit(r.lockEvent(trace.LockWaited, t, l.Name))
}

// Acquired notes that the thread of the request has a lock.
func (r *request) Acquired(t *machine.Task, l *machine.Mutex, waited int64) {
	r.set(phaseLocked, 0)
	e := r.lockEvent(trace.LockAcquired, t, l.Name)
	e.Dur = waited
	r.c.emit(e)
}

// Released notes that the thread of the request gave a lock back.
func (r *request) Released(t *machine.Task, l *machine.Mutex) {
	r.set(phaseUnlocked, 0)
	r.c.emit(r.lockEvent(trace.LockReleased, t, l.Name))
}

// Deadlocked notes that the thread of the request will wait for ever.
func (r *request) Deadlocked(t *machine.Task, _ *machine.Mutex, circle string) {
	r.c.totals.Deadlocks++
	r.c.emit(r.lockEvent(trace.LockDeadlocked, t, circle))
}

var _ machine.Waiter = (*request)(nil)
