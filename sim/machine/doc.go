// Package machine is a small operating system: cores, a ready queue with time
// slices, context switches that cost time, and processes whose memory only
// their own threads can reach.
//
// A Process has one or more Threads; a Thread is what the kernel puts on a
// Core. The program itself runs in Tasks: a Task is a stack. A thread of a
// threaded server has one task at a time, from the beginning of a request to
// its end. The event loop of a Node process is one thread that interleaves many
// tasks, as Node interleaves async functions: a task keeps the thread until it
// waits for something that is not computing.
//
// A Job that runs on a thread has its process's memory (Task.Memory), computes
// (Task.Compute: µs on a core) and waits for what is not computing (Task.Block:
// off the core until somebody calls Unblock). Example shows one.
//
// Every task is a coroutine of the engine. The kernel's own events (the end of
// a slice, of a switch) are plain callbacks.
package machine
