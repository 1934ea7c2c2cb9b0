// Package storeview shows the session store of a live room on a TCP port, so
// that redis-cli can look in:
//
//	v, err := storeview.New("127.0.0.1:6390", storeview.Options{Logger: logger})
//	defer v.Close()
//	v.SetSource(run.Store().View()) // of the latest room
//
//	$ redis-cli -p 6390 keys '*'
//	$ redis-cli -p 6390 monitor
//
// It speaks RESP2 and is read-only. The store itself decides what passes
// (redis.View): DBSIZE, ECHO, EXISTS, EXPIRETIME, GET, KEYS, MGET, PEXPIRETIME,
// PING, PTTL, SCAN, STRLEN, TIME, TTL, TYPE. Of what is about the connection it
// knows AUTH, CLIENT, COMMAND, HELLO, INFO, MONITOR, QUIT and SELECT. Every
// other command is refused with this list.
//
// Who looks in can neither change nor delay a run, and costs little however
// they behave: what is read and what waits to be written is bounded, who does
// not read or says nothing for long is let go, and a web page that sends HTTP
// here is cut off as Redis does it.
package storeview
