package trace

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// storeKind is the key of the grammar that says what the store is, and
// database the word for one that keeps what it has when it goes down.
const storeKind, database = "store-kind", "database"

// changes has the one change of the picture that each kind of event stands
// for. A change that cannot be is refused before anything is different.
var changes = [kindEnd]func(*Picture, *telling) error{
	RunStarted:     func(*Picture, *telling) error { return nil },
	RunEnded:       func(p *Picture, _ *telling) error { p.ended = true; return nil },
	CommandApplied: (*Picture).command,
	CommandRefused: func(*Picture, *telling) error { return nil },
	ScenarioSet:    (*Picture).set,

	VisitorJoined: (*Picture).join,
	VisitorLeft:   (*Picture).leave,

	WorkerStarting:  (*Picture).begin,
	WorkerListening: (*Picture).listen,
	WorkerCrashed:   (*Picture).gone,
	WorkerStopped:   (*Picture).gone,
	WorkerStopping:  (*Picture).stop,

	ConnOpened:   (*Picture).open,
	ConnAccepted: (*Picture).accept,
	ConnClosed:   (*Picture).close,

	RequestSent:     (*Picture).send,
	RequestRouted:   (*Picture).route,
	RequestStarted:  (*Picture).start,
	RequestAnswered: (*Picture).answer,
	RequestReset:    func(p *Picture, t *telling) error { return p.phase(t, "reset") },
	RequestDone:     (*Picture).finish,
	AnswerEnded:     func(p *Picture, t *telling) error { delete(p.saving, t.Req); return nil },
	HandlerThrew:    func(*Picture, *telling) error { return nil },

	SessionRead:      (*Picture).look,
	SessionSaved:     (*Picture).save,
	SessionTouched:   (*Picture).touch,
	SessionRevived:   func(*Picture, *telling) error { return nil },
	SessionLoaded:    (*Picture).save,
	SessionDestroyed: (*Picture).drop,
	SessionExpired:   (*Picture).drop,

	SessionWaited:   func(p *Picture, t *telling) error { return p.onThread(t, "waiting") },
	SessionLocked:   (*Picture).start,
	SessionUnlocked: func(*Picture, *telling) error { return nil },

	StoreSent:     func(p *Picture, t *telling) error { return p.stores(t, "storing") },
	StoreExecuted: (*Picture).execute,
	StoreFailed:   func(p *Picture, t *telling) error { return p.stores(t, "failed") },
	StoreSaved:    func(*Picture, *telling) error { return nil },
	StoreDown:     (*Picture).storeDown,
	StoreUp:       func(p *Picture, t *telling) error { p.state, p.store.count = storeUp, t.Count; return nil },
	StoreSlowed:   func(p *Picture, _ *telling) error { p.state = storeSlow; return nil },

	LockWaited:     (*Picture).wait,
	LockAcquired:   (*Picture).acquire,
	LockReleased:   (*Picture).release,
	LockDeadlocked: func(p *Picture, _ *telling) error { p.totals.Deadlocks++; return nil },

	ThreadReady: (*Picture).queue,
	ThreadDone:  (*Picture).unqueue,
	CoreSwitch:  (*Picture).turn,
	CoreIdle:    (*Picture).idle,

	CounterCounted: (*Picture).counted,
	AccountWritten: (*Picture).pay,
	UpdateLost:     func(p *Picture, _ *telling) error { p.totals.Lost++; return nil },

	CookieReplaced: func(*Picture, *telling) error { return nil },
	CookiePlanted:  (*Picture).plant,

	SocketOpened:  func(p *Picture, t *telling) error { return p.socket(t, t.Pid) },
	SocketClosed:  func(p *Picture, t *telling) error { return p.socket(t, 0) },
	ChatDelivered: (*Picture).hear,
	ChatMissed:    (*Picture).miss,

	ValueWritten: (*Picture).write,
	JobRan:       (*Picture).ran,
	PollOpened:   func(*Picture, *telling) error { return nil },
	PollUnknown:  func(*Picture, *telling) error { return nil },

	StoreFilled:    func(p *Picture, _ *telling) error { p.state = storeFull; return nil },
	StoreRefused:   func(p *Picture, t *telling) error { return p.phase(t, "returning") },
	SessionEvicted: (*Picture).drop,
}

func (p *Picture) command(t *telling) error {
	p.commands = append(p.commands, DoneCommand{At: t.Ts, Text: t.text})
	return nil
}

