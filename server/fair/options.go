package fair

import (
	"runtime"
	"time"
)

// The defaults of Options.
const (
	// DefaultClient is a client's own: a room with a crowd takes about a tenth of
	// a processor.
	DefaultClient = 250 * time.Millisecond
	// DefaultAddress has what several clients have, since a whole class may be
	// behind it, and less than a small server can do.
	DefaultAddress = 750 * time.Millisecond
	// A class that presses at once waits; an attack must not fill the memory.
	defaultWaiting = 1000
	// burstSeconds is how much of a rate can be used at once after a rest.
	burstSeconds = 10
)

// sliceTime is how long a turn should take before others get theirs.
const sliceTime = 10 * time.Millisecond

// Rate is a token bucket of processor time.
type Rate struct {
	PerSecond time.Duration // that comes back in a second
	Burst     time.Duration // that can be used at once after a rest; default: that of ten seconds
}

// Options of a Queue. What is zero has a default.
type Options struct {
	Turns      int  // at the same time; default: one for each processor but one, at least one
	PerAddress int  // turns that one address may have at the same time; default: all
	Client     Rate // of each client; default: DefaultClient
	Address    Rate // of each address; default: DefaultAddress
	Waiting    int  // how many of an address may wait in Within; default: 1000
}

func (r Rate) withDefault(perSecond time.Duration) Rate {
	if r.PerSecond == 0 {
		r.PerSecond = perSecond
	}
	if r.Burst == 0 {
		r.Burst = burstSeconds * r.PerSecond
	}
	return r
}

func (o Options) withDefaults() Options {
	if o.Turns == 0 {
		o.Turns = max(1, runtime.GOMAXPROCS(0)-1)
	}
	if o.PerAddress == 0 {
		o.PerAddress = o.Turns
	}
	o.Client = o.Client.withDefault(DefaultClient)
	o.Address = o.Address.withDefault(DefaultAddress)
	if o.Waiting == 0 {
		o.Waiting = defaultWaiting
	}
	return o
}
