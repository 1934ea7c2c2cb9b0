package stats

import "procession/sim/trace"

// life adds up the time of a worker's threads. A process that was replaced and
// finishes what it has is no longer its worker's: what it does then is counted
// as run, but it blocks nobody.
type life struct {
	mem     trace.Memory
	threads int
	alive   bool
	since   int64
	had     int64 // µs of a thread's time in former lives, all threads added up
	late    int64 // µs of it that were used after the end of a life
}

// begin is the start of a process.
func (l *life) begin(mem trace.Memory, threads int, now int64) {
	l.mem, l.threads, l.alive, l.since = mem, threads, true, now
}

// end is the end of a process.
func (l *life) end(now int64) {
	if l.alive {
		l.alive, l.had = false, l.had+int64(l.threads)*(now-l.since)
	}
}

// used notes that a thread of the worker did something for so long.
func (l *life) used(mem trace.Memory, d int64) {
	if mem != l.mem {
		l.late += d
	}
}

// total gives the time of all threads until now.
func (l *life) total(now int64) int64 {
	d := l.had + l.late
	if l.alive {
		d += int64(l.threads) * (now - l.since)
	}
	return d
}
