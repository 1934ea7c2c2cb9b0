package main

import (
	"runtime"
	"slices"
	"time"
)

// contestant is one of those that take turns.
type contestant struct {
	name string
	unit string // what n counts: "event", "job"
	n    int    // how many a round has
	// start makes a world in which units can be run again and again, and says
	// how to leave it. Neither counts. run does about n and says how many.
	start func() (run func(n int) (done int), stop func())
}

// sample is what one contestant did in all rounds.
type sample struct {
	contestant
	ns     []float64 // a unit, by round
	allocs float64   // a unit, over all rounds
}

// measure lets the contestants take turns.
func measure(rounds int, all ...contestant) []sample {
	samples := make([]sample, len(all))
	for i, c := range all {
		samples[i].contestant = c
	}
	for range rounds {
		for i := range samples {
			samples[i].round()
		}
	}
	for i := range samples {
		samples[i].allocs /= float64(rounds)
	}
	return samples
}

func (s *sample) round() {
	run, stop := s.start()
	defer stop()
	run(s.n / 10) // so that it is warm, and has the memory it needs
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	began := time.Now()
	n := float64(run(s.n))
	took := time.Since(began)
	runtime.ReadMemStats(&after)
	s.ns = append(s.ns, float64(took.Nanoseconds())/n)
	s.allocs += float64(after.Mallocs-before.Mallocs) / n
}

// ratio gives how many times longer a takes than b: the median over the rounds
// of the ratio within each, so that what slows the machine for a while slows both.
func ratio(a, b sample) float64 {
	all := make([]float64, len(a.ns))
	for i := range all {
		all[i] = a.ns[i] / b.ns[i]
	}
	return median(all)
}

func median(all []float64) float64 {
	all = slices.Sorted(slices.Values(all))
	return all[len(all)/2]
}
