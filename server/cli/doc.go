// Package cli is what the program does without a browser, as fast as it goes:
// `procession run` runs a scenario, `compare` runs it under one cure after the
// other, `seeds` with one seed after the other, and `help costs` says what
// things take.
//
// Example runs a scenario.
//
// What came of it goes to stdout, what was wrong to stderr. The exit code is 0,
// or 2 for bad input; a simulated crash is a result, not an error.
//
// The scripts in testdata are texts to be read: each case is a comment, a
// command line and what it prints.
package cli
