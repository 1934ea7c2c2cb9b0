// Package store says what the simulated cluster asks of its shared store: to
// execute Redis' commands, word for word, at a virtual time.
//
// SetTime moves its clock and Do executes a command; see Example.
//
// The commands that workers send are GET, SET with and without EX, EXPIRE, DEL,
// INCR and PUBLISH; storetest holds a store to what a Redis server does with
// them. Package redis is such a store, and a run may be given another one.
package store
