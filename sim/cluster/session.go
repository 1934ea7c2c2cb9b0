package cluster

import (
	"strconv"
	"strings"
	"time"

	"procession/sim/machine"
	"procession/sim/scenario"
	"procession/sim/store"
	"procession/sim/trace"
)

// sessions is the session middleware of an instance: it makes the session
// ready before the handler, and takes care of it at the end.
type sessions interface {
	load(t *machine.Task, r *request) (*session, error)
	regenerate(t *machine.Task, r *request, s *session) error
	save(t *machine.Task, r *request, s *session) error
	end(t *machine.Task, r *request, s *session) (trace.Cookie, error)
}

func (c *Cluster) newSessions(in *instance) sessions {
	switch c.sc.Mode {
	case scenario.Store:
		e := &expressSession{c: c, in: in, store: &redisStore{c: c, in: in}}
		return &lockedSession{sessions: e, in: in, mem: trace.Store, locks: c.store.locks}
	case scenario.Cookie:
		return &cookieSession{c: c, in: in}
	}
	e := &expressSession{c: c, in: in, store: &memoryStore{c: c, in: in}}
	return &lockedSession{sessions: e, in: in, mem: in.mem, locks: sessionLocks{}}
}

// session is req.session, and what the middleware knows of it.
type session struct {
	id        sid // empty until it is needed: a session that nobody keeps never gets one
	data      data
	cookie    cookie
	destroyed bool

	original     data // when it was loaded or generated
	found        bool // the cookie's session was loaded
	savedAs      data // what the store is known to hold
	savedIsKnown bool
	touched      bool
	regenerated  bool // has a new id since the handler asked for one
	kept         bool // the handler has saved it
	version      int  // of its data when it was loaded
}

// data is what the app keeps in a session. It stands for the hash that
// express-session compares: everything but the cookie.
type data struct {
	user  string
	cart  int
	views int
	own   string // what handlers of an author's own keep, as JSON in the order of names: "hits":3,"last":2
}

// cookie is the cookie part of a session; 0: the browser's session.
type cookie struct {
	maxAge  int64 // originalMaxAge, µs
	expires int64 // virtual µs
	secure  bool
}

// newCookie gives the cookie part of a new session.
func (c *Cluster) newCookie() cookie {
	return cookie{maxAge: c.sc.MaxAge, expires: expiry(c.now(), c.sc.MaxAge), secure: c.sc.CookieSecure != "false"}
}

// touch moves the expiry on.
func (s *session) touch(now int64) {
	if !s.touched {
		s.cookie.expires = expiry(now, s.cookie.maxAge)
	}
	s.touched = true
}

// expiry is when a cookie made now expires. JavaScript's clock has milliseconds.
func expiry(now, maxAge int64) int64 {
	if maxAge == 0 {
		return 0
	}
	return now/1000*1000 + maxAge
}

// cookieDate is the end of a cookie as Set-Cookie says it: an HTTP date, which
// has whole seconds, rounded down. 0 stays: the browser's session.
func cookieDate(expires int64) int64 {
	if expires == 0 {
		return 0
	}
	return (store.Epoch+expires)/1_000_000*1_000_000 - store.Epoch
}

// sessionStore is express-session's store.
type sessionStore interface {
	get(t *machine.Task, r *request, id sid) (text string, ok bool, err error)
	set(t *machine.Task, r *request, s *session) error
	touch(t *machine.Task, r *request, s *session) error
	destroy(t *machine.Task, r *request, id sid) error
	memory() trace.Memory
}

// expressSession takes express-session's decisions, in its words.
type expressSession struct {
	c     *Cluster
	in    *instance
	store sessionStore
}

// load finds the session of the cookie, or generates an empty one. The new one
// has a new id, whatever the cookie said.
func (e *expressSession) load(t *machine.Task, r *request) (*session, error) {
	s := &session{cookie: e.c.newCookie()}
	if r.sid.text == "" {
		e.read(t, r, trace.None) // ▸ session.read.none
		return s, nil
	}
	text, ok, err := e.lookUp(t, r) // ▸ store.*.get, lock.*.read
	if err != nil {
		return nil, err
	}
	if !ok {
		e.read(t, r, trace.Miss) // ▸ session.read.miss
		return s, nil
	}
	e.read(t, r, trace.Hit) // ▸ session.read.hit
	s.id, s.found = r.sid, true
	s.data, s.cookie = parseSession(text)
	if o := e.c.sids[r.sid.text]; o != nil {
		s.version = o.version
	}
	s.original = s.data
	if !e.c.sc.Resave {
		s.savedAs, s.savedIsKnown = s.data, true
	}
	return s, nil
}

