// Package tryit holds the test that does what a reader of a lesson does: it
// pastes the commands of "Try it on your own machine" into a shell, and compares
// what they print with what the lesson promises. A new lesson is found by itself;
// the author's guide says how its commands are written.
//
//	PROCESSION_LONG=1 go test ./lessons/tryit
//	PROCESSION_LONG=1 go test ./lessons/tryit -v -run 'TestPaste/06'
//
// Each paste has a machine of its own: a network in which port 3000 is free, and
// processes that all end with it. That needs Linux.
package tryit
