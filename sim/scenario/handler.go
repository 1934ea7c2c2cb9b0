package scenario

import (
	"slices"
	"strconv"
	"strings"

	"procession/sim/trace"
)

// Handler is a handler of an author's own: what the app does with a request
// that is asked for by the handler's name.
type Handler struct {
	Name  string
	Steps []Step
}

// handlersKey is the key of the grammar that has them.
const handlersKey = "handlers"

// Job is the name of the handler that a process runs by itself when its timer
// says so. It has no visitor, and so no session.
const Job = "job"

// Act is what a step does.
type Act uint8

// The acts. A handler has one number at hand, which is 0 and missing at first.
const (
	_ Act = iota
	// Compute keeps the thread on a core for N µs.
	Compute
	// Pause waits for N µs; others are served meanwhile.
	Pause
	// Read makes the number of Name in Place the one at hand; where there is none it is 0, and missing.
	Read
	// Add adds N to the number at hand.
	Add
	// Put makes N the number at hand.
	Put
	// Write keeps the number at hand in Place, under Name.
	Write
	// Incr adds 1 to Name in the store, in one command, and has what it came to at hand.
	Incr
	// Answer ends the handler with the status N.
	Answer
)

// actWords are the words of the acts in the grammar.
var actWords = []string{"", "compute", "pause", "read", "add", "put", "write", "incr", "answer"}

// String gives the word.
func (a Act) String() string { return actWords[a] }

// The places of a number; Store, too.
const (
	InMemory  = "memory"  // of the process
	InSession = "session" // of the visitor
)

// sessionsOwn are names that express-session has taken in each session, and
// JavaScript in each object.
var sessionsOwn = []string{"constructor", "destroy", "id", "regenerate", "reload", "req", "save", "touch"}

// The names of a session's numbers that the app itself writes. That of the user
// is 1 when somebody is logged in.
const (
	UserName  = "user"
	CartName  = "cart"
	ViewsName = "views"
)

// Condition says when a step is taken.
type Condition uint8

// The conditions, all of the number at hand.
const (
	Always  Condition = iota
	Over              // it is more than Limit
	Under             // it is less than Limit
	Missing           // it was read where nothing is
)

// Step is a step of a handler.
type Step struct {
	Act   Act
	N     int64  // µs, a number or a status
	Place string // memory, session or store
	Name  string
	If    Condition
	Limit int64 // with Over and Under
}

// Limits of handlers.
const (
	MaxHandlers = 8
	MaxSteps    = 16
	MaxNumber   = 1_000_000  // of a step, either way
	MaxCompute  = 10_000_000 // µs of one step
)

// ReadyMade are handlers that stand in a scenario by their names alone: the
// faces of one and the same act, a number that each process keeps for itself.
var ReadyMade = []struct{ Name, Steps string }{
	{"limit", "read memory hits, add 1, write memory hits, answer 429 over 5"},
	{"limit-store", "incr hits, answer 429 over 5"},
	{"price", "read memory price, answer 200 over 0, read store price, put 1 if missing, write memory price"},
	{"price-store", "read store price, put 1 if missing"},
	{"reprice", "put 2, write store price, write memory price"},
}

// stepsAllowed, namesAllowed, sessionAllowed and jobAllowed say what is allowed in a handler.
const (
	stepsAllowed   = "the steps compute 5ms, pause 300ms, read or write memory, session or store NAME, incr NAME, add N, put N, answer STATUS (200 to 599), each also with over N, under N or if missing behind it; 1 to {steps} of them with commas between"
	namesAllowed   = "a name in small letters (a-z, 0-9, -; at most {characters} characters), each once and none that stands for something already, with its steps: vote: incr votes; or one of {ready}"
	sessionAllowed = "read session user alone: a login writes it"
	jobAllowed     = "steps without a session: a job has no visitor"
	limitAllowed   = "at most {n} handlers with | between"
)

