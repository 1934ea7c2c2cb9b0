package stats

// Summary is what a run came to. Times are virtual µs.
type Summary struct {
	Scenario string `json:"scenario"` // in the flat grammar, with the commands given so far
	Duration int64  `json:"duration"` // until the last answer of the scripts, or until the run was no longer watched
	Ended    bool   `json:"ended"`    // every script has ended

	Requests int      `json:"requests"` // those that are over
	InFlight int      `json:"inFlight"` // those that are not
	Hits     int      `json:"hits"`     // requests whose session was found
	Misses   int      `json:"misses"`   // requests with a cookie, and no session for it
	HitRatio *float64 `json:"hitRatio"` // hits among hits and misses; null: neither
	Logouts  int      `json:"logouts"`  // by chance: visits answered 401 to who was logged in
	Welcome  int      `json:"welcome"`  // visits answered 200
	Denied   int      `json:"denied"`   // visits answered 401
	Errors   int      `json:"errors"`   // requests answered 5xx
	Resets   int      `json:"resets"`   // requests without an answer
	Commands int      `json:"commands"` // that the store executed

	Crashes     int `json:"crashes"`     // processes that died
	LostUpdates int `json:"lostUpdates"` // writes that put away what another request had written
	// ReplacedCookies counts the cookies that took the place of one that had come meanwhile.
	ReplacedCookies int `json:"replacedCookies"`
	// RevivedSessions counts those that were saved although they had been destroyed meanwhile.
	RevivedSessions int `json:"revivedSessions"`
	Deadlocks       int `json:"deadlocks"` // circles of threads that wait for each other
	Heard           int `json:"heard"`     // chat messages that reached a visitor
	Unheard         int `json:"unheard"`   // chat messages that did not
	Jobs            int `json:"jobs"`      // how often a process ran the job of its timer

	// Throughput is the number of requests that were over in a second of
	// virtual time, in the mean of Duration: no visitor's pause after the last
	// answer is in it. The same time is that of the cores and the workers.
	Throughput float64 `json:"throughput"`

	Latency  Latency   `json:"latency"`
	Cores    []Core    `json:"cores"` // by number, those that never ran anything included
	Switches Switches  `json:"switches"`
	Locks    Locks     `json:"locks"`
	Store    Store     `json:"store"`
	Memory   Footprint `json:"memory"`
	Workers  []Worker  `json:"workers"`  // by pid
	Visitors []Visitor `json:"visitors"` // in the order of joining
}

// Latency is how long requests took, from sending to the end of the answer:
// that many µs were enough for 50, 95 and 99 of a hundred (nearest rank). It is
// of all requests, those that were reset included; 0 when there was none.
type Latency struct {
	P50 int64 `json:"p50"`
	P95 int64 `json:"p95"`
	P99 int64 `json:"p99"`
}

// Core is what a core did, as shares (0 to 1) of the time in which the machine had it.
type Core struct {
	Core      int16   `json:"core"`
	Busy      float64 `json:"busy"`      // ran a thread
	Switching float64 `json:"switching"` // saved one thread's state and loaded another's
	Idle      float64 `json:"idle"`
}

// Switches counts how often a core turned to a thread, by what it had to change for it.
type Switches struct {
	Processes int `json:"processes"` // the thread of another process
	Threads   int `json:"threads"`   // another thread of the same process
	None      int `json:"none"`      // nothing: it was the thread that it had run last
}

// Locks is what the locks of all processes cost.
type Locks struct {
	Taken int   `json:"taken"` // how often a lock was taken
	Waits int   `json:"waits"` // how often a thread found it taken
	Total int64 `json:"total"` // µs of waiting, of those who still wait included
	Max   int64 `json:"max"`   // µs of the longest wait
}

// Store is what the way to the store and back cost those who asked.
type Store struct {
	Trips int   `json:"trips"` // commands that came back
	Mean  int64 `json:"mean"`  // µs from sending a command to the arrival of its reply
}

// Worker is one worker's share, over all lives of its process.
type Worker struct {
	Pid      int16 `json:"pid"`
	Requests int   `json:"requests"`
	Hits     int   `json:"hits"`
	Misses   int   `json:"misses"`
	Crashes  int   `json:"crashes"`

	// What its threads did, in µs of a thread's time, all threads added up.
	Run       int64 `json:"run"`       // computed on a core
	Ready     int64 `json:"ready"`     // could have, and waited for a core
	Switching int64 `json:"switching"` // waited for the core to turn to them
	Blocked   int64 `json:"blocked"`   // waited for something else: a request, the store, a lock
}

// Visitor is one visitor's share.
type Visitor struct {
	Name     string `json:"name"`
	Requests int    `json:"requests"`
	Hits     int    `json:"hits"`
	Misses   int    `json:"misses"`
	Logouts  int    `json:"logouts"` // by chance
}