func (p *Picture) set(t *telling) error {
	key, value, ok := strings.Cut(t.text, "=")
	if !ok || key == "" {
		return fmt.Errorf("%q is not key=value", t.text)
	}
	p.scenario[key] = value
	return nil
}

func (p *Picture) join(t *telling) error {
	if p.named[t.visitor] != nil {
		return fmt.Errorf("%q is here already", t.visitor)
	}
	v := &VisitorView{Name: t.visitor, Address: t.text}
	p.visitors = append(p.visitors, v)
	p.named[v.Name] = v
	return nil
}

func (p *Picture) leave(t *telling) error {
	v := p.named[t.visitor]
	if v == nil {
		return nobody(t)
	}
	p.visitors = slices.DeleteFunc(p.visitors, func(other *VisitorView) bool { return other == v })
	delete(p.named, v.Name)
	return nil
}

func nobody(t *telling) error { return fmt.Errorf("nobody here is called %q", t.visitor) }

func (p *Picture) begin(t *telling) error {
	if t.Pid < 1 || t.Mem < 1 {
		return fmt.Errorf("process %d in memory %d: both are 1 or more", t.Pid, t.Mem)
	}
	if other := p.lives[t.Mem]; other != nil {
		return fmt.Errorf("memory %d is that of process %d", t.Mem, other.pid)
	}
	i, found := p.find(t.Pid)
	if found && p.workers[i].state != workerDown && p.workers[i].state != workerStopping {
		return fmt.Errorf("process %d runs already", t.Pid)
	}
	if !found {
		p.workers = slices.Insert(p.workers, i, &process{pid: t.Pid})
	}
	w := p.workers[i]
	if w.state == workerStopping { // a reload: the old process goes on beside the new one
		delete(p.lives, w.mem)
		w.leaving = w.mem
	}
	w.mem, w.threads, w.state, w.until = t.Mem, t.Threads, workerStarting, t.Until
	w.forget()
	p.lives[w.mem] = w
	return nil
}

// find gives the place of a worker in the list, and whether it is there.
func (p *Picture) find(pid int16) (int, bool) {
	return slices.BinarySearchFunc(p.workers, pid, func(w *process, pid int16) int { return cmp.Compare(w.pid, pid) })
}

func (p *Picture) worker(pid int16) (*process, error) {
	i, found := p.find(pid)
	if !found {
		return nil, fmt.Errorf("there is no process %d", pid)
	}
	return p.workers[i], nil
}

func (p *Picture) listen(t *telling) error {
	w, err := p.worker(t.Pid)
	if err != nil {
		return err
	}
	w.state, w.until = workerUp, 0
	return nil
}

func (p *Picture) stop(t *telling) error {
	w, err := p.worker(t.Pid)
	if err != nil {
		return err
	}
	w.state, w.until = workerStopping, t.Until
	return nil
}

func (p *Picture) gone(t *telling) error {
	w, err := p.worker(t.Pid)
	if err != nil {
		return err
	}
	if t.Mem == w.leaving && t.Mem != 0 {
		w.leaving = 0
		return nil
	}
	delete(p.lives, w.mem)
	if t.Until == 0 {
		p.workers = slices.DeleteFunc(p.workers, func(other *process) bool { return other == w })
		return nil
	}
	w.forget()
	w.state, w.until = workerDown, t.Until
	return nil
}

func (p *Picture) open(t *telling) error {
	if p.conns[t.Conn] != nil {
		return fmt.Errorf("connection %d is open already", t.Conn)
	}
	p.conns[t.Conn] = &ConnView{Conn: t.Conn, Visitor: t.visitor}
	return nil
}

func (p *Picture) accept(t *telling) error {
	c := p.conns[t.Conn]
	if c == nil {
		return notOpen(t)
	}
	c.Pid = t.Pid
	return nil
}

func (p *Picture) close(t *telling) error {
	if p.conns[t.Conn] == nil {
		return notOpen(t)
	}
	delete(p.conns, t.Conn)
	return nil
}

func notOpen(t *telling) error { return fmt.Errorf("connection %d is not open", t.Conn) }

func (p *Picture) send(t *telling) error {
	if t.Req < 1 || p.requests[t.Req] != nil {
		return fmt.Errorf("request %d cannot be sent: its number is 1 or more, and that of no other under way", t.Req)
	}
	p.requests[t.Req] = &RequestView{Req: t.Req, Visitor: t.visitor, Op: t.op, Conn: t.Conn, Sid: t.sid, Made: t.Made,
		Phase: "sent", Since: t.Ts, Until: t.Until}
	return nil
}

