package stats_test

import (
	"testing"

	"procession/sim"
)

// BenchmarkOf is the cost of an event in a summary.
func BenchmarkOf(b *testing.B) {
	sc, err := sim.Parse("costs=measured&think=0")
	if err != nil {
		b.Fatal(err)
	}
	run := sim.New(sc)
	defer run.Close()
	run.Advance(2_000_000)
	b.ReportAllocs()
	for b.Loop() {
		sum(run.Log())
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(run.Log().Len()), "ns/event")
	b.ReportMetric(float64(run.Snapshot().Totals.Requests), "requests")
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(run.Snapshot().Totals.Requests), "ns/request")
}
