package cli

import (
	"procession/sim"
	"procession/sim/scenario"
)

// cure is a way to find a visitor's session again.
type cure struct {
	name  string
	price string // what it costs, in few words
	of    func(sc *sim.Scenario)
}

// cures has them in the order of the story: the bug first.
var cures = []cure{
	{"local", "logins are lost by chance", func(sc *sim.Scenario) {
		sc.Mode = scenario.Local
		if sc.Balancer == scenario.StickyCookie { // that is the next row
			sc.Balancer = scenario.RoundRobin
		}
	}},
	{"sticky", "lost when their process ends; uneven load", func(sc *sim.Scenario) {
		sc.Mode, sc.Balancer = scenario.Local, scenario.StickyCookie
	}},
	{"store", "a trip or two a request; all depend on it", func(sc *sim.Scenario) { sc.Mode = scenario.Store }},
	{"cookie", "no server can end a session; it travels along", func(sc *sim.Scenario) { sc.Mode = scenario.Cookie }},
	{"threads", "one crash ends all; locks; a single machine", func(sc *sim.Scenario) { sc.Mode = scenario.Threads }},
}

// apply gives the scenario under the cure.
func (c cure) apply(sc sim.Scenario) sim.Scenario {
	c.of(&sc)
	return sc
}
