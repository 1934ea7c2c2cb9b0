package trace

// Outcome is what a request came to for its visitor. It is decided here for
// everybody who counts, marks or tells answers, and for the browser in
// static/js/run/outcome.js by the same words.
type Outcome uint8

// What a request can come to.
const (
	// Pending: there is no answer yet.
	Pending Outcome = iota
	// Reset: there was none. The connection was refused or broke, or the visitor left.
	Reset
	// Failed: a worker answered with an error of the server (5xx).
	Failed
	// Unserved: no worker answered; the balancer did, with an error (5xx).
	Unserved
	// Welcome: a visit met the page of somebody who is logged in (200).
	Welcome
	// ByChance: a visit was answered 401, and the visitor's last own act was a
	// successful login: a logout by chance, whatever became of the session.
	ByChance
	// Bare: a visit without a cookie was answered 401.
	Bare
	// Empty: a visit was answered 401 since nobody was logged in in its session.
	Empty
	// Denied: a visit was answered 401 since there was no session for its cookie.
	Denied
	// Served: what else was asked for was done.
	Served
	// Rejected: a worker answered that the request itself cannot be served (4xx, but for a 401).
	Rejected

	outcomeEnd
)

var outcomeWords = [outcomeEnd]string{"", "reset", "failed", "unserved", "welcome", "chance", "bare", "empty", "denied", "served", "rejected"}

// String gives the word, empty for Pending.
func (o Outcome) String() string { return outcomeWords[o] }

// OutcomeOf says what a request came to: its operation, the status (0: no
// answer), the worker (0: none), what the lookup of the session came to, and
// whether a 401 was by chance.
func OutcomeOf(op Op, status, pid int16, session Session, chance bool) Outcome {
	switch {
	case status == 0:
		return Reset
	case status >= 500 && pid == 0:
		return Unserved
	case status >= 500:
		return Failed
	case status >= 400 && status != 401:
		return Rejected
	case op != Visit && !(op.IsOwn() && status == 401):
		return Served
	case status == 200:
		return Welcome
	case chance:
		return ByChance
	case session == None:
		return Bare
	case session == Hit:
		return Empty
	}
	return Denied
}

// Outcome says what the request of RequestAnswered or RequestDone came to;
// whether it was by chance is known when it is done.
func (e *Event) Outcome() Outcome {
	return OutcomeOf(e.Op, e.Status, e.Pid, e.Session, e.Chance == 1)
}

// Outcome says what a request in flight will come to, Pending before its answer.
func (r *RequestView) Outcome() Outcome {
	switch r.Phase {
	case "reset":
		return Reset
	case "answered":
		return OutcomeOf(opOf(r.Op), r.Status, r.Pid, wordOf[Session](sessionWords, r.Session), false)
	}
	return Pending
}

// opOf gives the operation of a word: one of an author's own where it is none of
// the others.
func opOf(word string) Op {
	if op := wordOf[Op](opWords, word); op != 0 || word == "" {
		return op
	}
	return Ops
}

// wordOf gives the number of a word, 0 when it is none of them.
func wordOf[T ~uint8](words []string, word string) T {
	for i, w := range words {
		if w == word {
			return T(i)
		}
	}
	return 0
}

// Broke says whether the visitor got no page at all, or an error.
func (o Outcome) Broke() bool {
	return o == Reset || o == Failed || o == Unserved || o == Rejected
}

// LoggedOut says whether a visit met the page of somebody who is not logged in.
func (o Outcome) LoggedOut() bool {
	return o == ByChance || o == Bare || o == Empty || o == Denied
}

// Mark gives the mark of an answer in the cell notation: L login, O logout,
// C cart, R report, N count, T chat, M transfer, P poll, + visit logged in, - visit not
// logged in, ! reset or refused, 4 another 4xx, 5 a 5xx, H a handler of the
// author's own.
func (o Outcome) Mark(op Op) string {
	switch o {
	case Pending:
		return ""
	case Reset:
		return "!"
	case Failed, Unserved:
		return "5"
	case Rejected:
		return "4"
	case Served:
		if op.IsOwn() {
			return "H"
		}
		return opMarks[op]
	case Welcome:
		return "+"
	}
	return "-"
}

var opMarks = [Ops]string{Login: "L", Logout: "O", Cart: "C", Report: "R", Count: "N", Chat: "T", Transfer: "M", Poll: "P"}

// Mark gives the mark of an operation that was answered with a status; 0: not at all.
func Mark(op Op, status int16) string { return OutcomeOf(op, status, 0, 0, false).Mark(op) }

// MarkOf gives the mark of an answer that shows a number, "=3", or else that of
// Mark. A number is shown by a handler of the author's own that has read one.
func MarkOf(op Op, status int16, number string) string {
	mark := Mark(op, status)
	if mark == "H" && number != "" {
		return "=" + number
	}
	return mark
}

// CookieMark gives the mark of what an answer did to the cookie: * set, x cleared.
func CookieMark(c Cookie) string {
	switch c {
	case CookieSet:
		return "*"
	case CookieClear:
		return "x"
	}
	return ""
}
