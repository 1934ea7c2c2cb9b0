package trace_test

import (
	"fmt"

	"procession/sim/trace"
)

// A log is read from the first event that it still holds to the last one.
func Example() {
	log := trace.NewLog()
	ada := log.ID("Ada")
	log.Append(trace.Event{Kind: trace.VisitorJoined, Visitor: ada})
	log.Append(trace.Event{Ts: 350_000, Kind: trace.RequestSent, Visitor: ada, Op: trace.Login, Req: 1})

	for seq := log.First(); seq <= log.Len(); seq++ {
		e := log.At(seq)
		fmt.Println(e.Seq, e.Ts, e.Kind, log.Text(e.Visitor))
	}
	// Output:
	// 1 0 visitor.joined Ada
	// 2 350000 request.sent Ada
}
