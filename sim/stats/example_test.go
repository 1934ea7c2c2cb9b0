package stats_test

import (
	"fmt"

	"procession/sim"
	"procession/sim/stats"
	"procession/sim/trace"
)

// sum adds up all that a log holds.
func sum(log *trace.Log) stats.Summary {
	c := stats.NewCounter()
	for seq := log.First(); seq <= log.Len(); seq++ {
		c.Add(log, log.At(seq)) // it needs each event once, so the trace need not be kept
	}
	return c.Summary()
}

func Example() {
	sc, err := sim.Parse("visitors=Ada&script=login,visit*6")
	if err != nil {
		fmt.Println(err)
		return
	}
	run := sim.New(sc)
	defer run.Close()
	run.Advance(60_000_000)

	s := sum(run.Log())
	fmt.Printf("%d requests, %d hits, %d misses, %d logouts by chance\n", s.Requests, s.Hits, s.Misses, s.Logouts)
	// Output:
	// 7 requests, 3 hits, 3 misses, 3 logouts by chance
}
