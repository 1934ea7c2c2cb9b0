// Package redis is the shared session store of the simulated cluster: a real
// Redis server (miniredis) inside the program, spoken to in real commands by a
// real client (go-redis). What the page shows in the store is what is in it.
//
// A caller moves the clock (SetTime) and sends commands (Do); see Example.
//
// It is the only package under sim/ that touches net, and only for the name of
// an interface: go-redis asks for a net.Conn. Ours (conn) has no network, no
// goroutine and no clock behind it: a command that is written to it is executed
// by the server before Write returns, in the caller's goroutine, and the reply
// lies ready to be read. Nothing has a timeout, a retry or a deadline, so a run
// is as deterministic with the store as without.
//
// The clock of the server is the virtual clock: time to live follows SetTime to
// the microsecond and nothing else.
package redis
