package cluster

import "embed"

// sources is the code of a request as it was compiled, and its twin for Node.
//
//go:embed handler.go session.go sessionlock.go memorystore.go redisstore.go steps.go counter.go transfer.go chat.go poll.go app.js
var sources embed.FS

// Source gives a file of this package that shows what happens to a request:
// the code that really runs, or app.js, which is the same app for Node.
func Source(name string) (string, error) {
	data, err := sources.ReadFile(name)
	return string(data), err
}
