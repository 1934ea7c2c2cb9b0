package main

import (
	"fmt"

	"procession/sim"
	"procession/sim/scenario"
	"procession/sim/stats"
	"procession/sim/trace"
)

// request measures what a simulated request costs, all included, in units of
// the bare round trip.
func request(rounds int) (report, error) {
	var all []contestant
	all = append(all, barePull(1))
	for _, mode := range []string{"local", "store", "threads", "cookie"} {
		c, err := headless(mode)
		if err != nil {
			return report{}, err
		}
		all = append(all, c)
	}
	s := measure(rounds, all...)
	pull, local, store := s[0], s[1], s[2]
	return report{s, []goal{
		{what: "cost of a request, local", got: ratio(local, pull), most: 45, unit: " round trips"},
		{what: "store, compared to local", got: ratio(store, local), most: 10, unit: " ×"},
	}}, nil
}

// headless is a whole run from its beginning to its summary.
func headless(mode string) (contestant, error) {
	sc, err := scenario.Parse("costs=measured&think=0&connection=per-request&mode=" + mode)
	if err != nil {
		return contestant{}, fmt.Errorf("mode %s: %w", mode, err)
	}
	n := 30_000
	if mode == "store" {
		n = 3_000
	}
	return contestant{name: mode, unit: "request", n: n,
		start: func() (func(int) int, func()) {
			run := func(n int) int {
				const second = 1_000_000
				run := sim.New(sc)
				defer run.Close()
				for run.Snapshot().Totals.Requests < n {
					run.Advance(run.Now() + second/10)
				}
				return summary(run.Log()).Requests
			}
			return run, func() {}
		}}, nil
}

// summary adds up all that a log holds.
func summary(log *trace.Log) stats.Summary {
	c := stats.NewCounter()
	for seq := log.First(); seq <= log.Len(); seq++ {
		c.Add(log, log.At(seq))
	}
	return c.Summary()
}
