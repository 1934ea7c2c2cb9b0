// Package engines holds the tests that do the main jobs in browsers that are not
// Chromium: half of a class holds a phone with WebKit in it. A test is skipped
// where its browser is not installed.
//
//	PROCESSION_LONG=1 go test ./server/engines
//
// WebKitGTK stands for Safari as it is, WPE for iPhones of some years ago. Both
// are driven by WebDriver, Firefox by its successor BiDi.
package engines
