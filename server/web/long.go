package web

import (
	"errors"
	"io"
	"net/http"

	"procession/server/problem"
	"procession/server/wire"
)

// long lets a question be asked whose scenario is too long for an address, such
// as that of a run with many commands: with POST, the query or its rest is the
// body. It changes nothing on the server, as with GET.
func long(h handler) handler {
	return func(rw http.ResponseWriter, r *http.Request) error {
		body, err := io.ReadAll(http.MaxBytesReader(rw, r.Body, wire.MaxOpen))
		var tooLarge *http.MaxBytesError
		switch {
		case errors.As(err, &tooLarge):
			return problem.New(wire.TooLong, "", "n", wire.MaxOpen>>10)
		case err != nil:
			return err // a browser that went away
		}
		asked := r.Clone(r.Context())
		asked.Method = http.MethodGet
		if asked.URL.RawQuery != "" {
			asked.URL.RawQuery += "&"
		}
		asked.URL.RawQuery += string(body)
		return h(rw, asked)
	}
}
