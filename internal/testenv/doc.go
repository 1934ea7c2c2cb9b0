// Package testenv says what the machine and the person who started the tests
// let a test do:
//
//	node := testenv.Tool(t, "node")      // skips where it is not installed
//	testenv.Long(t)                      // skips where nobody asked for long tests
//	for range testenv.Runs(2_000, 10_000) // a part of them, or all
//
// Go runs the tests of each package for ten minutes at most, and whoever sends a
// change waits for all of them: what is not needed to notice a mistake is long.
package testenv
