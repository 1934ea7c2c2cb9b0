package wire

// MaxMessage is how many bytes a client's message may have.
const MaxMessage = 4 << 10

// MaxMoment is the largest virtual moment, in µs: 24 hours, as in the grammar.
const MaxMoment int64 = 24 * 3600 * 1e6

// maxPosition bounds epochs and sequence numbers, so that every one of them is
// exact in JavaScript too.
const maxPosition int64 = 1 << 53

// maxRoom is the length of the longest room name that is looked up at all.
const maxRoom = 64

// MaxWorlds is how many worlds a room shows at most: the page's own and others
// that run beside it.
const MaxWorlds = 3

// maxWorlds is how many of them a client can ask for.
const maxWorlds = MaxWorlds - 1

// Speeds are the paces at which a run can be watched: virtual seconds in a
// second.
var Speeds = []float64{0.25, 0.5, 1, 2, 4, 8}