// request gives the request of an event; nil when nobody waits for it any more.
func (p *Picture) request(t *telling) (*RequestView, error) {
	if t.Req == 0 {
		return nil, nil
	}
	r := p.requests[t.Req]
	if r == nil {
		return nil, fmt.Errorf("request %d is not under way", t.Req)
	}
	return r, nil
}

// enter puts a request into a phase.
func (r *RequestView) enter(phase string, t *telling) {
	r.Phase, r.Since, r.Until = phase, t.Ts, t.Until
}

// phase puts the request of an event into a phase.
func (p *Picture) phase(t *telling, name string) error {
	r, err := p.request(t)
	if r != nil {
		r.enter(name, t)
	}
	return err
}

// stores puts the request of an event into a phase of its way to the store. One
// whose answer has left is on its way back, or over; its command is shown alone.
func (p *Picture) stores(t *telling, name string) error {
	r := p.requests[t.Req]
	switch {
	case t.Req == 0 || r != nil && r.Phase != "answered":
		return p.phase(t, name)
	case name == "failed":
		delete(p.saving, t.Req)
	case name == "returning" && p.saving[t.Req].Req == 0:
		return fmt.Errorf("request %d has no command under way", t.Req)
	default:
		p.saving[t.Req] = SavingView{Req: t.Req, Visitor: t.visitor, Pid: t.Pid, Phase: name, Since: t.Ts, Until: t.Until}
	}
	return nil
}

func (p *Picture) route(t *telling) error {
	r, err := p.request(t)
	if r != nil {
		r.enter("routed", t)
		r.Pid = t.Pid
	}
	return err
}

func (p *Picture) start(t *telling) error { return p.onThread(t, "started") }

// onThread puts the request of an event into a phase, on the event's thread.
func (p *Picture) onThread(t *telling, name string) error {
	r, err := p.request(t)
	if r != nil {
		r.enter(name, t)
		r.Pid, r.Tid = t.Pid, t.Tid
	}
	return err
}

func (p *Picture) answer(t *telling) error {
	if err := p.onThread(t, "answered"); err != nil {
		return err
	}
	if i, found := p.find(t.Pid); found {
		p.workers[i].done++
	}
	if r := p.requests[t.Req]; r != nil {
		r.Status, r.Session, r.Cookie, r.Sid, r.Made = t.Status, t.Session.String(), t.Cookie.String(), t.sid, t.Made
	}
	return nil
}

func (p *Picture) finish(t *telling) error {
	if _, err := p.request(t); err != nil {
		return err
	}
	delete(p.requests, t.Req)
	p.totals.Add(t.Event)
	v := p.named[t.visitor]
	if v == nil {
		return nil // who has left
	}
	v.Strip = append(v.Strip, Cell{Req: t.Req, Pid: t.Pid, Mark: MarkOf(t.Op, t.Status, t.text), Cookie: CookieMark(t.Cookie)})
	if len(v.Strip) > StripLen {
		v.Strip = v.Strip[1:]
	}
	switch t.Cookie {
	case CookieSet:
		v.Sid, v.Made = t.sid, t.Made
	case CookieClear:
		v.Sid, v.Made = "", 0
	}
	switch came := t.Outcome(); {
	case came == ByChance:
		v.Logouts++
	case came == Served && t.Op == Login:
		v.Believes = true
	case came == Served && t.Op == Logout:
		v.Believes = false
	}
	return nil
}

func (p *Picture) plant(t *telling) error {
	v := p.named[t.visitor]
	if v == nil {
		return nobody(t)
	}
	v.Sid, v.Made = t.sid, t.Made
	return nil
}

func (p *Picture) look(t *telling) error {
	r, err := p.request(t)
	if r != nil {
		r.Session = t.Session.String()
	}
	return err
}

// memory gives the memory of an event; nil when it is not in the picture: a
// visitor's own cookie jar, or the memory of a process that was stopped and
// still does what it has in hand.
func (p *Picture) memory(t *telling) (*memory, error) {
	if t.Mem == Store {
		return &p.store, nil
	}
	if w := p.lives[t.Mem]; w != nil {
		return &w.own, nil
	}
	if t.Mem == Jar || t.Mem > 0 {
		return nil, nil
	}
	return nil, fmt.Errorf("there is no memory %d", t.Mem)
}

func (p *Picture) save(t *telling) error {
	m, err := p.memory(t)
	if m != nil {
		m.sessions[t.sid] = SessionView{Sid: t.sid, Data: t.text, Until: t.Until}
	}
	return err
}

