package cluster

import (
	"fmt"
	"strings"

	"procession/sim/scenario"
	"procession/sim/trace"
)

// Check says whether a command is possible now. The error is a *scenario.Error.
func (c *Cluster) Check(cmd scenario.Command) error {
	wrong := func(value, allowed string, places scenario.Places) error {
		return &scenario.Error{Key: strings.Fields(cmd.String())[0], Value: value, Allowed: allowed, Places: places}
	}
	switch cmd.Verb {
	case scenario.Ask, scenario.Leave:
		return c.here(cmd.Visitor, wrong)
	case scenario.Plant:
		for _, name := range []string{cmd.Visitor, cmd.Target} {
			if err := c.here(name, wrong); err != nil {
				return err
			}
		}
		own := c.byName[cmd.Visitor].jar
		own.dropPast(c.now())
		switch {
		case cmd.Visitor == cmd.Target:
			return wrong(cmd.Target, "two visitors: the cookie is planted on somebody else", nil)
		case own.sid.text == "":
			return wrong(cmd.Visitor, "a visitor who has a session cookie", nil)
		}
	case scenario.Join:
		if c.byName[cmd.Visitor] != nil {
			return wrong(cmd.Visitor, "a name that no visitor has yet", nil)
		}
		if len(c.visitors) >= scenario.MaxVisitors {
			return wrong(cmd.Visitor, "at most {n} visitors at a time", scenario.Places{"n": fmt.Sprint(scenario.MaxVisitors)})
		}
	case scenario.Crash, scenario.Restart, scenario.Throw:
		if cmd.Worker == 0 {
			return nil
		}
		if w := c.worker(cmd.Worker); w == nil || !w.runs() {
			pids := c.running()
			if pids == "" {
				return wrong(fmt.Sprint(cmd.Worker), "the number of a running worker: none runs at the moment", nil)
			}
			return wrong(fmt.Sprint(cmd.Worker), "the number of a running worker: {pids}", scenario.Places{"pids": pids})
		}
	case scenario.StoreFull:
		if c.sc.StoreKind == scenario.Database {
			return wrong("full", "store full only with store-kind=redis: a database keeps its data on disk", nil)
		}
	case scenario.Reload:
		if len(c.reloading) > 0 {
			return wrong("reload", "one reload at a time: the one before is still under way", nil)
		}
	case scenario.Set:
		sc := c.sc
		return sc.Set(cmd.Key, cmd.Value)
	}
	return nil
}

// here says whether a visitor is here.
func (c *Cluster) here(name string, wrong func(value, allowed string, places scenario.Places) error) error {
	if c.byName[name] != nil {
		return nil
	}
	names := c.names()
	if names == "" {
		return wrong(name, "the name of a visitor who is here: nobody is here", nil)
	}
	return wrong(name, "the name of a visitor who is here: {names}", scenario.Places{"names": names})
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
	return strings.Join(names, ", ")
}

func (c *Cluster) running() string {
	var pids []string
	for _, w := range c.workers {
		if w.runs() {
			pids = append(pids, fmt.Sprint(w.pid))
		}
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
	case scenario.Plant:
		c.byName[cmd.Target].plant(c.byName[cmd.Visitor])
	case scenario.Set:
		c.set(cmd.Key, cmd.Value)
	case scenario.Crash:
		c.worker(cmd.Worker).crash(trace.WhyCrash)
	case scenario.Throw:
		c.worker(cmd.Worker).inst.throws = true
	case scenario.Restart:
		if cmd.Worker == 0 {
			c.restartAll()
		} else {
			c.worker(cmd.Worker).restart()
		}
	case scenario.Reload:
		c.reloadAll()
	case scenario.StoreDown:
		if c.store.state != storeDown {
			c.store.down(trace.WhyCrash)
		}
	case scenario.StoreShutdown:
		if c.store.state != storeDown {
			c.store.down(trace.WhyShutdown)
		}
	case scenario.StoreUp:
		if c.store.state != storeUp {
			c.store.up()
		}
	case scenario.StoreSlow:
		if c.store.state != storeSlow {
			c.store.slow()
		}
	case scenario.StoreFull:
		if c.store.state != storeFull {
			c.store.fill()
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
	if c.sc.Timer != before.Timer || c.sc.TimerEvery != before.TimerEvery {
		c.resetTimers()
	}
	if c.sc.Forks() != before.Forks() {
		c.primary.restart()
	}
}

// reconnect closes the kept connections, those in use after their answer.
func (c *Cluster) reconnect() {
	for cn := range c.conns.all() {
		cn.retire(trace.WhyDeploy)
	}
}
