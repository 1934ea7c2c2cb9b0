package cluster

import (
	"procession/sim/des"
	"procession/sim/machine"
	"procession/sim/scenario"
	"procession/sim/store"
	"procession/sim/trace"
)

// Cluster is the whole simulated world.
type Cluster struct {
	env   *des.Env
	log   *trace.Log
	sc    scenario.Scenario // its live keys change
	costs Costs

	machine   *machine.Machine
	store     sharedStore
	workers   []*worker // by pid
	leaving   []*worker // no longer wanted; their processes still finish what they have
	toRestart []int     // pids that "restart" has still to restart
	toReload  []int     // pids that "reload" has still to reload
	reloading []*worker // whose turn it is
	abreast   int       // so many have a turn at a time
	lives     [scenario.MaxWorkers + 1]int
	primary   primary
	nginx     nginx
	visitors  []*visitor // in the order of joining
	byName    map[string]*visitor
	joined    int // visitors that ever joined

	requests list[*request] // in flight, by number
	spare    []*request     // answered ones, to be used again
	tails    list[*tail]    // answers whose headers have left, in that order
	conns    list[*conn]    // open, by number
	lastReq  int32
	lastConn int32

	sids         map[string]*origin
	counts       map[trace.Memory]int // the counters, as they are
	countVersion map[trace.Memory]int // how often each was written
	turn         turn
	commands     []trace.DoneCommand
	totals       trace.Totals
	ended        bool
}

// New makes the world of a scenario, whose shared store the server is. Nothing
// has happened in it yet. The world closes the server.
func New(env *des.Env, log *trace.Log, sc scenario.Scenario, server store.Store) *Cluster {
	c := &Cluster{env: env, log: log, sc: sc, costs: costsOf(&sc), byName: map[string]*visitor{}, sids: map[string]*origin{},
		counts: map[trace.Memory]int{}, countVersion: map[trace.Memory]int{}}
	log.SetOwn(sc.OwnWords())
	c.machine = machine.New(env, log, sc.Cores, c.machineCosts())
	c.store.init(c, server)
	c.primary.c = c
	c.nginx.init(c)
	c.turn.init(c)
	return c
}

func (c *Cluster) machineCosts() machine.Costs {
	return machine.Costs{Quantum: c.costs.Quantum, SwitchProcess: c.costs.SwitchProcess, SwitchThread: c.costs.SwitchThread}
}

// Begin makes what there is at the beginning: the workers listen, the visitors
// open their browsers.
func (c *Cluster) Begin() {
	plain := c.sc
	plain.Do = nil
	c.emit(trace.Event{Kind: trace.RunStarted, Text: c.log.ID(plain.String())})
	c.deploy()
	for _, name := range c.sc.Names {
		c.join(name)
	}
	c.turn.begin()
}

// Ended says whether every script has ended; nothing happens after that.
func (c *Cluster) Ended() bool { return c.ended }

// Close ends the world.
func (c *Cluster) Close() { c.store.server.Close() }

// End ends the run: by its scripts, or because virtual time is over.
func (c *Cluster) End() {
	if !c.ended {
		c.ended = true
		c.emit(trace.Event{Kind: trace.RunEnded})
		c.env.Stop()
	}
}

// endIfDone ends a scripted run in which every visitor has come to the end.
func (c *Cluster) endIfDone() {
	if c.sc.Traffic != scenario.Script || c.requests.first != nil || c.tails.first != nil {
		return
	}
	for _, v := range c.visitors {
		if !v.finished || len(v.queue) > 0 {
			return
		}
	}
	c.End()
}

func (c *Cluster) emit(e trace.Event) {
	e.Ts = c.env.Now()
	c.log.Append(e)
	if c.log.Len() >= scenario.MaxEvents {
		c.env.Stop()
	}
}

// Overflowed says whether the trace has come to its limit.
func (c *Cluster) Overflowed() bool { return c.log.Len() >= scenario.MaxEvents }

func (c *Cluster) now() int64 { return c.env.Now() }
