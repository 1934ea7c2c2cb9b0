package wire

import "procession/sim/scenario"

// MaxMessage is how many bytes a client's message may have, but for the first.
const MaxMessage = 4 << 10

// MaxGiven is how many bytes the commands of a run may have in the grammar's
// words: as many as the first message can carry.
const MaxGiven = 64 << 10

// MaxOpen is how many bytes a client's first message may have.
const MaxOpen = MaxGiven + MaxMessage

// MaxMoment is the largest virtual moment, in µs, as in the grammar.
const MaxMoment int64 = scenario.MaxTime

// maxPosition bounds epochs and sequence numbers, so that every one of them is
// exact in JavaScript too.
const maxPosition int64 = 1 << 53

// maxRoom is the length of the longest room name that is looked up at all.
const maxRoom = 64
