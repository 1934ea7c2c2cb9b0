package testenv

import "testing"

// Unraced skips a test under the race detector. It is for long tests of what one
// goroutine does at a time, such as a simulated run: the detector has nothing to
// find in them that shorter ones would not show, and makes them ten times as
// long. CI runs their packages without it, too.
func Unraced(t testing.TB) {
	t.Helper()
	if Raced {
		t.Skip("one goroutine at a time, and much of it: go test without -race runs it")
	}
}
