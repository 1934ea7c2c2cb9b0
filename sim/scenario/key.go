package scenario

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Key is a key of the grammar.
type Key struct {
	Name    string
	Values  string // what is allowed, in words
	Default string
	Meaning string
	Live    bool     // may be set while the run goes on
	Words   []string // the values, where they are a choice of words

	set func(*Scenario, string) error
	get func(*Scenario) string
}

// errValue says that a value is none of the allowed ones.
var errValue = errors.New("value not allowed")

// read gives the key the value that people wrote. The error is an *Error.
func (k *Key) read(s *Scenario, value string) error {
	value = strings.TrimSpace(value)
	if value == "" {
		return &Error{Key: k.Name, Allowed: k.Values}
	}
	err := k.set(s, value)
	if errors.Is(err, errValue) {
		return &Error{Key: k.Name, Value: value, Allowed: k.Values}
	}
	return err
}

// Keys gives all keys in the order of the grammar.
func Keys() []Key { return append([]Key(nil), keys...) }

// Names gives the names of all keys in the order of the grammar.
func Names() []string {
	var names []string
	for i := range keys {
		names = append(names, keys[i].Name)
	}
	return names
}

func liveNames() []string {
	var names []string
	for i := range keys {
		if keys[i].Live {
			names = append(names, keys[i].Name)
		}
	}
	return names
}

func find(name string) *Key {
	for i := range keys {
		if keys[i].Name == name {
			return &keys[i]
		}
	}
	return nil
}

// keys is the grammar. It is filled by init since commands, which are part of
// it, look keys up.
var keys []Key

