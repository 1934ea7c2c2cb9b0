// Package perfetto writes a run as Chrome trace-event JSON, which Perfetto
// (ui.perfetto.dev) and chrome://tracing open: a process is a process there and
// a thread is a thread.
//
// A Writer is given every event in order, and closed with the moment that the
// run has reached; see Example.
//
// What is drawn, all times being virtual µs:
//
//   - process N is worker N. Its thread T has a track with the requests that it
//     handles, from request.started to request.answered; in them lie the
//     commands to the store and the waits for locks. An event loop handles many
//     requests at once: those that overlap get further tracks, T+100, T+200 …
//   - track T+1000 of a process is what the thread did with a core: it waits for
//     one, the core turns to it, it runs.
//   - process 100 is the machine: a track for each core, with who runs there.
//   - misses, lost updates, deadlocks, crashes and the like are instants.
//
// On each track slices lie beside or within each other and never overlap
// otherwise. The writer holds only what is under way.
package perfetto
