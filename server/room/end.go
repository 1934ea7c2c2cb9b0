package room

// End says why a subscriber gets no more messages.
type End uint8

// The ends.
const (
	// Left: the subscriber left by itself.
	Left End = iota
	// Closed: the server stops, or needs the room for others. The client may come back elsewhere.
	Closed
	// Failed: the run can go no further.
	Failed
	// TooSlow: the client did not read what it was sent. It may come back.
	TooSlow
	// TooMuch: the client went on above its limits.
	TooMuch
)
