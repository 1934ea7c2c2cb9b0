// Package static holds the files that the browser gets, embedded.
package static
