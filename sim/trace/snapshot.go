package trace

import "strings"

// Snapshot is the picture after Seq events. The browser's model, fed with
// those events, is equal to it; that is tested. Lists are never null in JSON.
type Snapshot struct {
	Seq int64 `json:"seq"`
	Ts  int64 `json:"ts"` // of the last event, virtual µs
	// Scenario has the present value of every key of the grammar but do, in
	// the words of the grammar.
	Scenario map[string]string `json:"scenario"`
	Commands []DoneCommand     `json:"commands"` // applied so far, in order
	Visitors []VisitorView     `json:"visitors"` // in the order of joining; who left is gone
	Workers  []WorkerView      `json:"workers"`  // by pid
	Cores    []CoreView        `json:"cores"`    // by number; those that ever ran something
	Ready    []ThreadView      `json:"ready"`    // threads that wait for a core, in the order of waiting
	Store    StoreView         `json:"store"`
	Conns    []ConnView        `json:"conns"`    // open ones, by number
	Requests []RequestView     `json:"requests"` // in flight, by number
	Saving   []SavingView      `json:"saving"`   // commands to the store for answers whose headers have left, by request
	Totals   Totals            `json:"totals"`
	Ended    bool              `json:"ended"` // by RunEnded
}

// DoneCommand is a command that was applied (CommandApplied).
type DoneCommand struct {
	At   int64  `json:"at"`
	Text string `json:"text"`
}

// StripLen is how many of a visitor's last answers a snapshot keeps.
const StripLen = 24

// VisitorView is a visitor.
type VisitorView struct {
	Name    string `json:"name"`
	Address string `json:"address"`
	Sid     string `json:"sid"`  // of the session cookie in the jar; empty: none
	Made    Memory `json:"made"` // the memory that created that session
	// Believes: the last own act (login or logout) that was answered 200 was a login.
	Believes bool `json:"believes"`
	// Strip has the last answers, oldest first, at most StripLen.
	Strip   []Cell `json:"strip"`
	Logouts int    `json:"logouts"` // by chance
	Socket  int16  `json:"socket"`  // the worker on which the visitor holds a websocket; 0: none
	Heard   int    `json:"heard"`   // messages that reached the visitor (ChatDelivered)
	Missed  int    `json:"missed"`  // messages that did not (ChatMissed)
}

// Cell is one answer in a visitor's strip, made by RequestDone.
type Cell struct {
	Req    int32  `json:"req"`
	Pid    int16  `json:"pid"`    // 0: no worker answered
	Mark   string `json:"mark"`   // L O C R + - ! 4 5 =3, see Mark
	Cookie string `json:"cookie"` // "*", "x" or ""
}

// WorkerView is a worker: one process of the app.
type WorkerView struct {
	Pid      int16         `json:"pid"`
	Mem      Memory        `json:"mem"`     // of its present (or, when down, last) life
	Leaving  Memory        `json:"leaving"` // of the process before, which was reloaded and still finishes what it has; 0: none
	State    string        `json:"state"`   // starting, up, stopping, down
	Until    int64         `json:"until"`   // starting: listens at; stopping: killed at; down: spawned again at; else 0
	Threads  int16         `json:"threads"`
	Sessions []SessionView `json:"sessions"` // in its own memory, by sid
	Done     int           `json:"done"`     // requests answered (RequestAnswered), in all lives
	Jobs     int           `json:"jobs"`     // how often it ran its job (JobRan), in all lives
	Count    int32         `json:"count"`    // the counter in its memory
	Values   []ValueView   `json:"values"`   // what handlers of the author's own keep in its memory, and the accounts in which money has moved, by name
	Locks    []LockView    `json:"locks"`    // those ever taken in this life, by name
}

// AccountName is the name under which an account stands among the values of a
// memory. It begins with a capital letter, as no value of an author's own does.
func AccountName(account string) string { return strings.ToUpper(account[:1]) + account[1:] }

// ValueView is a number that a memory keeps.
type ValueView struct {
	Name  string `json:"name"`
	Value int32  `json:"value"`
}

// LockView is a lock in the memory of a process.
type LockView struct {
	Name    string  `json:"name"`
	Holder  int16   `json:"holder"`  // tid; 0: free
	Waiting []int16 `json:"waiting"` // tids, in the order of waiting
}

// ThreadView names a thread of a life of a worker.
type ThreadView struct {
	Pid int16  `json:"pid"`
	Tid int16  `json:"tid"`
	Mem Memory `json:"mem"`
}

// SessionView is a session in a memory.
type SessionView struct {
	Sid   string `json:"sid"`
	Data  string `json:"data"`  // JSON of the session without its cookie: {"user":"Ada","cart":1}
	Until int64  `json:"until"` // expires at; 0: never
}

// CoreView is a core and the thread on it; pid 0: idle.
type CoreView struct {
	Core int16 `json:"core"`
	Pid  int16 `json:"pid"`
	Tid  int16 `json:"tid"`
}

// StoreView is the shared store, as it is even while no mode uses it.
type StoreView struct {
	State    string        `json:"state"`    // up, down, slow
	Sessions []SessionView `json:"sessions"` // by sid
	Commands []string      `json:"commands"` // the last executed, oldest first, at most StoreCommands
	Count    int32         `json:"count"`    // the counter in it
	Values   []ValueView   `json:"values"`   // what handlers of the author's own keep in it, by name
}

// StoreCommands is how many of the store's last commands a snapshot keeps.
const StoreCommands = 8

// ConnView is an open TCP connection.
type ConnView struct {
	Conn    int32  `json:"conn"`
	Visitor string `json:"visitor"`
	Pid     int16  `json:"pid"` // its worker, 0 while it has none (and under nginx's balancers)
}

// RequestView is a request in flight.
type RequestView struct {
	Req     int32  `json:"req"`
	Visitor string `json:"visitor"`
	Op      string `json:"op"`
	Conn    int32  `json:"conn"`
	Pid     int16  `json:"pid"`
	Tid     int16  `json:"tid"`
	Sid     string `json:"sid"`  // of the cookie that it carries; when answered: that the answer is about
	Made    Memory `json:"made"` // the memory that created that session
	// Phase is set by the kind of its last event: sent, routed, started (also
	// SessionLocked), storing (StoreSent), returning (StoreExecuted), failed
	// (StoreFailed), waiting (LockWaited, SessionWaited), locked (LockAcquired),
	// unlocked (LockReleased), answered, reset.
	Phase   string `json:"phase"`
	Since   int64  `json:"since"`   // Ts of the event that set the phase
	Until   int64  `json:"until"`   // of that event
	Status  int16  `json:"status"`  // when answered
	Session string `json:"session"` // from SessionRead on: hit, miss, none
	Cookie  string `json:"cookie"`  // when answered: set, clear or ""
}

// SavingView is a command on its way between a worker and the store, for a
// request whose answer has left but for its end.
type SavingView struct {
	Req     int32  `json:"req"`
	Visitor string `json:"visitor"`
	Pid     int16  `json:"pid"`
	Phase   string `json:"phase"` // storing (StoreSent), returning (StoreExecuted)
	Since   int64  `json:"since"` // Ts of that event
	Until   int64  `json:"until"` // of that event
}
