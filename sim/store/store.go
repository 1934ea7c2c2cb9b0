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
	// Flush forgets everything that is in memory, as a server does that dies. It
	// is no command, and neither are Save and Load.
	Flush()
	// Save writes everything that there is to disk, in the place of what was
	// written before, if there is any.
	Save()
	// Forget removes a key, as a server does that is full. It is no command.
	Forget(key string)
	// Load forgets everything and reads what was written last; keys whose time
	// has passed meanwhile stay away.
	Load()
	// Close ends the store and leaves no goroutine. Commands are refused from then on.
	Close()
}
