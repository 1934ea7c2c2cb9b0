package stats

// Summary is what a run came to. Times are virtual µs.
type Summary struct {
	Scenario string `json:"scenario"` // in the flat grammar, with the commands given so far
	Duration int64  `json:"duration"` // until the end of the run, or until it was no longer watched
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

	Latency  Latency   `json:"latency"`
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

// Worker is one worker's share, over all lives of its process.
type Worker struct {
	Pid      int16 `json:"pid"`
	Requests int   `json:"requests"`
	Hits     int   `json:"hits"`
	Misses   int   `json:"misses"`
	Crashes  int   `json:"crashes"`
}

// Visitor is one visitor's share.
type Visitor struct {
	Name     string `json:"name"`
	Requests int    `json:"requests"`
	Hits     int    `json:"hits"`
	Misses   int    `json:"misses"`
	Logouts  int    `json:"logouts"` // by chance
}
