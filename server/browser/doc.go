// Package browser holds the tests that read and drive the pages in a Chromium,
// against the server that the program starts. Without a Chromium they are skipped.
//
//	go test ./server/browser                  # the main jobs of each page
//	PROCESSION_LONG=1 go test ./server/browser # every lesson, theme and size, too
package browser
