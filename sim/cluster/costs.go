package cluster

import (
	"math/bits"

	"procession/sim/scenario"
)

// Costs are the times of the world, in virtual µs; those of a context switch
// are in ns, since a real one takes one µs and a half.
type Costs struct {
	Trip          int64 // visitor to balancer
	Hop           int64 // balancer to worker
	HandedOver    int64 // the same for the first request on a connection that the cluster's primary handed over
	Reply         int64 // worker to visitor
	Handover      int64 // a message between the cluster's primary and a worker
	Accept        int64 // CPU: a worker takes over a connection
	Parse         int64 // CPU: until the session is looked up
	Handle        int64 // CPU: the rest of a request
	Report        int64 // CPU: a heavy report
	CartWait      int64 // what cart waits for between reading and writing the session
	Lock          int64 // CPU: an access to memory that threads share, under its lock
	StoreClient   int64 // CPU: the store's client, for a command that it sends or a reply that it takes
	StoreTrip     int64 // worker to store, one way
	StoreSlow     int64 // the same while the store is slow
	LateSave      int64 // how long a process has no core between the headers of an answer and its save, where the save falls behind
	DatabaseTrip  int64 // the same with store-kind=database
	Ledger        int64 // CPU: one step of a transfer or a count in memory
	Respawn       int64 // from the end of a process to pm2's spawning the next
	Online        int64 // from spawning until pm2 hears that the process runs
	Boot          int64 // from spawning to listening
	SwitchProcess int64 // ns
	SwitchThread  int64 // ns
	Quantum       int64
}

// Cost is a row of the table of costs.
type Cost struct {
	Name     string // what takes that time
	Measured int64  // ns
	Teaching int64  // ns
	Source   string // where the measured figure is from
	set      func(c *Costs, ns int64)
}

// Units of the table, in ns.
const (
	us = 1_000
	ms = 1_000 * us
)

// micros and nanos say in which unit the costs hold a time.
func micros(at func(*Costs) *int64) func(*Costs, int64) {
	return func(c *Costs, ns int64) { *at(c) = ns / us }
}

func nanos(at func(*Costs) *int64) func(*Costs, int64) {
	return func(c *Costs, ns int64) { *at(c) = ns }
}

