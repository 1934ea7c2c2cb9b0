package main

import (
	"runtime"
	"testing"
)

func TestProcessors(t *testing.T) {
	before := runtime.GOMAXPROCS(0)
	defer runtime.GOMAXPROCS(before)
	for _, c := range []struct {
		said                string // by the environment
		has, turns, threads int
	}{
		{"", 1, 1, 4},
		{"", 2, 1, 4},
		{"", 4, 3, 4},
		{"", 8, 7, 8},
		{"2", 2, 1, 2},
	} {
		t.Setenv("GOMAXPROCS", c.said)
		runtime.GOMAXPROCS(c.has)
		if turns := processors(); turns != c.turns || runtime.GOMAXPROCS(0) != c.threads {
			t.Errorf("%d processors, GOMAXPROCS=%q: got %d turns and %d threads, want %d and %d", c.has, c.said, turns, runtime.GOMAXPROCS(0), c.turns, c.threads)
		}
	}
}
