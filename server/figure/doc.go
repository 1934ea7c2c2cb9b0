// Package figure draws a moment of a run as a picture, for where nothing moves:
// on paper, without JavaScript, on slides, in a feed reader. Inline is for a page
// that has Marks and CSS once, File stands alone; see Example.
//
// It speaks the language of the stage: colour means memory, and never alone.
package figure
