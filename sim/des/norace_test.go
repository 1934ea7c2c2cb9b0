//go:build !race

package des_test

// raceOn says that the race detector is on.
const raceOn = false
