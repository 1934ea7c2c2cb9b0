package scenario

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"procession/sim/trace"
)

// Verb is what a command does.
type Verb uint8

// The verbs.
const (
	_ Verb = iota
	// Ask: the visitor sends a request (Op).
	Ask
	// Join: the visitor opens a browser.
	Join
	// Leave: the visitor closes it.
	Leave
	// Plant: the visitor's session cookie gets into another visitor's browser (Target), in place of their own.
	Plant
	// Set: a live key gets a new value.
	Set
	// Crash: the worker's process dies.
	Crash
	// Throw: the handler of the worker's next request throws an error, which the framework answers.
	Throw
	// Restart: pm2 restarts the worker; with Worker 0 all, two at a time.
	Restart
	// Reload: pm2 reloads all workers, one by one.
	Reload
	// StoreDown: the store is killed (SIGKILL).
	StoreDown
	// StoreShutdown: the store is told to end (SIGTERM).
	StoreShutdown
	// StoreUp: the store is back.
	StoreUp
	// StoreSlow: the store answers slowly.
	StoreSlow
	// StoreFull: the store has come to the limit of its memory.
	StoreFull
)

// Command is what people do to a run at a moment.
type Command struct {
	At      int64 // virtual µs
	Verb    Verb
	Op      trace.Op // with Ask
	Word    string   // with Ask: the operation's word, if it is one of the author's own
	Visitor string   // with Ask, Join, Leave, Plant
	Target  string   // with Plant
	Worker  int      // with Crash, Throw, Restart
	Key     string   // with Set
	Value   string   // with Set
}

// handler is what may stand behind crash and its worker: only the handler of a
// request fails, and not the process.
const handler = "handler"

// planted stands between the two names of plant.
const planted = " on "

// commandsAllowed lists the commands for people.
const commandsAllowed = "login, visit, cart, report, logout, count, chat, transfer or poll NAME; join or leave NAME; plant NAME on NAME; set KEY=VALUE; crash or restart WORKER; crash WORKER handler; restart; reload; store down, shutdown, up, slow or full"

// Verbs gives the words with which commands begin.
func Verbs() []string {
	return []string{"login", "visit", "cart", "report", "logout", "count", "chat", "transfer", "poll", "join", "leave", "plant", "set", "crash", "restart", "reload", "store"}
}

