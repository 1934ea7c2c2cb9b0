// Package code gives the source of the request handler as it really runs, and
// its twin for Node, with what a page needs to light the line at which a
// thread is; Example looks for one.
//
// The sources say themselves which events of the trace a line makes, in a
// comment behind the sign ▸:
//
//	s, err := in.sessions.load(t, r) // ▸ session.read, store.*.get
//	t.Compute(c.costs.Report)        // ▸ after request.started.report
//	counter = counter + 1            // ▸ counter.counted; steps read, add, write
//
// A mark is noun.verb, then the operation and the detail for which it holds;
// what is left out, or is *, is all the same (where the operation is left out:
// for the file's own, which are those that have to do with a session in the
// files about all). The most exact mark decides. After
// "after" stand the events from which on the thread is at the line, until its
// next event; after "steps" what a line does one by one that looks like one thing.
package code