// Table has every cost in both presets. Neither touches think, keep-alive,
// TTLs or the time limits of clients: those are what they are in real life.
var Table = []Cost{
	{"network: visitor to balancer", 50 * us, 350 * ms, "loopback, the order of magnitude of a round trip", micros(func(c *Costs) *int64 { return &c.Trip })},
	{"network: balancer to process", 50 * us, 350 * ms, "loopback, the order of magnitude of a round trip", micros(func(c *Costs) *int64 { return &c.Hop })},
	{"cluster: a connection's first request to its process", 0, 350 * ms, "it lies in the connection that the process takes over", micros(func(c *Costs) *int64 { return &c.HandedOver })},
	{"network: process to visitor", 100 * us, 700 * ms, "the same way back", micros(func(c *Costs) *int64 { return &c.Reply })},
	{"cluster: message between the primary and a process", 60 * us, 60 * us, "assumed; only its order matters, so it is not stretched", micros(func(c *Costs) *int64 { return &c.Handover })},
	{"CPU: take over a connection", 128 * us, 128 * us, "Node 20: 2,065 requests/s in fork mode, 1,633 in a cluster of one; not stretched", micros(func(c *Costs) *int64 { return &c.Accept })},
	{"CPU: a request until its session is looked up", 160 * us, 80 * ms, "Node 20, express 5: 2,065 trivial requests/s, a third of 484 µs", micros(func(c *Costs) *int64 { return &c.Parse })},
	{"CPU: the rest of a request", 324 * us, 120 * ms, "Node 20, express 5: 2,065 trivial requests/s, two thirds of 484 µs", micros(func(c *Costs) *int64 { return &c.Handle })},
	{"CPU: a heavy report", 50 * ms, 2_000 * ms, "chosen: 50 ms give 19.4 requests/s in one process", micros(func(c *Costs) *int64 { return &c.Report })},
	{"the shop's answer to cart", 5 * ms, 400 * ms, "chosen: 5 ms between reading and writing the session", micros(func(c *Costs) *int64 { return &c.CartWait })},
	{"CPU: shared memory, under its lock", 1 * us, 60 * ms, "below a microsecond; a virtual microsecond is the least", micros(func(c *Costs) *int64 { return &c.Lock })},
	{"CPU: the store's client sends a command or takes a reply", 15 * us, 10 * ms, "Node 20, node-redis 6.3: a visit is two commands, and one process answers 0.89 times as many as with sessions in memory", micros(func(c *Costs) *int64 { return &c.StoreClient })},
	{"store: one way", 50 * us, 250 * ms, "Redis 7: one sequential caller reaches about 10,000 commands/s", micros(func(c *Costs) *int64 { return &c.StoreTrip })},
	{"store: one way while it is slow", 200 * ms, 1_500 * ms, "chosen", micros(func(c *Costs) *int64 { return &c.StoreSlow })},
	{"store: a save that falls behind the headers of its answer", 1_500 * us, 3_000 * ms, "chosen: a time slice of two cores; 18 of 100 logins that redirect fall behind, as measured", micros(func(c *Costs) *int64 { return &c.LateSave })},
	{"database: one way", 1 * ms, 600 * ms, "chosen: a durable store is slower than one in memory", micros(func(c *Costs) *int64 { return &c.DatabaseTrip })},
	{"CPU: a step of a count or a transfer", 1 * us, 60 * ms, "below a microsecond; a virtual microsecond is the least", micros(func(c *Costs) *int64 { return &c.Ledger })},
	{"pm2: from the end of a process to the next", 60 * ms, 600 * ms, "pm2 7: a new process 200 to 320 ms after a crash", micros(func(c *Costs) *int64 { return &c.Respawn })},
	{"pm2: from the start of a process until it hears of it", 60 * ms, 400 * ms, "pm2 7: of two that are restarted, the second one is told to end 0.2 s after the first, before that one listens", micros(func(c *Costs) *int64 { return &c.Online })},
	{"start of a process until it listens", 200 * ms, 1_400 * ms, "Node 20 under pm2 7: 0.2 s", micros(func(c *Costs) *int64 { return &c.Boot })},
	{"context switch between processes", 1_450, 20 * ms, "pipe ping-pong on one core", nanos(func(c *Costs) *int64 { return &c.SwitchProcess })},
	{"context switch between threads of a process", 1_320, 15 * ms, "pipe ping-pong on one core", nanos(func(c *Costs) *int64 { return &c.SwitchThread })},
	{"time slice", 750 * us, 100 * ms, "Linux: 0.75 ms on one core, twice that on 2 or 3, three times on 4 to 7, four times from 8 on", micros(func(c *Costs) *int64 { return &c.Quantum })},
}

// costsOf gives the costs of a scenario.
func costsOf(sc *scenario.Scenario) Costs {
	var c Costs
	for _, row := range Table {
		if sc.Costs == scenario.Measured {
			row.set(&c, row.Measured)
		} else {
			row.set(&c, row.Teaching)
		}
	}
	if sc.Costs == scenario.Measured {
		c.Quantum *= baseSlices(sc.Cores)
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

// slicedCores is how many cores Linux counts at most for its time slice:
// min_t(unsigned int, num_online_cpus(), 8) in get_update_sysctl_factor
// (kernel/sched/fair.c).
const slicedCores = 8

// baseSlices is how many base slices of 0.75 ms Linux' time slice has on so many
// cores: 1 + ⌊log₂ cores⌋ (SCHED_TUNABLESCALING_LOG, its default), of at most
// slicedCores.
func baseSlices(cores int) int64 { return int64(bits.Len(uint(min(cores, slicedCores)))) }

// Times that no preset touches, in µs.
const (
	// nodeKeepAlive: Node announces timeout=5 and closes an idle connection 6 s after its last answer.
	nodeKeepAlive = 6_000_000
	// nginxKeepAlive is nginx's default keepalive_timeout.
	nginxKeepAlive = 75_000_000
	// nginxFailTimeout is how long nginx leaves out a server that failed
	// (fail_timeout), in seconds.
	nginxFailTimeout = 10
	// listenTimeout is how long pm2's reload waits until the next process listens
	// before it ends the present one all the same (listen_timeout): 2.8 to 3.1 s
	// were measured.
	listenTimeout = 3_000_000
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
	// lateSaves is how many of 100 logins that redirect are followed before the
	// session is saved, where another process answers the page. express-session
	// hands the save to the store's client and writes the headers without waiting
	// for it; the client writes its command at the end of the turn of the event
	// loop, and the kernel may give the core to whom the headers woke up. Measured
	// with one local Redis: 36 of 200 pages asked for too early with 2 workers, 21
	// of 200 with 4, and none with 1, whose event loop comes to the page only after
	// the command.
	lateSaves = 18
	// browserConns is how many connections a browser opens to one server.
	browserConns = 6
)
