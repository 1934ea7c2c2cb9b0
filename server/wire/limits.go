package wire

import "procession/sim/scenario"

// MaxMessage is how many bytes a client's message may have.
const MaxMessage = 4 << 10

// MaxMoment is the largest virtual moment, in µs, as in the grammar.
const MaxMoment int64 = scenario.MaxTime

// maxPosition bounds epochs and sequence numbers, so that every one of them is
// exact in JavaScript too.
const maxPosition int64 = 1 << 53

// maxRoom is the length of the longest room name that is looked up at all.
const maxRoom = 64
