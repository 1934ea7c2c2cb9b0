package room

import "time"

// The limits of rooms and their clients. Those of one room's core are in
// core/limits.go, those of a message in wire/limits.go.
const (
	// DefaultLimit is how many rooms a server has unless told otherwise.
	DefaultLimit = 2000

	// DefaultMemory is how many bytes all rooms may take together unless told
	// otherwise: DefaultLimit rooms of an ordinary run, each of half a megabyte.
	DefaultMemory = 1 << 30

	// emptyOfOne is how many empty rooms of one address are kept: those of a class
	// whose Wi-Fi broke down.
	emptyOfOne = 64

	// roomShare is which part of the memory of all rooms one may take: a quarter.
	roomShare = 4

	// sizeGap is the least time between two looks at how much a room takes.
	sizeGap = time.Second

	// queueLen is how many messages wait for a slow client before they are
	// thrown away for a snapshot: more than ten seconds of frames.
	queueLen = 256
	// queueBytes is how many bytes wait at most, but for a single picture that is
	// larger by itself.
	queueBytes = 1 << 20
	// messageSize is what a message in a queue takes beside its bytes.
	messageSize = 64
	// mostSilence is how long a client may read nothing of what waits before it is let go.
	mostSilence = 10 * time.Second

	// letters is how many messages of one client wait for the room.
	letters = 8

	// What a client may ask for has a price in time of a core: each message
	// messagePrice, and then what it really took. bucketSize may be spent at once
	// after a rest, and bucketRate of it comes back in a second.
	messagePrice = 5 * time.Millisecond
	bucketSize   = 40 * messagePrice
	bucketRate   = 20 * messagePrice
	// mostDropped is how many messages of a client are dropped, before it has
	// rested, until it is let go.
	mostDropped = 100
)
