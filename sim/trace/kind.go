package trace

// Kind is what happened, in noun.verb form.
type Kind uint8

// The kinds. The comment names what makes the kind what it is; Schema has the
// fields of each, in the order in which they are written.
const (
	_ Kind = iota
	// RunStarted is the first event of every run; Text is the scenario in the flat grammar.
	RunStarted
	// RunEnded is the last one, when every script has ended.
	RunEnded
	// CommandApplied: Text is the command. Its effects follow at the same Ts.
	CommandApplied
	// CommandRefused: the command of Text could not be applied; Note says why.
	CommandRefused
	// ScenarioSet: a live key has a new value; Text is "key=value".
	ScenarioSet
	// VisitorJoined: Visitor is here; Text is the IP address.
	VisitorJoined
	// VisitorLeft: the visitor closed the browser.
	VisitorLeft
	// WorkerStarting: a process was spawned and listens at Until; it has Threads threads.
	WorkerStarting
	// WorkerListening: the process takes requests from now on.
	WorkerListening
	// WorkerCrashed: the process died; its memory is gone. pm2 spawns it again at Until (0: never).
	WorkerCrashed
	// WorkerStopped: the process was ended on purpose (Why); its memory is gone. It is spawned again at Until (0: never, and the worker leaves the picture).
	WorkerStopped
	// WorkerStopping: the process was told to end (Why) and finishes what it has; it takes nothing new. It is killed at Until.
	WorkerStopping
	// ConnOpened: the visitor's browser opened a TCP connection to the balancer.
	ConnOpened
	// ConnAccepted: the connection belongs to worker Pid from now on (Node's cluster only).
	ConnAccepted
	// ConnClosed: the connection is no more (Why).
	ConnClosed
	// RequestSent: a request leaves the visitor with the cookie Sid (issued by memory Made) and is at the balancer at Until.
	RequestSent
	// RequestRouted: the balancer passes the request on to worker Pid, where it is at Until.
	RequestRouted
	// RequestStarted: thread Tid of worker Pid begins to handle the request.
	RequestStarted
	// HandlerThrew: the handler of the request threw an error, which the framework will answer. The process goes on.
	HandlerThrew
	// SessionRead: worker Pid looked for Sid in memory Mem (0: in none, since the signature of the cookie did not fit). On a miss, Why, Made and Home give the blame.
	SessionRead
	// SessionSaved: memory Mem holds Sid with the data Text; it expires at Until (0: never).
	SessionSaved
	// SessionTouched: the life of Sid in memory Mem was prolonged to Until.
	SessionTouched
	// SessionRevived: Sid was saved into memory Mem, or its cookie brought back into the jar, although it was destroyed after this request had loaded it.
	SessionRevived
	// SessionLoaded: the store, which is back, has read Sid from disk, with the data Text; it expires at Until.
	SessionLoaded
	// SessionDestroyed: Sid was removed from memory Mem by a logout.
	SessionDestroyed
	// SessionExpired: Sid was removed from memory Mem because its time was over.
	SessionExpired
	// StoreSent: worker Pid sends a command to the store, where it is at Until; Text is the command.
	StoreSent
	// StoreExecuted: the store executed the command Text; the reply is back at worker Pid at Until.
	StoreExecuted
	// StoreFailed: the client in worker Pid gave up on a command (Why).
	StoreFailed
	// StoreSaved: the store wrote all that it holds to disk, Count changes after it had done so before.
	StoreSaved
	// StoreDown: the store was killed or told to end (Why), and what it held in memory is gone.
	StoreDown
	// StoreUp: the store is back, at its usual speed. Its counter says Count; each session that it read from disk is told after this.
	StoreUp
	// StoreSlowed: the store answers slowly from now on.
	StoreSlowed
	// LockWaited: thread Tid of worker Pid found the lock Text taken and waits.
	LockWaited
	// LockAcquired: thread Tid of worker Pid has the lock Text, after a wait of Dur.
	LockAcquired
	// LockReleased: thread Tid of worker Pid gave the lock Text back.
	LockReleased
	// LockDeadlocked: thread Tid of worker Pid closes a circle of threads that wait for each other. Text has each lock of it and
	// who holds it, from the one that Tid waits for: "checking:1,savings:2". Each holder waits for the next lock, Tid holds the last.
	LockDeadlocked
	// ThreadReady: thread Tid of worker Pid could run and waits for a core.
	ThreadReady
	// ThreadDone: a thread that waited for a core died with its process.
	ThreadDone
	// CounterCounted: worker Pid wrote Count into the counter in memory Mem.
	CounterCounted
	// AccountWritten: worker Pid wrote Count, its money, into the account Text in memory Mem.
	AccountWritten
	// UpdateLost: a write put away what another request had written since this one read; Text is what was written: a session's data,
	// "counter", or the name of an account.
	UpdateLost
	// CookieReplaced: an answer set the cookie Sid (made by memory Made) in the place of Text, which had come to the browser while the request was under way.
	CookieReplaced
	// SocketOpened: the visitor holds a websocket on worker Pid.
	SocketOpened
	// SocketClosed: the visitor's websocket is closed (Why).
	SocketClosed
	// ChatDelivered: a message sent by the request is on its way to the visitor, on worker Pid's socket; it is there at Until.
	ChatDelivered
	// ChatMissed: the visitor's socket is on worker Pid, which never heard of the message.
	ChatMissed
	// CoreSwitch: the core turns to thread Tid of worker Pid, which really runs from Until on.
	CoreSwitch
	// CoreIdle: the core has nothing to run.
	CoreIdle
	// RequestAnswered: the answer leaves the worker and is at the visitor at Until. Text is the number that it shows, if a handler of the author's own has read one.
	RequestAnswered
	// RequestReset: the connection broke under the request (Why); the visitor knows at Until.
	RequestReset
	// RequestDone: the request is over for the visitor, after Dur: exactly one for every request. On a logout by chance, Why is that of the miss.
	RequestDone
	// ValueWritten: worker Pid wrote Count under the name Text into memory Mem. Without a worker, the store, which is back, has read it from disk.
	ValueWritten
	// JobRan: worker Pid begins the job that its timer runs, the run's job number Count.
	JobRan
	// AnswerEnded: the last byte of an answer leaves worker Pid. Its headers had left before (RequestAnswered), and the session was
	// saved between the two. With a Why the process ended before that.
	AnswerEnded
	// CookiePlanted: the session cookie Sid (made by memory Made), which is that of the visitor Text, was put into the visitor's browser.
	CookiePlanted
	// PollOpened: worker Pid opened a session of its own for the visitor's polling client, in memory Mem, and gave it an id.
	PollOpened
	// PollUnknown: worker Pid does not know the id of the visitor's polling client, whose session is in memory Home, or nowhere any more (Why).
	PollUnknown
	// StoreFilled: the store has come to the limit of its memory.
	StoreFilled
	// StoreRefused: the store, which is full, refused the command Text; its error is back at worker Pid at Until.
	StoreRefused
	// SessionEvicted: the store forgot Sid, which was used least recently, to make room for what worker Pid sent.
	SessionEvicted
	// SessionWaited: another request has the lock of the session Sid in memory Mem, and the request waits for it.
	SessionWaited
	// SessionLocked: the request has the lock of the session Sid in memory Mem, after a wait of Dur.
	SessionLocked
	// SessionUnlocked: the request gave the lock of the session Sid in memory Mem back.
	SessionUnlocked

	kindEnd
)