func init() {
	keys = []Key{
		word("mode", "where sessions live: in each process's own memory; in a shared Redis; in the one memory that threads share; in a signed cookie", true,
			func(s *Scenario) *string { return &s.Mode }, Local, Store, Threads, Cookie),
		{Name: "workers", Values: fmt.Sprintf("1 to %d, or max (as many as there are cores)", MaxWorkers), Default: "2", Live: true,
			Meaning: "processes, or in mode=threads the threads of the one process",
			set: func(s *Scenario, v string) (err error) {
				if s.WorkersMax = v == "max"; s.WorkersMax {
					s.Workers = 0
					return nil
				}
				s.Workers, err = integer(v, 1, MaxWorkers)
				return err
			},
			get: func(s *Scenario) string {
				if s.WorkersMax {
					return "max"
				}
				return strconv.Itoa(s.Workers)
			}},
		count("cores", "CPU cores of the machine", "2", true, 1, MaxCores, func(s *Scenario) *int { return &s.Cores }),
		word("balancer", "who picks the worker: round-robin is Node's cluster and hands out connections, the others are nginx's and hand out requests", true,
			func(s *Scenario) *string { return &s.Balancer }, RoundRobin, Random, LeastConnections, IPHash, CookieHash, StickyCookie),
		word("connection", "what a visitor's browser does with TCP connections: one for each request, one that is kept, up to six that are kept; or one that carries many requests at once (HTTP/2)", true,
			func(s *Scenario) *string { return &s.Connection }, PerRequest, KeepAlive, Browser, HTTP2),
		{Name: "visitors", Values: fmt.Sprintf("a count from 1 to %d, or names with commas between: Ada,Grace,Linus (letters, digits, space, . ' - _; at most %d characters each; each name once)", MaxVisitors, maxName), Default: "3",
			Meaning: "the people with a browser",
			set:     setVisitors,
			get: func(s *Scenario) string {
				if s.count {
					return strconv.Itoa(len(s.Names))
				}
				return strings.Join(s.Names, ",")
			}},
		duration("think", "a visitor's pause between an answer and the next request", "800ms", "0 to 24h: 800ms, 2s", true, 0, func(s *Scenario) *int64 { return &s.Think }),
		{Name: "jitter", Values: "0 to 100 (percent)", Default: "0", Live: true,
			Meaning: "how much think varies, in percent",
			set: func(s *Scenario, v string) (err error) {
				s.Jitter, err = integer(strings.TrimSuffix(v, "%"), 0, 100)
				return err
			},
			get: func(s *Scenario) string { return strconv.Itoa(s.Jitter) }},
		word("traffic", "log in once, then browse; only the script; only what people do by hand", false,
			func(s *Scenario) *string { return &s.Traffic }, Auto, Script, None),
		{Name: "script", Values: fmt.Sprintf("login, visit, cart, report, logout, count, chat, transfer, poll with commas between, each with *count if it repeats, %d requests at most: login,visit*20", MaxScript), Default: "login,visit*20",
			Meaning: "what each visitor does once, each request think after the answer to the one before",
			set: func(s *Scenario, v string) (err error) {
				s.Script, err = s.parseScript(v)
				return err
			},
			get: func(s *Scenario) string { return s.formatScript() }},
		flag("turns", "visitors strictly take turns, one request each", false, func(s *Scenario) *bool { return &s.Turns }),
		flag("relogin", "a visitor who meets a 401 logs in again at once", true, func(s *Scenario) *bool { return &s.Relogin }),
		word("addresses", "every visitor has an IP address, or all are behind one", false,
			func(s *Scenario) *string { return &s.Addresses }, "each", "one"),
		flag("save-uninitialized", "express-session's saveUninitialized: store and send a session that is still empty", true, func(s *Scenario) *bool { return &s.SaveUninitialized }),
		flag("resave", "express-session's resave: write a session back that did not change", true, func(s *Scenario) *bool { return &s.Resave }),
		flag("rolling", "express-session's rolling: send the cookie with every answer", true, func(s *Scenario) *bool { return &s.Rolling }),
		word("cookie-secure", "express-session's cookie.secure: none; or set, and the app, behind a proxy that ends TLS, sees plain HTTP and sends no cookie; or set, and the app trusts what the proxy says (trust proxy)", true,
			func(s *Scenario) *string { return &s.CookieSecure }, "false", "true", TrustProxy),
		flag("views", "the app writes to the session on every request (a view counter)", true, func(s *Scenario) *bool { return &s.Views }),
		flag("clear-cookie", "a logout also clears the cookie", true, func(s *Scenario) *bool { return &s.ClearCookie }),
		word("secret", "with which secret cookies are signed: one that all processes share; or one that each process makes when it starts, so that no other one accepts its cookies", true,
			func(s *Scenario) *string { return &s.Secret }, Shared, PerProcess),
		flag("session-lock", "as in PHP, requests of one session are served one at a time: each locks the session from before it is read until it is written (not in mode=cookie)", true, func(s *Scenario) *bool { return &s.SessionLock }),
		{Name: "max-age", Values: "a duration from 1ms to 24h in whole milliseconds, or none", Default: "none", Live: true,
			Meaning: "the session cookie's lifetime, and so the store's TTL",
			set: func(s *Scenario, v string) (err error) {
				if v == "none" {
					s.MaxAge = 0
					return nil
				}
				if s.MaxAge, err = ParseDuration(v, 1000); err == nil && s.MaxAge%1000 != 0 {
					return errValue
				}
				return err
			},
			get: func(s *Scenario) string {
				if s.MaxAge == 0 {
					return "none"
				}
				return FormatDuration(s.MaxAge)
			}},
		flag("regenerate", "a login gives the session a new id (req.session.regenerate)", true, func(s *Scenario) *bool { return &s.Regenerate }),
		word("login", "what answers a login: a page; or a redirect (302), whose page the browser asks for by itself as soon as the answer's headers are there: a request more, which uses up no step of the script", true,
			func(s *Scenario) *string { return &s.Login }, "answer", Redirect),
		flag("save-first", "a login that redirects saves the session and waits for that before it answers (req.session.save)", true, func(s *Scenario) *bool { return &s.SaveFirst }),
		{Name: "save-delay", Values: "a duration from 0 to 24h, or preset (that of costs)", Default: "preset", Live: true,
			Meaning: "what the app waits for before it saves a session (store.set); preset: for nothing, but the save of a login that redirects falls behind its headers as often as was measured",
			set:     func(s *Scenario, v string) error { return setPreset(&s.SaveDelay, v) },
			get:     func(s *Scenario) string { return formatPreset(s.SaveDelay) }},
		word("cookies", "what the visitors do with cookies: keep them, as a browser does; or drop them, as a health check or a bot does", false,
			func(s *Scenario) *string { return &s.Cookies }, "kept", Dropped),
		{Name: "cart-delay", Values: "a duration from 0 to 24h, or preset (that of costs)", Default: "preset", Live: true,
			Meaning: "what cart waits for between reading and writing the session",
			set:     func(s *Scenario, v string) error { return setPreset(&s.CartDelay, v) },
			get:     func(s *Scenario) string { return formatPreset(s.CartDelay) }},
		word("store-client", "how the app's client of the store behaves while the store is away", true,
			func(s *Scenario) *string { return &s.StoreClient }, NodeRedis, NoOfflineQueue, Timeout, NoErrorHandler, IORedis),
		word("store-connect", "whether the app awaits its connection to the store before it listens, and ends where that fails; or listens at once", true,
			func(s *Scenario) *string { return &s.StoreConnect }, First, Background),
		word("store-kind", "the store: Redis, fast and in memory; or a database, slower and durable", true,
			func(s *Scenario) *string { return &s.StoreKind }, "redis", Database),
		word("store-persistence", "what Redis writes to disk: all it holds now and then (RDB, its default); nothing; or each change (AOF)", true,
			func(s *Scenario) *string { return &s.StorePersistence }, RDB, None, AOF),
		word("maxmemory-policy", "what Redis does when it is full: refuse what would need memory; or forget the key that was used least recently", true,
			func(s *Scenario) *string { return &s.MaxmemoryPolicy }, NoEviction, AllKeysLRU),
		word("chat", "who hears a chat message: those with a websocket on the same worker, or through the store's pub/sub everybody", true,
			func(s *Scenario) *string { return &s.Chat }, Local, PubSub),
		word("transport", "how the client of chat begins: with a websocket; or, as socket.io's does by itself, by HTTP polling, with a handshake whose id one process knows", true,
			func(s *Scenario) *string { return &s.Transport }, Websocket, Polling),
		word("counter", "how count adds one: read, add, write; or in one step", true,
			func(s *Scenario) *string { return &s.Counter }, "plain", Atomic),
		{Name: "handlers", Values: "none, or names with the steps of a handler, | between: vote: read memory votes, add 1, write memory votes; limit, limit-store, price, price-store and reprice are ready-made", Default: "none",
			Meaning: "handlers of one's own, each a name to ask for and the steps that it takes",
			set:     setHandlers,
			get:     func(s *Scenario) string { return formatHandlers(s.Handlers) }},
		word("timer", "who runs the job of the app's timer (the handler job, if there is one): nobody; each process; the first one alone; whoever gets a lock in the store", true,
			func(s *Scenario) *string { return &s.Timer }, None, Each, First, Store),
		duration("timer-every", "how often the timer runs its job", "1s", "100ms to 24h: 1s, 1m", true, leastPeriod, func(s *Scenario) *int64 { return &s.TimerEvery }),
		flag("graceful", "an instance that is told to stop finishes its requests first (server.close on SIGINT)", true, func(s *Scenario) *bool { return &s.Graceful }),
		duration("kill-timeout", "how long pm2 waits for a process that was told to stop before it kills it (SIGKILL)", "1.6s", "0 to 24h: 1.6s, 10s", true, 0, func(s *Scenario) *int64 { return &s.KillTimeout }),
		word("pm2", "how pm2 runs the app: each process listens for itself, so that a reload is a restart; or pm2 listens for all of them; auto is fork for one process, for threads and behind nginx", true,
			func(s *Scenario) *string { return &s.PM2 }, Auto, Fork, InCluster),
		{Name: "weights", Values: "none, or a weight from 1 to 100 for each worker with commas between: 3,1", Default: "none", Live: true,
			Meaning: "shares of the workers, for nginx's balancers",
			set:     setWeights,
			get: func(s *Scenario) string {
				if s.Weights == nil {
					return "none"
				}
				var b strings.Builder
				for i, w := range s.Weights {
					if i > 0 {
						b.WriteByte(',')
					}
					b.WriteString(strconv.Itoa(w))
				}
				return b.String()
			}},
		word("lock-order", "transfer: whether all threads take the two locks in the same order", true,
			func(s *Scenario) *string { return &s.LockOrder }, "same", Opposite),
		word("lock", "whether threads guard the memory that they share", true,
			func(s *Scenario) *string { return &s.Lock }, "mutex", "none"),
		{Name: "quantum", Values: "a duration from 1ms to 24h, inf, or preset (that of costs)", Default: "preset", Live: true,
			Meaning: "how long a thread may run while others are ready",
			set: func(s *Scenario, v string) (err error) {
				switch v {
				case "preset":
					s.Quantum = 0
				case "inf":
					s.Quantum = Infinite
				default:
					s.Quantum, err = ParseDuration(v, 1000)
				}
				return err
			},
			get: func(s *Scenario) string {
				switch s.Quantum {
				case 0:
					return "preset"
				case Infinite:
					return "inf"
				}
				return FormatDuration(s.Quantum)
			}},
		word("costs", "times stretched for the eye, or those measured on real systems", true,
			func(s *Scenario) *string { return &s.Costs }, Teaching, Measured),
		{Name: "seed", Values: "an integer from 0 to 9223372036854775807", Default: "1",
			Meaning: "decides everything that is random",
			set: func(s *Scenario, v string) error {
				n, err := strconv.ParseInt(v, 10, 64)
				if err != nil || n < 0 {
					return errValue
				}
				s.Seed = n
				return nil
			},
			get: func(s *Scenario) string { return strconv.FormatInt(s.Seed, 10) }},
		count("v", "version of the simulator that a link was made with", strconv.Itoa(Version), false, 1, 1_000_000, func(s *Scenario) *int { return &s.V }),
		{Name: "do", Values: fmt.Sprintf("commands with their moments, semicolons between: 12s set mode=store; 15s crash 1 (%d at most, within 24h)", MaxCommands),
			Meaning: "commands at moments, so that a link holds the whole run",
			set: func(s *Scenario, v string) (err error) {
				s.Do, err = s.parseCommands(v)
				return err
			},
			get: func(s *Scenario) string { return FormatCommands(s.Do) }},
	}
}

