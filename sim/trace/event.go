package trace

// Event is one thing that happened. Which fields apply is said by the kind's
// Fields; the others are zero. Times are virtual µs since the run began.
type Event struct {
	Seq   int64 // 1, 2, 3 … without a gap
	Ts    int64 // when it happened
	Until int64 // when the movement that it starts will end
	Dur   int64 // how long what it ends took

	Req     int32  // number of the request: 1, 2, 3 … in the order of sending
	Conn    int32  // number of the TCP connection
	Visitor TextID // the visitor's name
	Sid     TextID // a session id: of the cookie, or of the session
	Text    TextID
	Note    TextID
	Mem     Memory // the memory that was asked or changed
	Made    Memory // the memory that created the session Sid
	Home    Memory // the memory in which the session Sid lives now (0: in none)

	Pid     int16 // number of the worker, 1..N
	Tid     int16 // number of the thread within its process, 1..N
	Core    int16 // number of the core, 1..N
	Status  int16 // HTTP status; 0 when there was no answer
	Threads int16 // how many threads a process has
	Count   int32 // what a counter says

	Kind    Kind
	Op      Op
	Session Session
	Cookie  Cookie
	Why     Why
	Chance  uint8 // 1: a logout by chance: a visit answered 401 to a visitor whose last own act was a successful login
}

// TextID is a text in the log's table: 0 is the empty text.
type TextID int32

// texts gives the texts that the event refers to; 0 where it has none.
func (e *Event) texts() [4]TextID { return [4]TextID{e.Visitor, e.Sid, e.Text, e.Note} }

// refers says whether the event refers to any text.
func (e *Event) refers() bool { return e.Visitor|e.Sid|e.Text|e.Note != 0 }

// Get gives the value of a field as the number that encodings carry.
func (e *Event) Get(f Field) int64 {
	switch f {
	case FReq:
		return int64(e.Req)
	case FVisitor:
		return int64(e.Visitor)
	case FOp:
		return int64(e.Op)
	case FConn:
		return int64(e.Conn)
	case FPid:
		return int64(e.Pid)
	case FTid:
		return int64(e.Tid)
	case FCore:
		return int64(e.Core)
	case FSid:
		return int64(e.Sid)
	case FStatus:
		return int64(e.Status)
	case FSession:
		return int64(e.Session)
	case FCookie:
		return int64(e.Cookie)
	case FDur:
		return e.Dur
	case FUntil:
		return e.Until
	case FMem:
		return int64(e.Mem)
	case FMade:
		return int64(e.Made)
	case FHome:
		return int64(e.Home)
	case FWhy:
		return int64(e.Why)
	case FText:
		return int64(e.Text)
	case FNote:
		return int64(e.Note)
	case FThreads:
		return int64(e.Threads)
	case FChance:
		return int64(e.Chance)
	case FCount:
		return int64(e.Count)
	}
	panic("trace: Event.Get: no field " + f.String())
}
