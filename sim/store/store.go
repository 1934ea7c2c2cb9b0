package store

// Store is a Redis server as the simulated workers see it. It belongs to one
// run and is used by one goroutine at a time.
type Store interface {
	// SetTime moves the store's clock to a virtual time in µs, which never
	// falls. A key whose time is over is gone from that microsecond on.
	SetTime(us int64)
	// Do executes a command and gives its reply: nil, an int64, a string or a
	// []any of these. An error is the server's: it refuses the command.
	Do(words ...string) (any, error)
	// Flush forgets everything, as a server without persistence does that died
	// and came back. It is no command.
	Flush()
	// Close ends the store and leaves no goroutine. Commands are refused from then on.
	Close()
}
