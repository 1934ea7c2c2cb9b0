package trace

// Field is a field of an event. Its name is the same in every encoding.
type Field uint8

// The fields; Event says what each means.
const (
	FReq Field = iota
	FVisitor
	FOp
	FConn
	FPid
	FTid
	FCore
	FSid
	FStatus
	FSession
	FCookie
	FDur
	FUntil
	FMem
	FMade
	FHome
	FWhy
	FText
	FNote
	FThreads
	FChance
	FCount

	fieldEnd
)

// fields has the name of each field and, where the number of a field stands
// for a word, the words.
var fields = [fieldEnd]struct {
	name  string
	words []string
	text  bool
}{
	FReq:     {name: "req"},
	FVisitor: {name: "visitor", text: true},
	FOp:      {name: "op", words: opWords},
	FConn:    {name: "conn"},
	FPid:     {name: "pid"},
	FTid:     {name: "tid"},
	FCore:    {name: "core"},
	FSid:     {name: "sid", text: true},
	FStatus:  {name: "status"},
	FSession: {name: "session", words: sessionWords},
	FCookie:  {name: "cookie", words: cookieWords},
	FDur:     {name: "dur"},
	FUntil:   {name: "until"},
	FMem:     {name: "mem"},
	FMade:    {name: "made"},
	FHome:    {name: "home"},
	FWhy:     {name: "why", words: whyWords},
	FText:    {name: "text", text: true},
	FNote:    {name: "note", text: true},
	FThreads: {name: "threads"},
	FChance:  {name: "chance"},
	FCount:   {name: "count"},
}

// String gives the field's name.
func (f Field) String() string { return fields[f].name }

// Words gives the words that the field's numbers stand for, nil where the
// number is a number. Word 0 is empty: the field does not apply.
func (f Field) Words() []string { return fields[f].words }

// IsText says whether the field's number is a TextID.
func (f Field) IsText() bool { return fields[f].text }

// Fields gives all fields in order.
func Fields() []Field {
	all := make([]Field, fieldEnd)
	for i := range all {
		all[i] = Field(i)
	}
	return all
}

// Op is what a visitor asks for.
type Op uint8

// The operations: the commands of a visitor that are HTTP requests.
const (
	_ Op = iota
	Login
	Visit
	Cart
	Report
	Logout
	// Count adds one to a counter: in each process's memory, in the store, or shared by threads.
	Count
	// Chat says something to everybody who holds a websocket.
	Chat
	// Transfer moves money between two accounts, each with a lock of its own (mode=threads).
	Transfer
	// Poll is a request of a client that polls over HTTP (socket.io's, before its websocket).
	Poll
)

// Ops is the number of operations; the last one is Ops-1. Those of handlers of
// an author's own come after it, in the order of the scenario.
const Ops = Poll + 1

// Own gives the operation of the handler of an author's own with a number, from 0.
func Own(i int) Op { return Ops + Op(i) }

// IsOwn says whether a handler of an author's own serves the operation. What the
// author calls it is in the log (Log.OpWord).
func (o Op) IsOwn() bool { return o >= Ops }

// Guarded says whether the operation is for those who are logged in, so that a
// 401 says that somebody is not: a visit, and what an author's own handlers ask.
func (o Op) Guarded() bool { return o == Visit || o.IsOwn() }

// ownWord is what all operations of an author's own have in common.
const ownWord = "own"

var opWords = []string{"", "login", "visit", "cart", "report", "logout", "count", "chat", "transfer", "poll"}

// String gives the operation's word; "own" for those of an author's own.
func (o Op) String() string {
	if o.IsOwn() {
		return ownWord
	}
	return opWords[o]
}

// Session says whether a session was found. It is not the same as "logged in":
// an empty session can be found, too.
type Session uint8

// What the lookup of a session can come to.
const (
	_ Session = iota
	// Hit: the session of the cookie was found.
	Hit
	// Miss: there was a cookie, and no session for it.
	Miss
	// None: there was no cookie.
	None
)

var sessionWords = []string{"", "hit", "miss", "none"}

// String gives the word.
func (s Session) String() string { return sessionWords[s] }

// Cookie says what an answer did to the session cookie.
type Cookie uint8

// What an answer can do to the session cookie; zero is nothing.
const (
	_ Cookie = iota
	// CookieSet: the answer carried Set-Cookie.
	CookieSet
	// CookieClear: the answer cleared it.
	CookieClear
)

var cookieWords = []string{"", "set", "clear"}

// String gives the word, empty for nothing.
func (c Cookie) String() string { return cookieWords[c] }

// Why is the reason of an event.
type Why uint8

// The reasons.
const (
	_ Why = iota
	// WhyElsewhere: the session lives in another memory (Home).
	WhyElsewhere
	// WhyDied: the memory that held the session is gone with its process.
	WhyDied
	// WhyDestroyed: the session was destroyed by a logout.
	WhyDestroyed
	// WhyExpired: the session's time was over.
	WhyExpired
	// WhyFlushed: the store lost it when it died.
	WhyFlushed
	// WhyUnknown: nobody ever saved that session.
	WhyUnknown
	// WhyCrash: a process died.
	WhyCrash
	// WhyRestart: pm2 restart.
	WhyRestart
	// WhyReload: pm2 reload, one by one.
	WhyReload
	// WhyScale: the number of workers was lowered.
	WhyScale
	// WhyDeploy: another version of the app took over (a change of mode).
	WhyDeploy
	// WhyFinished: the connection was closed after its one request.
	WhyFinished
	// WhyIdle: the server closed the kept connection after 6 s without a request.
	WhyIdle
	// WhyLeft: the visitor left.
	WhyLeft
	// WhyRefused: nobody listens.
	WhyRefused
	// WhyReset: the connection broke.
	WhyReset
	// WhyTimeout: the client's own time limit for a store command was over.
	WhyTimeout
	// WhyStoreLost: the connection to the store broke under the command.
	WhyStoreLost
	// WhyPanic: the program in the process failed (a panic in a thread).
	WhyPanic
	// WhyGaveUp: pm2 does not start a process again that died too often.
	WhyGaveUp
	// WhyMapWrites: a thread came into a map to which another one was writing.
	WhyMapWrites
	// WhyReplaced: the cookie of the login was replaced by that of another answer.
	WhyReplaced
	// WhyNeverConnected: the client's one try to connect failed when its process started, and nobody noticed.
	WhyNeverConnected
	// WhyShutdown: the store was told to end.
	WhyShutdown
	// WhyKillTimeout: pm2 killed a process that did not end in time.
	WhyKillTimeout
	// WhyUnsaved: the session was asked for before it was saved, since the answer's headers had left before that.
	WhyUnsaved
	// WhyEvicted: the store was full and forgot the session to make room.
	WhyEvicted
	// WhyFull: the store was full and refused to save the session.
	WhyFull
	// WhySecret: the cookie was signed with another secret than that of the process that was asked.
	WhySecret
)

var whyWords = []string{"", "elsewhere", "died", "destroyed", "expired", "flushed", "unknown",
	"crash", "restart", "reload", "scale", "deploy", "finished", "idle", "left", "refused", "reset",
	"timeout", "store-lost", "panic", "gave-up", "concurrent-map-writes",
	"replaced", "never-connected", "shutdown", "kill-timeout", "unsaved", "evicted", "full", "secret"}

// String gives the word.
func (w Why) String() string { return whyWords[w] }