func word(name, meaning string, live bool, at func(*Scenario) *string, words ...string) Key {
	return Key{Name: name, Values: strings.Join(words, ", "), Default: words[0], Meaning: meaning, Live: live, Words: words,
		set: func(s *Scenario, v string) error {
			for _, w := range words {
				if v == w {
					*at(s) = v
					return nil
				}
			}
			return errValue
		},
		get: func(s *Scenario) string { return *at(s) }}
}

func flag(name, meaning string, live bool, at func(*Scenario) *bool) Key {
	return Key{Name: name, Values: "true, false", Default: "false", Meaning: meaning, Live: live, Words: []string{"false", "true"},
		set: func(s *Scenario, v string) error {
			if v != "true" && v != "false" {
				return errValue
			}
			*at(s) = v == "true"
			return nil
		},
		get: func(s *Scenario) string { return strconv.FormatBool(*at(s)) }}
}

func count(name, meaning, def string, live bool, lo, hi int, at func(*Scenario) *int) Key {
	return Key{Name: name, Values: fmt.Sprintf("%d to %d", lo, hi), Default: def, Meaning: meaning, Live: live,
		set: func(s *Scenario, v string) (err error) {
			*at(s), err = integer(v, lo, hi)
			return err
		},
		get: func(s *Scenario) string { return strconv.Itoa(*at(s)) }}
}