// lookUp asks the store for the session of the cookie; not if that was signed
// with another secret, since anybody may have made it up.
func (e *expressSession) lookUp(t *machine.Task, r *request) (text string, ok bool, err error) {
	if !e.in.trusts(r.sid) {
		return "", false, nil
	}
	return e.store.get(t, r, r.sid)
}

// read tells the trace what the lookup came to, and on a miss whom to blame.
func (e *expressSession) read(t *machine.Task, r *request, found trace.Session) {
	c, mem := e.c, e.store.memory()
	ev := trace.Event{Kind: trace.SessionRead, Req: r.ref(), Visitor: r.v.id, Pid: int16(e.in.pid), Tid: int16(t.Thread().Tid), Mem: mem, Session: found}
	if r.sid.text != "" {
		ev.Sid, ev.Made, ev.Home = c.name(r.sid), r.sid.made, mem
		switch {
		case found == trace.Miss:
			ev.Home, ev.Why = e.in.blame(r.sid, mem)
		case c.savesTo(r.sid.text) == mem:
			ev.Why = trace.WhyUnsaved // it finds what was there before the login
		}
		if ev.Why == trace.WhySecret {
			ev.Mem = 0 // none was asked
		}
	}
	r.found(found, ev.Why)
	c.emit(ev)
}

// end saves or touches the session and decides about the cookie.
func (e *expressSession) end(t *machine.Task, r *request, s *session) (trace.Cookie, error) {
	if s.destroyed {
		err := e.store.destroy(t, r, e.id(r, s)) // ▸ session.destroyed.logout, store.*.logout.del, lock.*.logout.write
		if e.c.sc.ClearCookie {
			return trace.CookieClear, err
		}
		return 0, err
	}
	s.touch(e.c.now())
	cookie := trace.Cookie(0)
	if e.shouldSetCookie(s) && e.c.maySend(s.cookie.secure) {
		cookie = trace.CookieSet
		r.cookie.sid, r.cookie.expires = e.in.signs(e.id(r, s)), cookieDate(s.cookie.expires)
	}
	if r.redirects && (e.store.memory() == trace.Store || e.c.sc.SaveDelay > 0) {
		r.begin(cookie, e.unsaved(r, s), e.store.memory()) // ▸ request.answered.302
	}
	var err error
	switch {
	case e.shouldSave(s):
		err = e.set(t, r, s)
	case e.shouldTouch(s):
		err = e.store.touch(t, r, s) // ▸ session.touched, store.*.expire
	}
	return cookie, err
}

// set writes the session into the store. Where the headers have left already,
// the command may fall behind them: see lateSaves.
func (e *expressSession) set(t *machine.Task, r *request, s *session) error {
	e.id(r, s)
	switch d := e.c.sc.SaveDelay; {
	case d > 0:
		t.Pause(d)
	case d == scenario.Preset && r.tail != nil && r.v.saves.below(100) < lateSaves:
		t.Compute(e.c.costs.LateSave)
	}
	err := e.store.set(t, r, s) // ▸ session.saved, update.lost, store.*.set
	if r.tail != nil {
		r.tail.sid = sid{}
	}
	return err
}

// unsaved is the session that the store does not have yet as it is now.
func (e *expressSession) unsaved(r *request, s *session) sid {
	if s.kept || !e.shouldSave(s) {
		return sid{}
	}
	return e.id(r, s)
}

// save is req.session.save. A session of a new id is saved once more at the
// end: the middleware watches the save of the one that it made itself.
func (e *expressSession) save(t *machine.Task, r *request, s *session) error {
	err := e.set(t, r, s)
	s.kept = err == nil
	if !s.regenerated {
		s.savedAs, s.savedIsKnown = s.data, true
	}
	return err
}

// id gives the session its id, if it has none yet.
func (e *expressSession) id(r *request, s *session) sid {
	if s.id.text == "" {
		s.id = e.c.newSid(r.v, e.store.memory())
	}
	return s.id
}

