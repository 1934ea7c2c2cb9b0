package program

import (
	"net/http"
	"net/http/pprof"
)

// debugHandler serves the profiles of the running program. Simulated processes
// and threads are goroutines with labels, so they can be seen in
// /debug/pprof/goroutine?debug=1.
func debugHandler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	mux.HandleFunc("/debug/pprof/cmdline", pprof.Cmdline)
	mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("/debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("/debug/pprof/trace", pprof.Trace)
	return mux
}
