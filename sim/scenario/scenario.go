package scenario

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// Version is the version of the simulator: runs made with another one may
// differ. It is raised with every change of a trace: the committed hashes of
// traces (sim/testdata/hashes.txt) belong to one version, and the test that
// holds them writes others only for a higher one.
const Version = 5

// Limits of a scenario.
const (
	MaxWorkers  = 16
	MaxCores    = 16
	MaxVisitors = 2000
	MaxScript   = 10_000          // requests in a visitor's script
	MaxCommands = 1_000           // commands of a run
	MaxTime     = 24 * 3600 * 1e6 // virtual µs of a run
	MaxEvents   = 20_000_000      // of a run's trace
	maxQuery    = 256 << 10       // bytes of a scenario as text
	maxName     = 24              // characters of a visitor's name
	leastPeriod = 100_000         // µs: of the app's timer
)

// The words of mode: where sessions live.
const (
	Local   = "local"
	Store   = "store"
	Threads = "threads"
	Cookie  = "cookie"
)

// The words of balancer.
const (
	RoundRobin       = "round-robin"
	Random           = "random"
	LeastConnections = "least-connections"
	IPHash           = "ip-hash"
	CookieHash       = "cookie-hash"
	StickyCookie     = "sticky-cookie"
)

// The words of connection.
const (
	PerRequest = "per-request"
	KeepAlive  = "keep-alive"
	Browser    = "browser"
	HTTP2      = "http2"
)

// The words of pm2; Auto, too.
const (
	Fork      = "fork"
	InCluster = "cluster"
)

// The words of traffic.
const (
	Auto   = "auto"
	Script = "script"
	None   = "none"
)

// Words of login and of cookies that stand against the default of their key.
const (
	Redirect = "redirect"
	Dropped  = "dropped"
)

// The words of store-client.
const (
	NodeRedis      = "node-redis"
	NoOfflineQueue = "no-offline-queue"
	Timeout        = "timeout"
	NoErrorHandler = "no-error-handler"
	IORedis        = "ioredis"
)

// The words of secret.
const (
	Shared     = "shared"
	PerProcess = "per-process"
)

// The words of store-connect.
const (
	First      = "first"
	Background = "background"
)

// The words of store-persistence.
const (
	RDB = "rdb"
	AOF = "aof"
)

// The words of maxmemory-policy.
const (
	NoEviction = "noeviction"
	AllKeysLRU = "allkeys-lru"
)

// The words of transport.
const (
	Websocket = "websocket"
	Polling   = "polling"
)

// Words that stand against the default of their key.
const (
	Database   = "database"    // store-kind
	PubSub     = "pubsub"      // chat
	Atomic     = "atomic"      // counter
	Opposite   = "opposite"    // lock-order
	Each       = "each"        // timer
	TrustProxy = "trust-proxy" // cookie-secure
)

// The words of costs.
const (
	Teaching = "teaching"
	Measured = "measured"
)

// Preset stands for the value of the cost preset.
const Preset = int64(-1)

// Infinite is the quantum of a thread that is never preempted.
const Infinite = int64(-1)

// Scenario is everything that decides a run, its commands included. Make one
// with Parse or FromMap: only those check it. Times are virtual µs.
type Scenario struct {
	Mode       string
	Workers    int  // as given; 0 when WorkersMax
	WorkersMax bool // as many as there are cores
	Cores      int
	Balancer   string
	Connection string
	Names      []string // the visitors, in their order
	count      bool     // the visitors were given as a count
	Think      int64
	Jitter     int // percent
	Traffic    string
	Script     []Request
	Turns      bool
	Relogin    bool
	Addresses  string // each, one

	SaveUninitialized bool
	Resave            bool
	Rolling           bool
	CookieSecure      string // false, true, trust-proxy
	Views             bool
	ClearCookie       bool
	Secret            string // shared, per-process
	SessionLock       bool
	MaxAge            int64 // 0: none

	Regenerate       bool
	Login            string // answer, redirect
	SaveFirst        bool
	SaveDelay        int64  // Preset: now and then a save falls behind, as it was measured
	Cookies          string // kept, dropped
	CartDelay        int64  // Preset: that of the costs
	StoreClient      string // node-redis, no-offline-queue, timeout, no-error-handler, ioredis
	StoreConnect     string // first, background
	StoreKind        string // redis, database
	StorePersistence string // rdb, none, aof
	MaxmemoryPolicy  string // noeviction, allkeys-lru
	Chat             string // local, pubsub
	Transport        string // websocket, polling
	Counter          string // plain, atomic
	Handlers         []Handler
	Timer            string // none, each, first, store
	TimerEvery       int64
	Graceful         bool
	KillTimeout      int64
	PM2              string // auto, fork, cluster; Forks says which
	Weights          []int  // of worker 1, 2, …; what is missing is 1

	Lock      string // mutex, none
	LockOrder string // same, opposite
	Quantum   int64  // 0: that of the cost preset; Infinite
	Costs     string
	Seed      int64
	V         int

	Do []Command // by At
}

// Processes gives the number of workers: max is the number of cores.
func (s *Scenario) Processes() int {
	if s.WorkersMax {
		return s.Cores
	}
	return s.Workers
}

// Forks says whether pm2 runs the app in fork mode, where each process listens
// for itself. In cluster mode pm2's daemon listens for all.
func (s *Scenario) Forks() bool {
	switch {
	case s.Mode == Threads:
		return true
	case s.PM2 == Auto:
		return s.Balancer != RoundRobin || s.Processes() == 1
	}
	return s.PM2 == Fork
}

// Weight gives the weight of a worker.
func (s *Scenario) Weight(pid int) int {
	if pid <= len(s.Weights) {
		return s.Weights[pid-1]
	}
	return 1
}