// kinds is the schema: the name of each kind and its fields in order.
var kinds = [kindEnd]struct {
	name   string
	fields []Field
}{
	RunStarted:       {"run.started", []Field{FText}},
	RunEnded:         {"run.ended", nil},
	CommandApplied:   {"command.applied", []Field{FText}},
	CommandRefused:   {"command.refused", []Field{FText, FNote}},
	ScenarioSet:      {"scenario.set", []Field{FText}},
	VisitorJoined:    {"visitor.joined", []Field{FVisitor, FText}},
	VisitorLeft:      {"visitor.left", []Field{FVisitor}},
	WorkerStarting:   {"worker.starting", []Field{FPid, FMem, FThreads, FUntil}},
	WorkerListening:  {"worker.listening", []Field{FPid, FMem}},
	WorkerCrashed:    {"worker.crashed", []Field{FPid, FMem, FWhy, FUntil}},
	WorkerStopped:    {"worker.stopped", []Field{FPid, FMem, FWhy, FUntil}},
	WorkerStopping:   {"worker.stopping", []Field{FPid, FMem, FWhy, FUntil}},
	ConnOpened:       {"conn.opened", []Field{FConn, FVisitor}},
	ConnAccepted:     {"conn.accepted", []Field{FConn, FPid}},
	ConnClosed:       {"conn.closed", []Field{FConn, FWhy}},
	RequestSent:      {"request.sent", []Field{FReq, FVisitor, FOp, FConn, FSid, FMade, FUntil}},
	RequestRouted:    {"request.routed", []Field{FReq, FPid, FUntil}},
	RequestStarted:   {"request.started", []Field{FReq, FPid, FTid}},
	HandlerThrew:     {"handler.threw", []Field{FReq, FVisitor, FPid, FTid}},
	SessionRead:      {"session.read", []Field{FReq, FVisitor, FPid, FTid, FMem, FSid, FSession, FMade, FHome, FWhy}},
	SessionSaved:     {"session.saved", []Field{FReq, FVisitor, FPid, FMem, FSid, FText, FUntil}},
	SessionTouched:   {"session.touched", []Field{FReq, FVisitor, FPid, FMem, FSid, FUntil}},
	SessionRevived:   {"session.revived", []Field{FReq, FVisitor, FPid, FMem, FSid, FText}},
	SessionLoaded:    {"session.loaded", []Field{FMem, FSid, FText, FUntil}},
	SessionDestroyed: {"session.destroyed", []Field{FReq, FVisitor, FPid, FMem, FSid}},
	SessionExpired:   {"session.expired", []Field{FMem, FSid}},
	StoreSent:        {"store.sent", []Field{FReq, FVisitor, FPid, FTid, FText, FUntil}},
	StoreExecuted:    {"store.executed", []Field{FReq, FVisitor, FPid, FText, FUntil}},
	StoreFailed:      {"store.failed", []Field{FReq, FVisitor, FPid, FText, FWhy}},
	StoreSaved:       {"store.saved", []Field{FCount}},
	StoreDown:        {"store.down", []Field{FWhy}},
	StoreUp:          {"store.up", []Field{FCount}},
	StoreSlowed:      {"store.slowed", nil},
	LockWaited:       {"lock.waited", []Field{FReq, FVisitor, FPid, FTid, FMem, FText}},
	LockAcquired:     {"lock.acquired", []Field{FReq, FVisitor, FPid, FTid, FMem, FText, FDur}},
	LockReleased:     {"lock.released", []Field{FReq, FVisitor, FPid, FTid, FMem, FText}},
	LockDeadlocked:   {"lock.deadlocked", []Field{FReq, FVisitor, FPid, FTid, FMem, FText}},
	ThreadReady:      {"thread.ready", []Field{FPid, FTid, FMem}},
	ThreadDone:       {"thread.done", []Field{FPid, FTid, FMem}},
	CounterCounted:   {"counter.counted", []Field{FReq, FVisitor, FPid, FTid, FMem, FCount}},
	AccountWritten:   {"account.written", []Field{FReq, FVisitor, FPid, FTid, FMem, FText, FCount}},
	UpdateLost:       {"update.lost", []Field{FReq, FVisitor, FOp, FPid, FMem, FText}},
	CookieReplaced:   {"cookie.replaced", []Field{FReq, FVisitor, FPid, FSid, FMade, FText}},
	SocketOpened:     {"socket.opened", []Field{FVisitor, FPid}},
	SocketClosed:     {"socket.closed", []Field{FVisitor, FPid, FWhy}},
	ChatDelivered:    {"chat.delivered", []Field{FReq, FVisitor, FPid, FUntil}},
	ChatMissed:       {"chat.missed", []Field{FReq, FVisitor, FPid}},
	CoreSwitch:       {"core.switch", []Field{FCore, FPid, FTid, FMem, FUntil}},
	CoreIdle:         {"core.idle", []Field{FCore}},
	RequestAnswered:  {"request.answered", []Field{FReq, FVisitor, FOp, FPid, FTid, FStatus, FSession, FCookie, FSid, FMade, FUntil, FText}},
	RequestReset:     {"request.reset", []Field{FReq, FVisitor, FOp, FPid, FWhy, FUntil}},
	RequestDone:      {"request.done", []Field{FReq, FVisitor, FOp, FConn, FPid, FSid, FStatus, FSession, FCookie, FMade, FDur, FChance, FWhy, FText}},
	ValueWritten:     {"value.written", []Field{FReq, FVisitor, FPid, FTid, FMem, FText, FCount}},
	JobRan:           {"job.ran", []Field{FPid, FTid, FMem, FCount}},
	AnswerEnded:      {"answer.ended", []Field{FReq, FVisitor, FPid, FWhy}},
	CookiePlanted:    {"cookie.planted", []Field{FVisitor, FSid, FMade, FText}},
	PollOpened:       {"poll.opened", []Field{FReq, FVisitor, FPid, FMem}},
	PollUnknown:      {"poll.unknown", []Field{FReq, FVisitor, FPid, FHome, FWhy}},
	StoreFilled:      {"store.filled", nil},
	StoreRefused:     {"store.refused", []Field{FReq, FVisitor, FPid, FText, FUntil}},
	SessionEvicted:   {"session.evicted", []Field{FReq, FVisitor, FPid, FMem, FSid}},
	SessionWaited:    {"session.waited", []Field{FReq, FVisitor, FPid, FTid, FMem, FSid}},
	SessionLocked:    {"session.locked", []Field{FReq, FVisitor, FPid, FTid, FMem, FSid, FDur}},
	SessionUnlocked:  {"session.unlocked", []Field{FReq, FVisitor, FPid, FTid, FMem, FSid}},
}

// String gives the kind in noun.verb form.
func (k Kind) String() string { return kinds[k].name }

// Fields gives the fields of a kind, in the order in which every encoding writes them.
func (k Kind) Fields() []Field { return kinds[k].fields }

// Kinds gives all kinds in order; the first is RunStarted.
func Kinds() []Kind {
	all := make([]Kind, 0, kindEnd-1)
	for k := RunStarted; k < kindEnd; k++ {
		all = append(all, k)
	}
	return all
}
