// Package web serves the page, what it needs, and the websocket on which a run
// is watched:
//
//	w := web.New(web.Options{Rooms: rooms, Static: static.FS, Logger: logger})
//	srv := &http.Server{Handler: w}
//	...
//	rooms.Close() // tells everybody that the server stops
//	w.Close()     // returns when everybody has been told
//
// The handlers are plain net/http functions that may return an error; routes.go
// alone knows the router. What an error means to the person who asked is
// decided in one place, problem.go.
package web
