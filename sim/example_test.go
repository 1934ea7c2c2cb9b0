package sim_test

import (
	"fmt"

	"procession/sim"
)

func Example() {
	sc, err := sim.Parse("mode=local&workers=2&visitors=Ada&do=4s crash 1")
	if err != nil {
		fmt.Println(err) // a sentence that names the key, the value and what is allowed
		return
	}
	run := sim.New(sc)
	defer run.Close()

	const until = 6_000_000 // µs
	for ts, ok := run.Next(); ok && ts <= until; ts, ok = run.Next() {
		run.Advance(ts) // now run.Log has what happened, and run.Snapshot the picture
	}
	totals := run.Snapshot().Totals
	fmt.Printf("at %d µs: %d events, %d requests, %d misses\n", run.Now(), run.Log().Len(), totals.Requests, totals.Misses)

	// People do things, too. The scenario then has all that was done: it is the link to this run.
	c, err := sc.ParseCommand("visit Ada")
	if err != nil {
		fmt.Println(err)
		return
	}
	if _, err := run.Apply(c); err != nil {
		fmt.Println(err)
	}
	fmt.Println(run.Scenario().String())
	// Output:
	// at 6000000 µs: 48 events, 2 requests, 1 misses
	// visitors=Ada&do=4s+crash+1%3B+6.000001s+visit+Ada
}