// Default gives the scenario of an empty query.
func Default() Scenario {
	sc, err := FromMap(nil)
	if err != nil {
		panic("scenario: Default: " + err.Error())
	}
	return sc
}

// Parse reads a scenario from a URL's query. Spaces may stand as they are, and
// a semicolon separates commands, not keys. The error is an *Error.
func Parse(query string) (Scenario, error) {
	m, err := split(query)
	if err != nil {
		return Scenario{}, err
	}
	return FromMap(m)
}

// split takes a query apart. The error is an *Error.
func split(query string) (map[string]string, error) {
	if len(query) > maxQuery {
		return nil, &Error{Key: "scenario", Value: query, Allowed: "at most {kib} KiB of text", Places: Places{"kib": strconv.Itoa(maxQuery >> 10)}}
	}
	m := map[string]string{}
	for part := range strings.SplitSeq(query, "&") {
		if strings.TrimSpace(part) == "" {
			continue
		}
		k, v, _ := strings.Cut(part, "=")
		k, v = strings.TrimSpace(unescape(k)), unescape(v)
		if _, twice := m[k]; twice {
			return nil, &Error{Key: k, Value: v, Allowed: "each key once"}
		}
		m[k] = v
	}
	return m, nil
}

// unescape undoes the escapes of a query. What is no escape (50%) stands for itself.
func unescape(s string) string {
	if u, err := url.QueryUnescape(s); err == nil {
		return u
	}
	return strings.ReplaceAll(s, "+", " ")
}

// FromMap reads a scenario from its keys and values. The error is an *Error.
func FromMap(m map[string]string) (Scenario, error) {
	var s Scenario
	for _, k := range keys {
		if err := k.set(&s, k.Default); err != nil && k.Default != "" {
			panic("scenario: FromMap: the default of " + k.Name + ": " + err.Error())
		}
	}
	for _, name := range slices.Sorted(maps.Keys(m)) {
		if find(name) == nil {
			return Scenario{}, UnknownKey(name)
		}
	}
	// The handlers first, since others ask for them by name.
	if v, ok := m[handlersKey]; ok {
		if err := find(handlersKey).read(&s, v); err != nil {
			return Scenario{}, err
		}
	}
	// In the order of the grammar, so that the first mistake named does not
	// depend on the order of a map.
	for _, k := range keys {
		v, ok := m[k.Name]
		if !ok || k.Name == handlersKey {
			continue
		}
		if err := k.read(&s, v); err != nil {
			return Scenario{}, err
		}
	}
	if err := s.check(); err != nil {
		return Scenario{}, err
	}
	if _, given := m["traffic"]; !given {
		if _, scripted := m["script"]; scripted {
			s.Traffic = Script
		}
	}
	return s, nil
}

// SwitchCost is what a context switch between processes takes at most, in µs,
// by the preset of costs; the table of costs has the same figures.
var SwitchCost = map[string]int64{Teaching: 20_000, Measured: 2}

// check looks at keys that must fit together.
func (s *Scenario) check() error {
	if least := SwitchCost[s.Costs]; s.Quantum > 0 && s.Quantum < least {
		return &Error{Key: "quantum", Value: FormatDuration(s.Quantum),
			Allowed: "at least {least}, which a context switch takes with costs={costs}, or inf, or preset",
			Places:  Places{"least": FormatDuration(least), "costs": s.Costs}}
	}
	if s.PM2 == Fork && s.Mode != Threads && s.Balancer == RoundRobin && s.Processes() > 1 {
		return &Error{Key: "pm2", Value: Fork,
			Allowed: "auto or cluster, since {workers} processes cannot listen on one port; or fork with workers=1, mode=threads or one of nginx's balancers",
			Places:  Places{"workers": strconv.Itoa(s.Processes())}}
	}
	return nil
}

// String gives the scenario as a query: the keys that differ from the default,
// in the order of the grammar. Parse gives the same scenario back.
func (s Scenario) String() string {
	def := Default()
	var b strings.Builder
	for _, k := range keys {
		v := k.get(&s)
		switch k.Name {
		case "traffic":
			// A script brings traffic=script with it.
			if v == s.impliedTraffic() {
				continue
			}
		default:
			if v == k.get(&def) {
				continue
			}
		}
		if b.Len() > 0 {
			b.WriteByte('&')
		}
		b.WriteString(k.Name)
		b.WriteByte('=')
		b.WriteString(escape(v))
	}
	return b.String()
}

// impliedTraffic is the traffic of this scenario's query without the key traffic.
func (s *Scenario) impliedTraffic() string {
	if s.formatScript() != find("script").Default {
		return Script
	}
	return Auto
}

// escape escapes what has a meaning in a query and leaves the rest readable.
func escape(v string) string {
	v = url.QueryEscape(v)
	return escaped.Replace(v)
}

// escaped undoes escapes that a query does not need, so that links stay readable.
var escaped = strings.NewReplacer("%2C", ",", "%2A", "*", "%3A", ":", "%3D", "=", "%2F", "/")

// Values gives every key but do, with the present value in the grammar's words.
func (s Scenario) Values() map[string]string {
	m := make(map[string]string, len(keys))
	for _, k := range keys {
		if k.Name != "do" {
			m[k.Name] = k.get(&s)
		}
	}
	return m
}

// Set gives a live key a new value. The error is an *Error.
func (s *Scenario) Set(name, value string) error {
	k := find(name)
	if k == nil || !k.Live {
		return noKey("set", name, liveNames())
	}
	changed := *s
	if err := k.read(&changed, value); err != nil {
		return err
	}
	if err := changed.check(); err != nil {
		return err
	}
	*s = changed
	return nil
}
