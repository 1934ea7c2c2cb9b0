package fair

import (
	"runtime"
	"time"
)

// The defaults of Options.
const (
	// A client's own: a room with a crowd takes about a tenth of a processor.
	defaultClientRate  = 250 * time.Millisecond
	defaultClientBurst = 2 * time.Second
	// An address may have a whole class behind it, so it has what several
	// clients have, and less than a small server can do.
	defaultAddressRate  = 750 * time.Millisecond
	defaultAddressBurst = 10 * time.Second
	// A class that presses at once waits; an attack must not fill the memory.
	defaultWaiting = 1000
)

// sliceTime is how long a turn should take before others get theirs.
const sliceTime = 10 * time.Millisecond

// Rate is a token bucket of processor time.
type Rate struct {
	PerSecond time.Duration // that comes back in a second
	Burst     time.Duration // that can be used at once after a rest
}

// Options of a Queue. What is zero has a default.
type Options struct {
	Turns      int  // at the same time; default: one for each processor but one, at least one
	PerAddress int  // turns that one address may have at the same time; default: all
	Client     Rate // of each client; default: a quarter of a processor, 2 s at once
	Address    Rate // of each address; default: three quarters of each turn, 10 s at once
	Waiting    int  // how many of an address may wait in Within; default: 1000
}

func (o Options) withDefaults() Options {
	if o.Turns == 0 {
		o.Turns = max(1, runtime.GOMAXPROCS(0)-1)
	}
	if o.PerAddress == 0 {
		o.PerAddress = o.Turns
	}
	if o.Client == (Rate{}) {
		o.Client = Rate{defaultClientRate, defaultClientBurst}
	}
	if o.Address == (Rate{}) {
		n := time.Duration(o.Turns)
		o.Address = Rate{n * defaultAddressRate, n * defaultAddressBurst}
	}
	if o.Waiting == 0 {
		o.Waiting = defaultWaiting
	}
	return o
}
