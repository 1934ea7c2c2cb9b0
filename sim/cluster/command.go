package cluster

import (
	"fmt"
	"strings"

	"procession/sim/scenario"
	"procession/sim/trace"
)

// Check says whether a command is possible now. The error is a *scenario.Error.
func (c *Cluster) Check(cmd scenario.Command) error {
	wrong := func(value, allowed string) error {
		return &scenario.Error{Key: strings.Fields(cmd.String())[0], Value: value, Allowed: allowed}
	}
	switch cmd.Verb {
	case scenario.Ask, scenario.Leave:
		if c.byName[cmd.Visitor] == nil {
			return wrong(cmd.Visitor, "the name of a visitor who is here: "+c.names())
		}
	case scenario.Join:
		if c.byName[cmd.Visitor] != nil {
			return wrong(cmd.Visitor, "a name that no visitor has yet")
		}
		if len(c.visitors) >= scenario.MaxVisitors {
			return wrong(cmd.Visitor, fmt.Sprintf("at most %d visitors at a time", scenario.MaxVisitors))
		}
	case scenario.Crash, scenario.Restart:
		if cmd.Worker == 0 {
			return nil
		}
		if w := c.worker(cmd.Worker); w == nil || w.inst == nil {
			return wrong(fmt.Sprint(cmd.Worker), "the number of a running worker: "+c.running())
		}
	case scenario.Set:
		sc := c.sc
		return sc.Set(cmd.Key, cmd.Value)
	}
	return nil
}

// namesShown is how many names an error lists.
const namesShown = 8

func (c *Cluster) names() string {
	var names []string
	for i, v := range c.visitors {
		if i == namesShown {
			names = append(names, "…")
			break
		}
		names = append(names, v.name)
	}
	if names == nil {
		return "nobody is here"
	}
	return strings.Join(names, ", ")
}

func (c *Cluster) running() string {
	var pids []string
	for _, w := range c.workers {
		if w.inst != nil {
			pids = append(pids, fmt.Sprint(w.pid))
		}
	}
	if pids == nil {
		return "none runs at the moment"
	}
	return strings.Join(pids, ", ")
}

// Apply carries out a command now, or tells the trace why it is not possible.
func (c *Cluster) Apply(cmd scenario.Command) {
	if err := c.Check(cmd); err != nil {
		c.emit(trace.Event{Kind: trace.CommandRefused, Text: c.log.ID(cmd.String()), Note: c.log.ID(err.Error())})
		return
	}
	c.commands = append(c.commands, trace.DoneCommand{At: c.now(), Text: cmd.String()})
	c.emit(trace.Event{Kind: trace.CommandApplied, Text: c.log.ID(cmd.String())})
	switch cmd.Verb {
	case scenario.Ask:
		c.byName[cmd.Visitor].ask(cmd.Op, false)
	case scenario.Join:
		c.join(cmd.Visitor)
	case scenario.Leave:
		c.byName[cmd.Visitor].leave()
	case scenario.Set:
		c.set(cmd.Key, cmd.Value)
	case scenario.Crash:
		c.worker(cmd.Worker).crash(trace.WhyCrash)
	case scenario.Restart:
		if cmd.Worker == 0 {
			c.restartAll()
		} else {
			c.worker(cmd.Worker).restart()
		}
	case scenario.Reload:
		c.reloadAfter(0)
	case scenario.StoreDown:
		if c.store.state != storeDown {
			c.store.down()
		}
	case scenario.StoreUp:
		if c.store.state != storeUp {
			c.store.up()
		}
	case scenario.StoreSlow:
		if c.store.state != storeSlow {
			c.store.slow()
		}
	}
}

// set gives a live key its value, with the effect that it has in real life.
func (c *Cluster) set(key, value string) {
	before, processes := c.sc, c.sc.Processes()
	if err := c.sc.Set(key, value); err != nil {
		panic("cluster: Cluster.set: " + err.Error()) // Check let it pass
	}
	c.emit(trace.Event{Kind: trace.ScenarioSet, Text: c.log.ID(key + "=" + value)})
	c.costs = costsOf(&c.sc)
	c.machine.SetCosts(c.machineCosts())
	if c.sc.Cores != before.Cores {
		c.machine.SetCores(c.sc.Cores)
	}
	if c.sc.Balancer != before.Balancer && (before.Balancer == scenario.RoundRobin || c.sc.Balancer == scenario.RoundRobin) {
		c.reconnect() // another program listens now
	}
	if c.sc.Connection == scenario.PerRequest && before.Connection != scenario.PerRequest {
		c.reconnect()
	}
	switch {
	case c.sc.Mode != before.Mode:
		c.deploy()
	case c.sc.Processes() == processes:
	case c.sc.Mode == scenario.Threads:
		c.deploy() // the number of threads is set when the process starts
	default:
		c.scale(c.sc.Processes())
	}
}

// reconnect closes the kept connections, those in use after their answer.
func (c *Cluster) reconnect() {
	for cn := range c.conns.all() {
		cn.retire(trace.WhyDeploy)
	}
}