// UsesSession says whether the handler needs its visitor's session.
func (h *Handler) UsesSession() bool {
	return slices.ContainsFunc(h.Steps, func(s Step) bool { return s.Place == InSession })
}

// Statuses gives those of the answers that the steps give, in rising order.
func (h *Handler) Statuses() []int {
	var all []int
	for _, s := range h.Steps {
		if s.Act == Answer {
			all = append(all, int(s.N))
			if s.If == Always {
				return sorted(all)
			}
		}
	}
	return sorted(append(all, 200))
}

func sorted(all []int) []int {
	slices.Sort(all)
	return slices.Compact(all)
}

// Shows says whether its answers show a number: it asks some memory for one.
func (h *Handler) Shows() bool {
	return slices.ContainsFunc(h.Steps, func(s Step) bool { return s.Act == Read || s.Act == Incr })
}

// Handler gives the handler that serves an operation of the author's own.
func (s *Scenario) Handler(op trace.Op) *Handler { return &s.Handlers[op-trace.Ops] }

// Job gives the handler of the job, nil when the author has written none.
func (s *Scenario) Job() (h *Handler, op trace.Op) {
	for i := range s.Handlers {
		if s.Handlers[i].Name == Job {
			return &s.Handlers[i], trace.Own(i)
		}
	}
	return nil, 0
}

// OwnWords gives the names of the handlers in the order of their operations.
func (s Scenario) OwnWords() []string {
	var words []string
	for _, h := range s.Handlers {
		words = append(words, h.Name)
	}
	return words
}

// op reads the word of an operation, 0 when it is none.
func (s *Scenario) op(word string) trace.Op {
	for i, h := range s.Handlers {
		if h.Name == word {
			return trace.Own(i)
		}
	}
	return parseOp(word)
}

// word gives the word of an operation.
func (s *Scenario) word(op trace.Op) string {
	if op.IsOwn() {
		return s.Handler(op).Name
	}
	return op.String()
}

func setHandlers(s *Scenario, v string) error {
	if v == None {
		s.Handlers = nil
		return nil
	}
	var handlers []Handler
	for part := range strings.SplitSeq(v, "|") {
		h, err := ParseHandler(strings.TrimSpace(part))
		if err != nil {
			return err
		}
		if slices.ContainsFunc(handlers, func(other Handler) bool { return other.Name == h.Name }) {
			return wrongName(h.Name)
		}
		if len(handlers) == MaxHandlers {
			return &Error{Key: "handlers", Value: h.Name, Allowed: limitAllowed, Places: Places{"n": strconv.Itoa(MaxHandlers)}}
		}
		handlers = append(handlers, h)
	}
	s.Handlers = handlers
	return nil
}

func wrongName(name string) error {
	var ready []string
	for _, h := range ReadyMade {
		ready = append(ready, h.Name)
	}
	return &Error{Key: "handlers", Value: name, Allowed: namesAllowed,
		Places: Places{"characters": strconv.Itoa(maxName), "ready": strings.Join(ready, ", ")}}
}

// ParseHandler reads "vote: incr votes", or the name of one that is ready-made.
// The error is an *Error.
func ParseHandler(text string) (Handler, error) {
	name, steps, own := strings.Cut(text, ":")
	name = strings.TrimSpace(name)
	if !own {
		steps = readyMade(name)
	}
	if !ValidHandlerName(name) || slices.Contains(Verbs(), name) || !own && steps == "" {
		return Handler{}, wrongName(name)
	}
	h := Handler{Name: name}
	for part := range strings.SplitSeq(steps, ",") {
		step, ok := parseStep(strings.Fields(part))
		if !ok || len(h.Steps) == MaxSteps {
			return Handler{}, &Error{Key: "handlers", Value: name + ": " + strings.TrimSpace(part), Allowed: stepsAllowed, Places: Places{"steps": strconv.Itoa(MaxSteps)}}
		}
		if step.Act == Write && step.Place == InSession && step.Name == UserName {
			return Handler{}, &Error{Key: "handlers", Value: name + ": " + strings.TrimSpace(part), Allowed: sessionAllowed}
		}
		h.Steps = append(h.Steps, step)
	}
	if name == Job && h.UsesSession() {
		return Handler{}, &Error{Key: "handlers", Value: text, Allowed: jobAllowed}
	}
	return h, nil
}

