// Package play is the player of runs: it plays one to a moment, within bounds,
// until a context ends. Whoever wants a run's past, its picture at a moment, or
// its whole trace, comes here; only a live room paces its runs by itself.
//
// It plays in slices, so that the caller can look at what happened, let go of
// events, and give others their turn. It knows no clock: how long a slice may
// take is for the caller's Turn to say.
package play