func duration(name, meaning, def, values string, live bool, lo int64, at func(*Scenario) *int64) Key {
	return Key{Name: name, Values: values, Default: def, Meaning: meaning, Live: live,
		set: func(s *Scenario, v string) (err error) {
			*at(s), err = ParseDuration(v, lo)
			return err
		},
		get: func(s *Scenario) string { return FormatDuration(*at(s)) }}
}

// setPreset reads a duration, or preset.
func setPreset(at *int64, v string) (err error) {
	if v == "preset" {
		*at = Preset
		return nil
	}
	*at, err = ParseDuration(v, 0)
	return err
}

func formatPreset(us int64) string {
	if us == Preset {
		return "preset"
	}
	return FormatDuration(us)
}

func setWeights(s *Scenario, v string) error {
	if v == "none" {
		s.Weights = nil
		return nil
	}
	var weights []int
	for part := range strings.SplitSeq(v, ",") {
		w, err := integer(strings.TrimSpace(part), 1, 100)
		if err != nil || len(weights) == MaxWorkers {
			return errValue
		}
		weights = append(weights, w)
	}
	s.Weights = weights
	return nil
}

// integer reads a plain decimal integer: no sign, no zeros in front.
func integer(v string, lo, hi int) (int, error) {
	n, err := strconv.Atoi(v)
	if err != nil || n < lo || n > hi || strconv.Itoa(n) != v {
		return lo, errValue
	}
	return n, nil
}

// ParseDuration reads a duration such as 800ms or 1m30s as µs: at least lo
// (µs), at most MaxTime, and in whole µs. A bare 0 needs no unit.
func ParseDuration(v string, lo int64) (int64, error) {
	d, err := time.ParseDuration(v)
	us := d.Microseconds()
	if err != nil || us < lo || us > MaxTime || d%time.Microsecond != 0 {
		return lo, errValue
	}
	return us, nil
}

// FormatDuration writes µs so that ParseDuration reads them: below a second in
// ms or µs, else in seconds.
func FormatDuration(us int64) string {
	switch {
	case us == 0:
		return "0s"
	case us < 1000:
		return strconv.FormatInt(us, 10) + "us"
	case us < 1_000_000:
		return decimal(us, 1000) + "ms"
	}
	return decimal(us, 1_000_000) + "s"
}

// decimal writes n/unit exactly, without zeros at the end.
func decimal(n, unit int64) string {
	s := strconv.FormatInt(n/unit, 10)
	if rest := n % unit; rest != 0 {
		frac := strconv.FormatInt(unit+rest, 10)[1:]
		s += "." + strings.TrimRight(frac, "0")
	}
	return s
}