func (p *Picture) touch(t *telling) error {
	m, err := p.memory(t)
	if m == nil {
		return err
	}
	if s, ok := m.sessions[t.sid]; ok {
		s.Until = t.Until
		m.sessions[t.sid] = s
	}
	return nil
}

func (p *Picture) drop(t *telling) error {
	m, err := p.memory(t)
	if m != nil {
		delete(m.sessions, t.sid)
	}
	return err
}

func (p *Picture) execute(t *telling) error {
	if err := p.stores(t, "returning"); err != nil {
		return err
	}
	p.executed = append(p.executed, t.text)
	if len(p.executed) > StoreCommands {
		p.executed = p.executed[1:]
	}
	p.totals.Commands++
	return nil
}

func (p *Picture) storeDown(*telling) error {
	p.state = storeDown
	if p.scenario[storeKind] != database {
		p.store = newMemory(nil, 0, nil)
	}
	return nil
}

func (p *Picture) wait(t *telling) error {
	return p.atLock(t, "waiting", func(l *LockView) { l.Waiting = append(l.Waiting, t.Tid) })
}

func (p *Picture) acquire(t *telling) error {
	return p.atLock(t, "locked", func(l *LockView) {
		l.Holder = t.Tid
		l.Waiting = slices.DeleteFunc(l.Waiting, func(tid int16) bool { return tid == t.Tid })
	})
}

func (p *Picture) release(t *telling) error {
	return p.atLock(t, "unlocked", func(l *LockView) { l.Holder = 0 })
}

// atLock changes the lock of an event, and puts its request into a phase.
func (p *Picture) atLock(t *telling, phase string, change func(*LockView)) error {
	if err := p.onThread(t, phase); err != nil {
		return err
	}
	if w := p.lives[t.Mem]; w != nil {
		change(w.lock(t.text))
	}
	return nil
}

func (p *Picture) queue(t *telling) error {
	p.ready = append(p.ready, ThreadView{Pid: t.Pid, Tid: t.Tid, Mem: t.Mem})
	return nil
}

// unqueue: a thread got a core, or died while it waited for one.
func (p *Picture) unqueue(t *telling) error {
	if i := slices.IndexFunc(p.ready, func(r ThreadView) bool { return r.Mem == t.Mem && r.Tid == t.Tid }); i >= 0 {
		p.ready = slices.Delete(p.ready, i, i+1)
	}
	return nil
}

// core gives the place of a core in the list, and whether it is there.
func (p *Picture) core(t *telling) (int, bool) {
	return slices.BinarySearchFunc(p.cores, t.Core, func(c CoreView, core int16) int { return cmp.Compare(c.Core, core) })
}

func (p *Picture) turn(t *telling) error {
	if t.Core < 1 {
		return errors.New("a core's number is 1 or more")
	}
	i, found := p.core(t)
	if !found {
		p.cores = slices.Insert(p.cores, i, CoreView{Core: t.Core})
	}
	p.cores[i].Pid, p.cores[i].Tid = t.Pid, t.Tid
	return p.unqueue(t)
}

func (p *Picture) idle(t *telling) error {
	i, found := p.core(t)
	if !found {
		return fmt.Errorf("core %d never ran anything", t.Core)
	}
	p.cores[i].Pid, p.cores[i].Tid = 0, 0
	return nil
}

func (p *Picture) counted(t *telling) error {
	m, err := p.memory(t)
	if m != nil {
		m.count = t.Count
	}
	return err
}

func (p *Picture) write(t *telling) error {
	m, err := p.memory(t)
	if m != nil {
		m.values[t.text] = t.Count
	}
	return err
}

func (p *Picture) pay(t *telling) error {
	m, err := p.memory(t)
	if m != nil {
		m.values[AccountName(t.text)] = t.Count
	}
	return err
}

func (p *Picture) ran(t *telling) error {
	p.totals.Jobs++
	if i, found := p.find(t.Pid); found {
		p.workers[i].jobs++
	}
	return nil
}

// socket notes where a visitor holds a websocket; who has left holds none.
func (p *Picture) socket(t *telling, pid int16) error {
	if v := p.named[t.visitor]; v != nil {
		v.Socket = pid
	}
	return nil
}

func (p *Picture) hear(t *telling) error {
	p.totals.Heard++
	if v := p.named[t.visitor]; v != nil {
		v.Heard++
	}
	return nil
}

func (p *Picture) miss(t *telling) error {
	p.totals.Missed++
	if v := p.named[t.visitor]; v != nil {
		v.Missed++
	}
	return nil
}
