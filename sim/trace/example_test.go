package trace_test

import (
	"fmt"

	"procession/sim/trace"
)

// A picture adds up what happened, without the simulator that made it happen.
func ExamplePicture() {
	log := trace.NewLog()
	ada := log.ID("Ada")
	log.Append(trace.Event{Kind: trace.VisitorJoined, Visitor: ada})
	log.Append(trace.Event{Ts: 350_000, Kind: trace.RequestSent, Visitor: ada, Op: trace.Login, Req: 1})
	log.Append(trace.Event{Ts: 700_000, Kind: trace.RequestDone, Visitor: ada, Op: trace.Login, Req: 1, Pid: 2, Status: 200, Cookie: trace.CookieSet, Sid: log.Passing("7f3a")})
	log.Append(trace.Event{Ts: 900_000, Kind: trace.ConnClosed, Conn: 4})

	picture := trace.NewPicture(map[string]string{"mode": "local"})
	for seq := log.First(); seq <= log.Len(); seq++ {
		if err := picture.Apply(log, log.At(seq)); err != nil {
			fmt.Println(err)
			break
		}
	}
	s := picture.Snapshot()
	fmt.Println(s.Ts, s.Visitors[0].Name, s.Visitors[0].Sid, s.Visitors[0].Strip[0].Mark)
	// Output:
	// trace: event 4: connection 4 is not open
	// 700000 Ada 7f3a L
}

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
