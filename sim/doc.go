// Package sim is the face of the simulator: a run is its scenario, its seed and
// its commands, and the same run gives the same trace, byte for byte.
//
// A caller makes a run from a scenario (New), asks when the next thing will
// happen (Next), goes there (Advance), and closes it. Log has what happened,
// Snapshot is the picture, Apply gives a command. Example shows it.
//
// Nothing here, nor below, knows a clock, the network or a file: time is the
// number of virtual microseconds that the caller asks for.
package sim
