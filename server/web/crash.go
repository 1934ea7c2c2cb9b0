package web

import (
	"fmt"
	"net/http"
	"runtime/debug"

	"github.com/labstack/echo/v4"
)

// crash is the error of a handler that panicked.
type crash struct {
	value any
	stack []byte
}

func (c *crash) Error() string { return fmt.Sprintf("web: a handler panicked: %v", c.value) }

// unbroken makes a panic of a handler its error, like any other mistake of ours.
// An answer that has begun is cut off, so that nobody takes a part for the whole.
func (w *Web) unbroken(h handler) handler {
	return func(rw http.ResponseWriter, r *http.Request) (err error) {
		defer func() {
			v := recover()
			if v == nil {
				return
			}
			if v == http.ErrAbortHandler {
				panic(v)
			}
			err = &crash{v, debug.Stack()}
			if res, ok := rw.(*echo.Response); ok && res.Committed {
				w.note(r, err)
				panic(http.ErrAbortHandler)
			}
		}()
		return h(rw, r)
	}
}
