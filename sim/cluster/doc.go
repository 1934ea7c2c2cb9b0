// Package cluster is the web side of the simulated world: visitors with cookie
// jars and connections, a balancer, the instances of an app under pm2, and what
// express-session and connect-redis do with a session.
//
// A caller makes a Cluster in a des.Env, begins it, and lets time pass until it
// has ended; Snapshot is the picture at any moment. Example shows it.
//
// Where to read: handler.go is what an instance does with a request, line by
// line; session.go is express-session; primary.go and nginx.go are the two
// balancers; worker.go is pm2's life of an instance.
//
// One rule holds the picture together: what a Snapshot shows is changed right
// before the one event that tells of the change, and nothing else is.
package cluster
