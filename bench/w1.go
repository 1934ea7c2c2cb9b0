package main

import (
	"github.com/fschuetz04/simgo"

	"procession/sim/des"
	"procession/sim/trace"
)

// w1K is how many processes W1 has.
const w1K = 8

// w1 measures the engine where it does nothing but wait. A wait of ours is what
// the simulator does: a timer fires, and wakes the process that it belongs to.
func w1(rounds int) (report, error) {
	s := measure(rounds, barePull(w1K), w1Ours("ours", nil), w1Ours("ours, trace on", w1Trace), w1Simgo(), w1Limit())
	pull, ours, traced, peer := s[0], s[1], s[2], s[3]
	return report{s, []goal{
		{what: "waits/s of simgo", got: ratio(peer, ours), least: 12, unit: " ×"},
		{what: "cost of the bare round trip", got: ratio(ours, pull), most: 1.5, unit: " ×"},
		{what: "the same, trace on", got: ratio(traced, pull), most: 1.8, unit: " ×"},
		{what: "allocations a wait", got: ours.allocs, most: 0.001},
		{what: "the same, trace on", got: traced.allocs, most: 0.01},
	}}, nil
}

// w1Trace gives what notes an event in the trace as the simulator does. Old
// events are let go of, as in a room.
func w1Trace() func(now int64) {
	const keep = 4096
	log := trace.NewLog()
	return func(now int64) {
		log.Append(trace.Event{Kind: trace.CoreIdle, Ts: now, Core: 1})
		if log.Len()%keep == 0 {
			log.Trim(keep)
		}
	}
}

func w1Ours(name string, note func() func(now int64)) contestant {
	return contestant{name: name, unit: "wait", n: 1_000_000,
		start: func() (func(int) int, func()) {
			env := des.NewEnv()
			done := 0
			woken := func(int64) { done++ }
			if note != nil {
				noted := note()
				woken = func(now int64) {
					done++
					noted(now)
				}
			}
			for range w1K {
				startWaiter(env, woken)
			}
			run := func(n int) int {
				before := done
				env.RunUntil(env.Now() + int64(n/w1K))
				return done - before
			}
			return run, env.Close
		}}
}

func w1Simgo() contestant {
	return contestant{name: "simgo 0.7.0", unit: "wait", n: 200_000,
		start: func() (func(int) int, func()) {
			sim := simgo.NewSimulation()
			for range w1K {
				sim.Process(func(p simgo.Process) {
					for {
						p.Wait(p.Timeout(1))
					}
				})
			}
			run := func(n int) int {
				sim.RunUntil(sim.Now() + float64(n/w1K))
				return n / w1K * w1K
			}
			return run, sim.Shutdown
		}}
}

func w1Limit() contestant {
	return contestant{name: "the limit: callbacks", unit: "wait", n: 2_000_000,
		start: func() (func(int) int, func()) {
			var q callbacks
			for i := range w1K {
				q.add(1, int32(i))
			}
			run := func(n int) int {
				for range n {
					q.add(1, q.next())
				}
				return n
			}
			return run, func() {}
		}}
}
