// Package guide has the author's guide: how a lesson is written. It is a lesson
// itself, in a folder per language, and shows the source of what it does.
package guide