// regenerate ends the session and gives the request a new, empty one
// (req.session.regenerate), so that nobody can have planted its id. It does so
// also when the store does not answer.
func (e *expressSession) regenerate(t *machine.Task, r *request, s *session) error {
	err := e.store.destroy(t, r, e.id(r, s)) // ▸ session.destroyed.login, store.*.login.del
	s.id, s.data, s.regenerated = sid{}, data{}, true
	s.cookie = e.c.newCookie()
	return err
}

func (s *session) isModified() bool { return s.regenerated || s.original != s.data }

func (s *session) isSaved() bool { return !s.regenerated && s.savedIsKnown && s.savedAs == s.data }

// isOld says whether the session is that of the cookie: cookieId === req.sessionID.
func (s *session) isOld() bool { return s.found && !s.regenerated }

func (e *expressSession) shouldSave(s *session) bool {
	if !e.c.sc.SaveUninitialized && !s.savedIsKnown && !s.isOld() {
		return s.isModified()
	}
	return !s.isSaved()
}

func (e *expressSession) shouldTouch(s *session) bool { return s.isOld() && !e.shouldSave(s) }

func (e *expressSession) shouldSetCookie(s *session) bool {
	if !s.isOld() {
		return e.c.sc.SaveUninitialized || s.isModified()
	}
	return e.c.sc.Rolling || s.cookie.expires != 0 && s.isModified()
}

// cookieEnd closes the cookie part of a session's JSON.
const cookieEnd = `"path":"/"}`

// secureFlag stands in a session's JSON if its cookie is only for TLS.
const secureFlag = `,"secure":true`

// json gives the session as express-session writes it into a store.
func (s *session) json() string {
	var b strings.Builder
	b.WriteString(`{"cookie":{"originalMaxAge":`)
	if s.cookie.maxAge > 0 {
		b.WriteString(strconv.FormatInt(s.cookie.maxAge/1000, 10))
		b.WriteString(`,"expires":"`)
		b.WriteString(time.UnixMicro(store.Epoch + s.cookie.expires).UTC().Format("2006-01-02T15:04:05.000Z"))
		b.WriteString(`"`)
	} else {
		b.WriteString(`null,"expires":null`)
	}
	if s.cookie.secure {
		b.WriteString(secureFlag)
	}
	b.WriteString(`,"httpOnly":true,` + cookieEnd)
	s.data.write(&b, ",")
	b.WriteByte('}')
	return b.String()
}

// json gives the data alone.
func (d data) json() string {
	var b strings.Builder
	b.WriteByte('{')
	d.write(&b, "")
	b.WriteByte('}')
	return b.String()
}

func (d data) write(b *strings.Builder, comma string) {
	number := func(name string, n int) {
		if n != 0 {
			b.WriteString(comma + `"` + name + `":`)
			b.WriteString(strconv.Itoa(n))
			comma = ","
		}
	}
	if d.user != "" {
		// Names have no characters that JSON would have to escape.
		b.WriteString(comma + `"user":"`)
		b.WriteString(d.user)
		b.WriteByte('"')
		comma = ","
	}
	number("cart", d.cart)
	number("views", d.views)
	if d.own != "" {
		b.WriteString(comma + d.own)
	}
}

// parseSession reads what json wrote. Nobody else writes sessions.
func parseSession(text string) (d data, c cookie) {
	head, rest, _ := strings.Cut(text, cookieEnd)
	if _, after, ok := strings.Cut(head, `"expires":"`); ok {
		age, _, _ := strings.Cut(strings.TrimPrefix(head, `{"cookie":{"originalMaxAge":`), ",")
		ms, err := strconv.ParseInt(age, 10, 64)
		at, err2 := time.Parse("2006-01-02T15:04:05.000Z", after[:24])
		if err != nil || err2 != nil {
			panic("cluster: parseSession: not a session: " + text)
		}
		c = cookie{maxAge: ms * 1000, expires: at.UnixMicro() - store.Epoch}
	}
	c.secure = strings.Contains(head, secureFlag)
	return parseData(rest), c
}

func parseData(text string) (d data) {
	for part := range strings.SplitSeq(strings.Trim(text, "{},"), ",") {
		name, value, _ := strings.Cut(part, ":")
		switch name {
		case `"user"`:
			d.user = strings.Trim(value, `"`)
		case `"cart"`:
			d.cart, _ = strconv.Atoi(value)
		case `"views"`:
			d.views, _ = strconv.Atoi(value)
		case "":
		default:
			d.own += "," + part
		}
	}
	d.own = strings.TrimPrefix(d.own, ",")
	return d
}
