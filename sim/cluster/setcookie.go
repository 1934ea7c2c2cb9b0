package cluster

import (
	"procession/sim/scenario"
	"procession/sim/trace"
)

// answerCookie is the Set-Cookie of an answer.
type answerCookie struct {
	sid     sid
	expires int64 // virtual µs, whole seconds of the wall clock; 0: when the browser closes
	data    string
	sticky  int
}

// maySend says whether a session cookie may be sent: one with the flag Secure
// only where the app takes the connection for one with TLS. Behind a proxy that
// ends TLS it does so when it trusts what the proxy says. Else express-session
// and cookie-session send none, and say nothing.
func (c *Cluster) maySend(secure bool) bool {
	return !secure || c.sc.CookieSecure == scenario.TrustProxy
}

// takeCookie puts the session cookie of the answer into the visitor's jar. What
// another answer has put there since the request was sent is gone with that,
// and is told. A cookie whose date has passed is dropped at once; who has no jar
// drops each.
func (r *request) takeCookie() {
	c, v := r.c, r.v
	if c.sc.Cookies == scenario.Dropped {
		r.sid = sid{}
		return
	}
	v.jar.dropPast(c.now())
	there, strayed := v.jar, ""
	switch {
	case there.sid.text == r.carried.text, there.sid.text == r.cookie.sid.text:
	case there.sid.text == "":
		if r.cookie.data != "" && r.sent < v.cleared {
			c.revive(r, r.no, int(r.pid), trace.Jar, r.cookie.sid, r.cookie.data)
		}
	default:
		if v.believes && r.op != trace.Login {
			strayed = r.cookie.sid.text
		}
		r.replace(there)
	}
	v.strayed = strayed
	v.jar.sid, v.jar.expires, v.jar.data = r.cookie.sid, r.cookie.expires, r.cookie.data
	if v.jar.dropPast(c.now()) {
		r.sid = sid{}
	}
	v.shown = r.sid
}

// replace tells that the answer's cookie takes the place of another one. In
// mode=cookie both may be of the same session; then an update is lost.
func (r *request) replace(there jar) {
	c := r.c
	switch {
	case r.data == "" || r.cookie.data == "":
		c.emit(trace.Event{Kind: trace.CookieReplaced, Req: r.no, Visitor: r.v.id, Pid: r.pid,
			Sid: c.name(r.cookie.sid), Made: r.cookie.sid.made, Text: c.name(there.sid)})
	case there.data != r.data:
		c.lose(r, int(r.pid), trace.Jar, r.cookie.data)
	}
}

// plant puts another visitor's session cookie into the visitor's jar, as an
// attacker does who can run a script on a page of the site or of a neighbour
// below the same domain.
func (v *visitor) plant(other *visitor) {
	c, planted := v.c, other.jar
	if v.believes {
		v.strayed = planted.sid.text
	}
	v.jar.sid, v.jar.expires, v.jar.data = planted.sid, planted.expires, planted.data
	v.shown = planted.sid
	c.emit(trace.Event{Kind: trace.CookiePlanted, Visitor: v.id, Sid: c.name(planted.sid), Made: planted.sid.made, Text: other.id})
}

// dropPast drops the session cookie if its date has passed, and says whether it did.
func (j *jar) dropPast(now int64) bool {
	if j.expires == 0 || now < j.expires {
		return false
	}
	j.sid, j.data, j.expires = sid{}, "", 0
	return true
}
