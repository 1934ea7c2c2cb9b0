// Package trace says what happened in a run: one Event after another, and the
// Snapshot that they add up to.
//
// A Log holds the events of one run in the order in which they happened, the
// oldest of which may have been let go of; Example reads one. A Picture adds
// events up to Snapshots without the simulator (ExamplePicture).
//
// Two rules make the trace enough to rebuild the whole picture:
//
//   - every change of the picture is made by exactly one event, and
//   - the Snapshot after N events equals the picture that a reader builds from
//     those N events alone.
//
// Events hold no pointers: texts (names, session ids, commands) are numbers in
// the log's own table. So a trace of millions of events costs the garbage
// collector nothing, and a log that is trimmed lets go of texts with the last
// event that refers to them.
package trace
