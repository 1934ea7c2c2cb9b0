package main

import (
	"fmt"
	"math"
	"runtime/debug"
	"strconv"
	"strings"

	"procession/server/room"
)

const (
	// defaultMemory is the bytes that the server may take where neither -memory
	// nor GOMEMLIMIT says anything.
	defaultMemory = roomsPart * room.DefaultMemory
	// roomsPart is which part of the memory the rooms have: a third. As much again
	// may be garbage before the collector has come round, and the rest is for
	// pages, sockets and runs that are asked about.
	roomsPart = 3
	// programPart is which part of -memory the collector leaves for what it does
	// not see, such as the program itself: an eighth.
	programPart = 8
	// leastMemory is what the pages, the lessons and a few rooms need.
	leastMemory = 128 << 20
)

// units are what people write behind a number of bytes; the longer ones first.
var units = []struct {
	name  string
	bytes int64
}{
	{"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10},
	{"GB", 1e9}, {"MB", 1e6}, {"KB", 1e3},
	{"B", 1}, {"", 1},
}

// memory is a number of bytes as a flag; 0: none was given.
type memory int64

// String gives the bytes in the largest unit that divides them.
func (m *memory) String() string {
	if *m == 0 {
		return ""
	}
	for _, u := range units {
		if int64(*m)%u.bytes == 0 {
			return strconv.FormatInt(int64(*m)/u.bytes, 10) + u.name
		}
	}
	return "" // never: one of the units is a byte
}

// Set reads a number with a unit, such as 512MB.
func (m *memory) Set(text string) error {
	for _, u := range units {
		digits, ok := strings.CutSuffix(text, u.name)
		if !ok {
			continue
		}
		n, err := strconv.ParseInt(strings.TrimSpace(digits), 10, 64)
		if err != nil || n < 0 || n > math.MaxInt64/u.bytes {
			break
		}
		if n*u.bytes < leastMemory {
			return fmt.Errorf("it must be at least %dMiB", leastMemory>>20)
		}
		*m = memory(n * u.bytes)
		return nil
	}
	return fmt.Errorf("allowed: a number of bytes with a unit, such as 512MB or 2GiB")
}

// limit sets the limit for the collector, and gives the bytes that are for the
// rooms. What -memory says goes before GOMEMLIMIT, which Go has read already.
func (m memory) limit() (rooms int64) {
	switch set := debug.SetMemoryLimit(-1); {
	case m == 0 && set != math.MaxInt64:
		return set / roomsPart
	case m == 0:
		m = defaultMemory
	}
	debug.SetMemoryLimit(int64(m - m/programPart))
	return int64(m) / roomsPart
}
