package cluster

import (
	"errors"

	"procession/sim/machine"
	"procession/sim/trace"
)

// cookieSession keeps the whole session in a signed cookie (cookie-session):
// the server remembers nothing.
type cookieSession struct {
	c  *Cluster
	in *instance
}

func (e *cookieSession) load(t *machine.Task, r *request) (*session, error) {
	s := &session{}
	ev := trace.Event{Kind: trace.SessionRead, Req: r.ref(), Visitor: r.v.id, Pid: r.pid, Tid: r.tid, Mem: trace.Jar, Session: trace.None}
	switch {
	case r.sid.text == "":
	case r.sid.made == trace.Jar && e.in.trusts(r.sid):
		s.id, s.found = r.sid, true
		s.data = parseData(r.data)
		ev.Session, ev.Sid, ev.Made, ev.Home = trace.Hit, e.c.name(r.sid), trace.Jar, trace.Jar
	default:
		// The number that another mode handed out has no session in it, and a
		// session that was signed with another secret may be anybody's work.
		ev.Session, ev.Sid, ev.Made = trace.Miss, e.c.name(r.sid), r.sid.made
		ev.Home, ev.Why = e.c.blame(r.sid.text, trace.Jar)
		if r.sid.made == trace.Jar {
			ev.Why = trace.WhySecret
		}
	}
	s.original = s.data
	r.found(ev.Session, ev.Why)
	e.c.emit(ev)
	return s, nil
}

// What Node says of cookie-session's req.session.
var (
	errNoRegenerate = errors.New("req.session.regenerate is not a function")
	errNoSave       = errors.New("req.session.save is not a function")
)

// regenerate fails: cookie-session has no such thing.
func (e *cookieSession) regenerate(*machine.Task, *request, *session) error { return errNoRegenerate }

// save fails: cookie-session has no such thing either.
func (e *cookieSession) save(*machine.Task, *request, *session) error { return errNoSave }

// end sends the session back as a new cookie if it changed. A logout clears
// the cookie; a copy of it, kept elsewhere, would still be good. A signature
// that does not fit is cleared, and without it the cookie is worth nothing.
func (e *cookieSession) end(_ *machine.Task, r *request, s *session) (trace.Cookie, error) {
	if !e.c.maySend(e.c.sc.CookieSecure != "false") {
		return 0, nil
	}
	if s.destroyed {
		return trace.CookieClear, nil
	}
	if !s.isModified() {
		if r.why == trace.WhySecret {
			return trace.CookieClear, nil
		}
		return 0, nil
	}
	r.cookie.sid, r.cookie.data = e.in.signs(e.c.newSid(r.v, trace.Jar)), s.data.json()
	r.cookie.expires = cookieDate(expiry(e.c.now(), e.c.sc.MaxAge))
	e.c.sids[r.cookie.sid.text] = &origin{home: trace.Jar}
	return trace.CookieSet, nil
}
