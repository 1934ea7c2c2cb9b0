// Package fair shares the processor between those who ask the server for
// expensive things: playing rooms, runs that are caught up with, figures,
// verdicts, traces, lessons that are told for the first time.
//
//	q := fair.New(fair.Options{})
//	err := q.Within(ctx, fair.Who{Client: conn, Address: ip}, 5*time.Second, func(spent func() bool) {
//		for !spent() && more() {
//			work()
//		}
//	})
//
// There is one turn at a time for each processor but one, which stays free for
// pages and frames. Whose turn is next is decided by start-time fair queueing
// [Goyal, Vin, Cheng 1996], first between addresses and then between the clients
// of an address: who has had least comes first, and who comes back after a rest
// has saved nothing up. What a turn really took, in wall time, is its price.
//
// Beside that each client and each address has a token bucket of processor
// time, from which every turn is paid. An address that is over its limit has no
// turn until it is not, even if nobody else wants one: what it does in a turn
// costs more outside of it, for its garbage and its sockets. A client is not held
// back while the processor is free. Debt says who is over its limits, so that a
// caller can refuse more work.
package fair
