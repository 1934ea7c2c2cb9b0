// Package des is a discrete-event engine: virtual time, a queue of what will
// happen, and processes that are real goroutines of which exactly one runs at a
// time.
//
// A caller makes an environment, starts processes, and lets time pass by
// RunUntil or RunBefore until Close. A process waits by Park, and is woken by
// Wake: by a Timer whose time has come, say. Example shows it all.
//
// # Order
//
// Time is an integer. Events at the same time happen in the order in which they
// were scheduled, so a run is the same every time, on every machine.
//
// # The baton
//
// The engine hands the baton to a process, and has it back when the process
// parks or ends. Env.run hands it over, and Proc.Park hands it back; a comment
// marks those lines. It goes through iter.Pull, which switches goroutines
// without the scheduler. An event that needs no process is a Handler: a method
// call, which costs a fifth.
//
// # What a process may do
//
// It may wait only through its own Proc, and it must not lock its OS thread.
// A process that panics has ended, and OnExit is told; the engine goes on. A
// process that computes forever without waiting cannot be stopped, but events
// that go on and on without time passing can: see SetBudget.
//
// An Env and all that belongs to it is used by one goroutine at a time.
package des
