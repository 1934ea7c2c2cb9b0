package main

import (
	"os"
	"runtime"
)

// leastThreads is on how many threads Go code runs at the same time, at least,
// also on fewer processors. With fewer than four, Go's collector has none for
// itself: it works in small parts wherever it finds a place, before all that
// waits there, and so a page may wait for tens of milliseconds while another
// thread plays runs. With four it has one, and the operating system, which
// shares processors more finely, lets the thread of a page run at once.
const leastThreads = 4

// processors sees to it that there are enough threads, and gives how many of the
// processors are for what costs: all but one, which stays free for pages. What
// the environment variable GOMAXPROCS says goes before.
func processors() (turns int) {
	n := runtime.GOMAXPROCS(0)
	if n < leastThreads && os.Getenv("GOMAXPROCS") == "" {
		runtime.GOMAXPROCS(leastThreads)
	}
	return max(1, n-1)
}
