package cluster

import "procession/sim/scenario"

// Costs are the times of the world, in virtual µs.
type Costs struct {
	Trip          int64 // visitor to balancer
	Hop           int64 // balancer to worker
	Reply         int64 // worker to visitor
	Handover      int64 // a message between the cluster's primary and a worker
	Accept        int64 // CPU: a worker takes over a connection
	Parse         int64 // CPU: until the session is looked up
	Handle        int64 // CPU: the rest of a request
	Report        int64 // CPU: a heavy report
	CartWait      int64 // what cart waits for between reading and writing the session
	Lock          int64 // CPU: an access to memory that threads share, under its lock
	StoreTrip     int64 // worker to store, one way
	StoreSlow     int64 // the same while the store is slow
	DatabaseTrip  int64 // the same with store-kind=database
	Ledger        int64 // CPU: one step of a transfer or a count in memory
	Respawn       int64 // from the end of a process to pm2's spawning the next
	Boot          int64 // from spawning to listening
	SwitchProcess int64
	SwitchThread  int64
	Quantum       int64
}

// Cost is a row of the table of costs.
type Cost struct {
	Name     string // what takes that time
	Measured int64  // µs
	Teaching int64  // µs
	Source   string // where the measured figure is from
	at       func(*Costs) *int64
}

// Table has every cost in both presets. Neither touches think, keep-alive,
// TTLs or the time limits of clients: those are what they are in real life.
var Table = []Cost{
	{"network: visitor to balancer", 50, 350_000, "loopback, the order of magnitude of a round trip", func(c *Costs) *int64 { return &c.Trip }},
	{"network: balancer to worker", 50, 350_000, "loopback, the order of magnitude of a round trip", func(c *Costs) *int64 { return &c.Hop }},
	{"network: worker to visitor", 100, 700_000, "the same way back", func(c *Costs) *int64 { return &c.Reply }},
	{"cluster: message between primary and worker", 60, 60, "assumed; only its order matters, so it is not stretched", func(c *Costs) *int64 { return &c.Handover }},
	{"CPU: take over a connection", 128, 128, "Node 20: 2,065 requests/s in fork mode, 1,633 in a cluster of one; not stretched", func(c *Costs) *int64 { return &c.Accept }},
	{"CPU: a request until its session is looked up", 160, 80_000, "Node 20, express 5: 2,065 trivial requests/s, a third of 484 µs", func(c *Costs) *int64 { return &c.Parse }},
	{"CPU: the rest of a request", 324, 120_000, "Node 20, express 5: 2,065 trivial requests/s, two thirds of 484 µs", func(c *Costs) *int64 { return &c.Handle }},
	{"CPU: a heavy report", 50_000, 2_000_000, "chosen: 50 ms give 19.4 requests/s in one process", func(c *Costs) *int64 { return &c.Report }},
	{"the shop's answer to cart", 5_000, 400_000, "chosen: 5 ms between reading and writing the session", func(c *Costs) *int64 { return &c.CartWait }},
	{"CPU: shared memory, under its lock", 1, 60_000, "below a microsecond; a virtual microsecond is the least", func(c *Costs) *int64 { return &c.Lock }},
	{"store: one way", 50, 250_000, "Redis 7: one sequential caller reaches about 10,000 commands/s", func(c *Costs) *int64 { return &c.StoreTrip }},
	{"store: one way while it is slow", 200_000, 1_500_000, "chosen", func(c *Costs) *int64 { return &c.StoreSlow }},
	{"database: one way", 1_000, 600_000, "chosen: a durable store is slower than one in memory", func(c *Costs) *int64 { return &c.DatabaseTrip }},
	{"CPU: a step of a count or a transfer", 1, 60_000, "below a microsecond; a virtual microsecond is the least", func(c *Costs) *int64 { return &c.Ledger }},
	{"pm2: from the end of a process to the next", 60_000, 600_000, "pm2 7: a new process 200 to 320 ms after a crash", func(c *Costs) *int64 { return &c.Respawn }},
	{"start of a process until it listens", 200_000, 1_400_000, "Node 20 under pm2 7: 0.2 s", func(c *Costs) *int64 { return &c.Boot }},
	{"context switch between processes", 2, 20_000, "1.45 µs (pipe ping-pong), rounded up to whole microseconds", func(c *Costs) *int64 { return &c.SwitchProcess }},
	{"context switch between threads of a process", 1, 15_000, "1.32 µs (pipe ping-pong), rounded down to whole microseconds", func(c *Costs) *int64 { return &c.SwitchThread }},
	{"time slice", 3_000, 100_000, "Linux: a base slice of 3 ms", func(c *Costs) *int64 { return &c.Quantum }},
}

// costsOf gives the costs of a scenario.
func costsOf(sc *scenario.Scenario) Costs {
	var c Costs
	for _, row := range Table {
		*row.at(&c) = row.Teaching
		if sc.Costs == scenario.Measured {
			*row.at(&c) = row.Measured
		}
	}
	if sc.CartDelay != scenario.Preset {
		c.CartWait = sc.CartDelay
	}
	switch sc.Quantum {
	case 0:
	case scenario.Infinite:
		c.Quantum = 0
	default:
		c.Quantum = sc.Quantum
	}
	return c
}

// Times that no preset touches, in µs.
const (
	// nodeKeepAlive: Node announces timeout=5 and closes an idle connection 6 s after its last answer.
	nodeKeepAlive = 6_000_000
	// nginxKeepAlive is nginx's default keepalive_timeout.
	nginxKeepAlive = 75_000_000
	// nginxFailTimeout is how long nginx leaves out a server that failed (fail_timeout).
	nginxFailTimeout = 10_000_000
	// patience is how long a browser waits for an answer.
	patience = 300_000_000
	// commandPatience is how long node-redis 6.3.1 holds a command while the
	// store is away: 5,012 ms were measured. (5.12.1 still waited after 20 s.)
	commandPatience = 5_000_000
	// timeoutPatience is the command timeout of store-client=timeout
	// (commandOptions.timeout). It covers a command that is not sent yet: behind
	// a delay of 3 s a reply came after 3.0 s.
	timeoutPatience = 1_000_000
	// ioredisRetries is ioredis' maxRetriesPerRequest: with its waits of 50 ms
	// more each time, 2 s at most, all that waits fails 10.5 s after the
	// connection broke, and again 32.5 s later. 10.8 s were measured with
	// ioredis 5.11, and 73.5 s with 6.0.
	ioredisRetries = 20
	// lonelyLife is how long a process without an error handler lives when it
	// starts while Redis is away: seen were 14 to 21 starts in 15 s.
	lonelyLife = 600_000
	// minUptime and maxRestarts are pm2's: a process that dies within the one
	// so many times in a row is given up (errored).
	minUptime   = 1_000_000
	maxRestarts = 16
	// storeTTL is connect-redis' TTL of a session without maxAge, in seconds.
	storeTTL = 86_400
	// browserConns is how many connections a browser opens to one server.
	browserConns = 6
)
