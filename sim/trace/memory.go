package trace

// Memory names a memory in which sessions can live: that of one life of one
// process, or the shared store. A process that crashed and came back has a new
// memory, so a session of its former life is nowhere.
type Memory int32

// Memories that belong to no process; zero is none.
const (
	// Store is the shared store.
	Store Memory = -1
	// Jar is the visitor's own cookie jar (mode=cookie).
	Jar Memory = -2
)

// livesApart is the distance between the numbers of two lives of a worker; it
// is larger than any worker's number.
const livesApart = 100

// ProcessMemory names the memory of a worker's process: pid 1..N, life 1 for
// the first process of that worker, 2 for the one after a restart.
func ProcessMemory(pid, life int) Memory { return Memory(life*livesApart + pid) }

// Pid gives the worker whose memory it is, 0 when it belongs to none.
func (m Memory) Pid() int {
	if m <= 0 {
		return 0
	}
	return int(m % livesApart)
}

// Life gives which life of the worker it is, from 1; 0 when it belongs to none.
func (m Memory) Life() int {
	if m <= 0 {
		return 0
	}
	return int(m / livesApart)
}