// ParseCommand reads a command, with or without its moment before it: "crash 1",
// "12s set mode=store". It may ask for the scenario's own handlers. The error is
// an *Error.
func (s *Scenario) ParseCommand(text string) (Command, error) {
	var c Command
	rest := strings.TrimSpace(text)
	if first, after, _ := strings.Cut(rest, " "); first != "" && first[0] >= '0' && first[0] <= '9' {
		at, err := ParseDuration(first, 0)
		if err != nil {
			return c, &Error{Key: "do", Value: text, Allowed: "a moment from 0 to 24h before each command: 12s crash 1"}
		}
		c.At, rest = at, strings.TrimSpace(after)
	}
	if rest == "" {
		return c, &Error{Key: "command", Value: strings.TrimSpace(text), Allowed: commandsAllowed}
	}
	verb, arg, _ := strings.Cut(rest, " ")
	arg = strings.TrimSpace(arg)
	wrong := func(key, allowed string) (Command, error) {
		return Command{}, &Error{Key: key, Value: arg, Allowed: allowed, Places: Places{
			"verb": verb, "workers": strconv.Itoa(MaxWorkers), "characters": strconv.Itoa(maxName)}}
	}
	if op := s.op(verb); op != 0 {
		c.Verb, c.Op, c.Visitor = Ask, op, arg
		if op.IsOwn() {
			c.Word = verb
		}
		if !validName(arg) {
			return wrong(verb, "the name of a visitor: {verb} Ada")
		}
		return c, nil
	}
	switch verb {
	case "join", "leave":
		c.Verb, c.Visitor = Join, arg
		if verb == "leave" {
			c.Verb = Leave
		}
		if !validName(arg) {
			return wrong(verb, "a name (letters, digits, space, . ' - _; at most {characters} characters)")
		}
	case "plant":
		// NB: a name may have spaces; what stands before the first on is the first name.
		from, to, _ := strings.Cut(arg, planted)
		c.Verb, c.Visitor, c.Target = Plant, strings.TrimSpace(from), strings.TrimSpace(to)
		if !validName(c.Visitor) || !validName(c.Target) {
			return wrong(verb, "the name of the visitor whose cookie it is, and of the one whose browser gets it: plant Eve on Ada")
		}
	case "crash", "restart":
		c.Verb = Crash
		if verb == "restart" {
			c.Verb = Restart
			if arg == "" {
				return c, nil
			}
		}
		if number, what, _ := strings.Cut(arg, " "); verb == "crash" && strings.TrimSpace(what) == handler {
			c.Verb, arg = Throw, number
		}
		n, err := integer(arg, 1, MaxWorkers)
		if err != nil {
			if verb == "crash" {
				return wrong(verb, "the number of a worker, 1 to {workers}: crash 1, or crash 1 handler")
			}
			return wrong(verb, "the number of a worker, 1 to {workers}: {verb} 1")
		}
		c.Worker = n
	case "reload":
		c.Verb = Reload
		if arg != "" {
			return wrong(verb, "reload alone: it reloads all workers, one by one")
		}
	case "store":
		switch arg {
		case "down":
			c.Verb = StoreDown
		case "shutdown":
			c.Verb = StoreShutdown
		case "up":
			c.Verb = StoreUp
		case "slow":
			c.Verb = StoreSlow
		case "full":
			c.Verb = StoreFull
		default:
			return wrong(verb, "down, shutdown, up, slow, full")
		}
	case "set":
		key, value, found := strings.Cut(arg, "=")
		if !found {
			return wrong(verb, "KEY=VALUE: set mode=store")
		}
		c.Verb, c.Key = Set, strings.TrimSpace(key)
		// Alone: whether the value fits the others is seen when it is applied.
		probe, k := Default(), find(c.Key)
		if k == nil || !k.Live {
			return Command{}, probe.Set(c.Key, value)
		}
		if err := k.read(&probe, value); err != nil {
			return Command{}, err
		}
		c.Value = k.get(&probe)
	default:
		return Command{}, &Error{Key: "command", Value: rest, Allowed: commandsAllowed}
	}
	return c, nil
}

// String gives the command without its moment.
func (c Command) String() string {
	switch c.Verb {
	case Ask:
		if c.Op.IsOwn() {
			return c.Word + " " + c.Visitor
		}
		return c.Op.String() + " " + c.Visitor
	case Join:
		return "join " + c.Visitor
	case Leave:
		return "leave " + c.Visitor
	case Plant:
		return "plant " + c.Visitor + planted + c.Target
	case Set:
		return "set " + c.Key + "=" + c.Value
	case Crash:
		return "crash " + strconv.Itoa(c.Worker)
	case Throw:
		return "crash " + strconv.Itoa(c.Worker) + " " + handler
	case Restart:
		if c.Worker == 0 {
			return "restart"
		}
		return "restart " + strconv.Itoa(c.Worker)
	case Reload:
		return "reload"
	case StoreDown:
		return "store down"
	case StoreShutdown:
		return "store shutdown"
	case StoreUp:
		return "store up"
	case StoreSlow:
		return "store slow"
	case StoreFull:
		return "store full"
	}
	panic("scenario: Command.String: no such verb")
}

func (s *Scenario) parseCommands(v string) ([]Command, error) {
	var do []Command
	for part := range strings.SplitSeq(v, ";") {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		if part[0] < '0' || part[0] > '9' {
			return nil, &Error{Key: "do", Value: part, Allowed: "a moment from 0 to 24h before each command: 12s crash 1"}
		}
		c, err := s.ParseCommand(part)
		if err != nil {
			return nil, err
		}
		if len(do) == MaxCommands {
			return nil, errValue
		}
		do = append(do, c)
	}
	// Stable: commands of one moment stay in the order in which they stand.
	slices.SortStableFunc(do, func(a, b Command) int { return cmp.Compare(a.At, b.At) })
	return do, nil
}

// FormatCommands writes commands as the value of the key do.
func FormatCommands(do []Command) string {
	var b strings.Builder
	for i, c := range do {
		if i > 0 {
			b.WriteString("; ")
		}
		b.WriteString(decimal(c.At, 1_000_000))
		b.WriteString("s ")
		b.WriteString(c.String())
	}
	return b.String()
}
