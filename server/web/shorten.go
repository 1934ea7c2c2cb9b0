package web

import (
	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/js"
)

// shortener takes out what only people read: comments, white space, and the
// names of variables inside functions. Those of functions, classes and their
// members stay, so that a stack trace can be followed in the source.
var shortener = func() *minify.M {
	m := minify.New()
	m.Add("text/javascript", &js.Minifier{})
	m.Add("text/css", &css.Minifier{})
	return m
}()

// shorten makes a file lighter where that can be done without changing what it
// does. What cannot be read is sent as it is: the browser says what is wrong.
func shorten(contentType string, data []byte) []byte {
	if short, err := shortener.Bytes(contentType, data); err == nil && len(short) < len(data) {
		return short
	}
	return data
}
