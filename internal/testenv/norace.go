//go:build !race

package testenv

// Raced says whether the race detector watches. It makes tests some ten times
// slower, and allocates by itself.
const Raced = false
