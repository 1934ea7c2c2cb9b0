package sim_test

import (
	"iter"
	"testing"

	"procession/sim"
)

// BenchmarkRequest is the cost of a simulated request, all included. Compare
// it with BenchmarkPull, the floor of one hand-off between two goroutines.
func BenchmarkRequest(b *testing.B) {
	for _, mode := range []string{"local", "store", "threads", "cookie"} {
		b.Run(mode, func(b *testing.B) {
			sc, err := sim.Parse("costs=measured&think=0&mode=" + mode)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				run := sim.New(sc)
				for run.Snapshot().Totals.Requests < 1000 {
					run.Advance(run.Now() + 100_000)
				}
				run.Close()
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/1000, "ns/request")
		})
	}
}

// BenchmarkPull is a bare round trip of iter.Pull.
func BenchmarkPull(b *testing.B) {
	next, stop := iter.Pull(func(yield func(int) bool) {
		for i := 0; yield(i); i++ {
		}
	})
	defer stop()
	for b.Loop() {
		next()
	}
}
