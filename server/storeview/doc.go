// Package storeview shows the session store of a live room on a TCP port, so
// that redis-cli can look in:
//
//	v, err := storeview.New("127.0.0.1:6390")
//	defer v.Close()
//	v.SetSource(run.Store().View()) // of the latest room
//
//	$ redis-cli -p 6390 keys '*'
//	$ redis-cli -p 6390 monitor
//
// It speaks RESP2 and is read-only: what it passes on is decided by the store
// itself (redis.View). Who looks in can neither change nor delay a run.
package storeview
