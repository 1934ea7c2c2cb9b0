package cluster

import (
	"maps"
	"slices"

	"procession/sim/machine"
	"procession/sim/trace"
)

// lockedSession is a session middleware that serves the requests of a session
// one at a time (session-lock), as PHP does: a request takes the lock of its
// session before it reads it, and gives it back when it is written. Others of
// that session wait, in the order of coming; the thread may turn to what is not
// of that session. Who comes without a session has nothing to lock.
type lockedSession struct {
	sessions
	in    *instance
	mem   trace.Memory
	locks sessionLocks
}

func (l *lockedSession) load(t *machine.Task, r *request) (*session, error) {
	if l.in.c.sc.SessionLock && r.sid.text != "" && l.in.trusts(r.sid) {
		l.locks.lock(&lockUser{r: r, id: r.sid, in: l.in, task: t, mem: l.mem, since: l.in.c.now()}) // ▸ session.waited, session.locked
	}
	s, err := l.sessions.load(t, r)
	if err != nil {
		l.unlock(r)
	}
	return s, err
}

func (l *lockedSession) end(t *machine.Task, r *request, s *session) (trace.Cookie, error) {
	cookie, err := l.sessions.end(t, r, s)
	l.unlock(r)
	return cookie, err
}

func (l *lockedSession) unlock(r *request) {
	if u := r.lock; u != nil {
		r.lock = nil
		u.tell(trace.SessionUnlocked) // ▸ session.unlocked
		l.locks.pass(u.id.text)
	}
}

// sessionLocks are the locks of the sessions in one memory, by session id: for
// each its user, and behind that those who wait. A free lock is not there.
// Those of a process's own memory end with the process. Those of the shared
// store are on files that all processes see, as PHP's own are: the system gives
// them in the order of coming, and takes them back from a process that ends.
type sessionLocks map[string][]*lockUser

// lockUser is a request that has the lock of its session, or waits for it.
type lockUser struct {
	r     *request
	id    sid // of the session; the answer may carry another one
	in    *instance
	task  *machine.Task
	mem   trace.Memory // that of the session
	since int64        // when it came
}

// lock takes the lock of the user's session, at once or after those who came before.
func (l sessionLocks) lock(u *lockUser) {
	id := u.id.text
	l[id] = append(l[id], u)
	if len(l[id]) == 1 {
		u.has()
		return
	}
	u.r.set(phaseWaiting, 0)
	u.tell(trace.SessionWaited)
	u.task.Block()
}

// pass takes the lock from its user and gives it to the first who waits.
func (l sessionLocks) pass(id string) {
	l[id] = l[id][1:]
	if len(l[id]) == 0 {
		delete(l, id)
		return
	}
	next := l[id][0]
	next.has()
	next.task.Unblock(0)
}

// leave takes away what a process that ends has, and what it waits for.
func (l sessionLocks) leave(in *instance) {
	for _, id := range slices.Sorted(maps.Keys(l)) {
		had := l[id][0]
		l[id] = slices.DeleteFunc(l[id], func(u *lockUser) bool { return u.in == in && u != had })
		if had.in == in {
			l.pass(id)
		}
	}
}

// has notes that the user has the lock.
func (u *lockUser) has() {
	u.r.lock = u
	u.r.set(phaseStarted, 0)
	u.tell(trace.SessionLocked)
}

// tell tells what becomes of the user and the lock.
func (u *lockUser) tell(k trace.Kind) {
	e := trace.Event{Kind: k, Req: u.r.ref(), Visitor: u.r.v.id, Pid: int16(u.in.pid), Tid: int16(u.task.Thread().Tid),
		Mem: u.mem, Sid: u.r.c.name(u.id)}
	if k == trace.SessionLocked {
		e.Dur = u.r.c.now() - u.since
	}
	u.r.c.emit(e)
}

var _ sessions = (*lockedSession)(nil)