func readyMade(name string) string {
	for _, h := range ReadyMade {
		if h.Name == name {
			return h.Steps
		}
	}
	return ""
}

// parseStep reads the words of a step.
func parseStep(words []string) (s Step, ok bool) {
	words, s.If, s.Limit = parseCondition(words)
	if len(words) < 2 {
		return s, false
	}
	s.Act = Act(max(0, slices.Index(actWords, words[0])))
	args := words[1:]
	switch s.Act {
	case Compute, Pause:
		n, err := ParseDuration(args[0], 0)
		s.N, ok = n, err == nil && (s.Act == Pause || n <= MaxCompute)
	case Add, Put:
		s.N, ok = parseNumber(args[0], -MaxNumber, MaxNumber)
	case Answer:
		s.N, ok = parseNumber(args[0], 200, 599)
	case Incr:
		s.Place, s.Name, ok = Store, args[0], validValueName(args[0])
	case Read, Write:
		if len(args) != 2 {
			return s, false
		}
		s.Place, s.Name = args[0], args[1]
		ok = slices.Contains([]string{InMemory, InSession, Store}, s.Place) && validValueName(s.Name) &&
			(s.Place != InSession || !slices.Contains(sessionsOwn, s.Name))
		args = args[1:]
	}
	return s, ok && len(args) == 1
}

// parseCondition takes the condition off the end of a step.
func parseCondition(words []string) (rest []string, when Condition, limit int64) {
	n := len(words)
	if n < 2 {
		return words, Always, 0
	}
	limit, number := parseNumber(words[n-1], -MaxNumber, MaxNumber)
	switch before := words[n-2]; {
	case before == "over" && number:
		return words[:n-2], Over, limit
	case before == "under" && number:
		return words[:n-2], Under, limit
	case before == "if" && words[n-1] == "missing":
		return words[:n-2], Missing, 0
	}
	return words, Always, 0
}

func parseNumber(text string, least, most int) (int64, bool) {
	n, err := integer(text, least, most)
	return int64(n), err == nil
}

// ValidHandlerName says whether a name is safe to show and to write in a command,
// as those of handlers and of their numbers are.
func ValidHandlerName(name string) bool {
	if name == "" || len(name) > maxName || name[0] < 'a' || name[0] > 'z' {
		return false
	}
	return strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}

// validValueName says whether a number may be kept under a name. The counter's
// place in the store and the cookie's in a session are taken.
func validValueName(name string) bool {
	return ValidHandlerName(name) && name != "counter" && name != "cookie"
}

// String gives the step in the grammar's words.
func (s Step) String() string {
	var text string
	switch s.Act {
	case Compute, Pause:
		text = s.Act.String() + " " + FormatDuration(s.N)
	case Read, Write:
		text = s.Act.String() + " " + s.Place + " " + s.Name
	case Incr:
		text = s.Act.String() + " " + s.Name
	default:
		text = s.Act.String() + " " + strconv.FormatInt(s.N, 10)
	}
	switch s.If {
	case Over:
		text += " over " + strconv.FormatInt(s.Limit, 10)
	case Under:
		text += " under " + strconv.FormatInt(s.Limit, 10)
	case Missing:
		text += " if missing"
	}
	return text
}

func formatHandlers(handlers []Handler) string {
	if len(handlers) == 0 {
		return None
	}
	var all []string
	for _, h := range handlers {
		var steps []string
		for _, s := range h.Steps {
			steps = append(steps, s.String())
		}
		text := strings.Join(steps, ", ")
		if text == readyMade(h.Name) {
			all = append(all, h.Name)
		} else {
			all = append(all, h.Name+": "+text)
		}
	}
	return strings.Join(all, " | ")
}
