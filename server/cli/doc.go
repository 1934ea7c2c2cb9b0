// Package cli is `procession run`: a run without a browser, as fast as it goes.
//
//	code := cli.Run([]string{"mode=local&workers=2", "--format", "strip"}, os.Stdin, os.Stdout, os.Stderr, false)
//
// What the run gave goes to stdout, what was wrong to stderr. The exit code is
// 0, or 2 for bad input; a simulated crash is a result, not an error.
package cli
