package main

import "iter"

// barePull is the floor of everything that runs on goroutines: K of them take
// turns through iter.Pull and do nothing else.
func barePull(k int) contestant {
	return contestant{name: "bare iter.Pull round trip", unit: "round trip", n: 1_000_000,
		start: func() (func(int) int, func()) {
			var nexts []func() (struct{}, bool)
			var stops []func()
			for range k {
				next, stop := iter.Pull(func(yield func(struct{}) bool) {
					for yield(struct{}{}) {
					}
				})
				nexts, stops = append(nexts, next), append(stops, stop)
			}
			run := func(n int) int {
				for range n / k {
					for _, next := range nexts {
						next()
					}
				}
				return n / k * k
			}
			stop := func() {
				for _, stop := range stops {
					stop()
				}
			}
			return run, stop
		}}
}
