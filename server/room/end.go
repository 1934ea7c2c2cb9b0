package room

// End says why a subscriber gets no more messages.
type End uint8

// The ends.
const (
	// Left: the subscriber left by itself.
	Left End = iota
	// Closed: the server stops, or needs the room for others. The client may come back elsewhere.
	Closed
	// Failed: the run broke.
	Failed
)
