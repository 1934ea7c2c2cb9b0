// Package figure draws a moment of a run as a picture, for where nothing moves:
// on paper, without JavaScript, on slides, in a feed reader:
//
//	o := figure.Options{Words: words.T, Now: 3_000_000, ID: "f1"}
//	html := figure.Inline(run.Snapshot(), o)  // for a page with figure.Marks() and figure.CSS()
//	file := figure.File(run.Snapshot(), o)    // stands alone
//
// It speaks the language of the stage: colour means memory, and never alone.
package figure
