package cluster

import (
	"procession/sim/machine"
	"procession/sim/scenario"
	"procession/sim/trace"
)

// handle is what an instance does with a request, from the first line to the
// answer. It is the measured Express app, line by line (what stands
// behind lines says which events of the trace they make):
//
//	app.use(session({ … }))
//	app.post('/login',  (req, res) => { req.session.user = …; res.json(…) }) // or res.redirect('/me')
//	app.get ('/me',     (req, res) => res.status(req.session.user ? 200 : 401).json(…))
//	app.post('/cart',   async (req, res) => { …; await shop(); req.session.cart = … })
//	app.get ('/report', (req, res) => { for (…) …; res.json(…) })
//	app.post('/logout', (req, res) => req.session.destroy(() => res.json(…)))
func (r *request) handle(t *machine.Task, in *instance) {
	c, thread := r.c, t.Thread().Tid
	r.started(in, thread)    // ▸ request.started
	t.Compute(c.costs.Parse) // ▸ after request.started

	if in.throws { // a bug in the handler; the framework catches the error, and the process goes on
		r.threw(in, thread)      // ▸ handler.threw
		r.answer(500, 0, thread) // ▸ request.answered.thrown
		return
	}

	if r.op.IsOwn() {
		r.own(t, in) // ▸ *.own; after request.started.own
		return
	}

	switch r.op { // these stand before the session middleware
	case trace.Report:
		t.Compute(c.costs.Report) // ▸ after request.started.report
		r.answer(200, 0, thread)  // ▸ request.answered.report
		return
	case trace.Count:
		r.answer(in.count(t, r), 0, thread) // ▸ *.count; after request.started.count; steps read, add, write
		return
	case trace.Chat:
		r.answer(in.chat(t, r), 0, thread) // ▸ *.chat; after request.started.chat
		return
	case trace.Poll:
		r.answer(in.poll(t, r), 0, thread) // ▸ *.poll; after request.started.poll
		return
	case trace.Transfer:
		in.transfer(t, r)        // ▸ *.transfer; after request.started.transfer
		r.answer(200, 0, thread) // ▸ request.answered.transfer
		return
	}

	s, err := in.sessions.load(t, r) // ▸ session.read, store.*.get, lock.*.read, session.waited, session.locked
	if err != nil {
		r.answer(500, 0, thread) // ▸ request.answered.unread
		return
	}
	if c.sc.Views {
		s.data.views++
	}

	status := 200
	switch r.op {
	case trace.Login:
		t.Compute(c.costs.Handle) // ▸ after session.read.login
		if c.sc.Regenerate {
			err = in.sessions.regenerate(t, r, s) // ▸ session.destroyed.login, store.*.login.del
		}
		if err == nil {
			s.data.user = r.v.name
			r.redirects = c.sc.Login == scenario.Redirect
		}
		if r.redirects && c.sc.SaveFirst {
			err = in.sessions.save(t, r, s) // its events are those of the end
		}
		switch {
		case err != nil:
			status, r.redirects = 500, false // the error is the handler's
		case r.redirects:
			status = redirected
		}
	case trace.Visit:
		t.Compute(c.costs.Handle) // ▸ after session.read.visit
		if s.data.user == "" {
			status = 401
		}
	case trace.Cart:
		cart := s.data.cart // read … ▸ after session.read.cart
		t.Compute(c.costs.Handle)
		t.Pause(c.costs.CartWait) // … ask the shop, while others are served … ▸ after session.read.cart
		s.data.cart = cart + 1    // … and write ▸ after session.read.cart
	case trace.Logout:
		t.Compute(c.costs.Handle) // ▸ after session.read.logout
		s.destroyed = true
	}

	cookie, err := in.sessions.end(t, r, s) // ▸ session.*, update.*, store.*, lock.*, request.answered.login.302
	if err != nil && r.op == trace.Logout {
		status = 500 // destroy's error is the handler's; one of saving comes after the answer's first bytes
	}
	r.answer(status, cookie, thread) // ▸ request.answered
}

// Run handles the request on a stack of its own; then its thread takes the
// next one.
func (r *request) Run(t *machine.Task) {
	in := r.inst
	r.handle(t, in)
	in.finished(t.Thread().Tid)
}

// started notes that a thread begins to handle the request.
func (r *request) started(in *instance, tid int) {
	if !r.closed {
		r.pid, r.tid = int16(in.pid), int16(tid)
	}
	r.set(phaseStarted, 0)
	r.c.emit(trace.Event{Kind: trace.RequestStarted, Req: r.ref(), Pid: int16(in.pid), Tid: int16(tid)})
}

// threw notes that the handler threw an error.
func (r *request) threw(in *instance, tid int) {
	in.throws = false
	r.c.emit(trace.Event{Kind: trace.HandlerThrew, Req: r.ref(), Visitor: r.v.id, Pid: int16(in.pid), Tid: int16(tid)})
}

// found notes what the lookup of the session came to, and why it was a miss.
func (r *request) found(s trace.Session, why trace.Why) {
	if !r.closed {
		r.session, r.why = s, why
	}
}
