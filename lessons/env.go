package lessons

// env is what an expression can ask for. The names are those of the summary of
// a run (procession run --format summary), and functions. Times are virtual µs.
type env struct {
	Scenario string `expr:"scenario"`
	Duration int    `expr:"duration"`
	Ended    bool   `expr:"ended"`

	Requests        int     `expr:"requests"`
	InFlight        int     `expr:"inFlight"`
	Hits            int     `expr:"hits"`
	Misses          int     `expr:"misses"`
	HitRatio        float64 `expr:"hitRatio"` // -1: neither hits nor misses
	Logouts         int     `expr:"logouts"`
	Streak          int     `expr:"streak"` // the latest requests in a row without a logout by chance and without an error
	Welcome         int     `expr:"welcome"`
	Denied          int     `expr:"denied"`
	Errors          int     `expr:"errors"`
	Resets          int     `expr:"resets"`
	Commands        int     `expr:"commands"`
	Crashes         int     `expr:"crashes"`
	LostUpdates     int     `expr:"lostUpdates"`
	ReplacedCookies int     `expr:"replacedCookies"`
	RevivedSessions int     `expr:"revivedSessions"`
	Deadlocks       int     `expr:"deadlocks"`
	Heard           int     `expr:"heard"`
	Unheard         int     `expr:"unheard"`
	Jobs            int     `expr:"jobs"`
	Throughput      float64 `expr:"throughput"`

	Latency  latency       `expr:"latency"`
	Cores    []core        `expr:"cores"`
	Switches switches      `expr:"switches"`
	Locks    locks         `expr:"locks"`
	Store    store         `expr:"store"`
	Memory   memory        `expr:"memory"`
	Workers  []workerFacts `expr:"workers"`
	Visitors []visitor     `expr:"visitors"`

	P50  int    `expr:"p50"`
	P95  int    `expr:"p95"`
	P99  int    `expr:"p99"`
	Busy int    `expr:"busy"` // workers that answered
	Mode string `expr:"mode"`

	Value    func(key string) (string, error)           `expr:"value"`
	Visitor  func(name string) (visitor, error)         `expr:"visitor"`
	Worker   func(pid int) (workerFacts, error)         `expr:"worker"`
	Strip    func(name string) (string, error)          `expr:"strip"`
	Counter  func(memory any) (int, error)              `expr:"counter"`
	Kept     func(memory any, name string) (int, error) `expr:"kept"`
	Sessions func(memory any) (int, error)              `expr:"sessions"`
	Last     func(n int) (window, error)                `expr:"last"`
	After    func(moment int) window                    `expr:"after"`
	Events   func(kind string) ([]happen, error)        `expr:"events"`
}

type latency struct {
	P50 int `expr:"p50"`
	P95 int `expr:"p95"`
	P99 int `expr:"p99"`
}

type core struct {
	Core      int     `expr:"core"`
	Busy      float64 `expr:"busy"`
	Switching float64 `expr:"switching"`
	Idle      float64 `expr:"idle"`
}

type switches struct {
	Processes int `expr:"processes"`
	Threads   int `expr:"threads"`
	None      int `expr:"none"`
}

type locks struct {
	Taken int `expr:"taken"`
	Waits int `expr:"waits"`
	Total int `expr:"total"`
	Max   int `expr:"max"`
}

type store struct {
	Trips int `expr:"trips"`
	Mean  int `expr:"mean"`
}

type memory struct {
	Copies   int `expr:"copies"`
	Threads  int `expr:"threads"`
	Resident int `expr:"resident"` // KB
	Own      int `expr:"own"`      // KB
}

// workerFacts is what is known of a worker.
type workerFacts struct {
	Pid       int `expr:"pid"`
	Requests  int `expr:"requests"`
	Hits      int `expr:"hits"`
	Misses    int `expr:"misses"`
	Crashes   int `expr:"crashes"`
	Run       int `expr:"run"`
	Ready     int `expr:"ready"`
	Switching int `expr:"switching"`
	Blocked   int `expr:"blocked"`
	Sessions  int `expr:"sessions"` // in its memory now
}

// visitor is what is known of a visitor.
type visitor struct {
	Name     string `expr:"name"`
	Requests int    `expr:"requests"`
	Hits     int    `expr:"hits"`
	Misses   int    `expr:"misses"`
	Logouts  int    `expr:"logouts"` // by chance
	Welcome  int    `expr:"welcome"`
	Denied   int    `expr:"denied"`
	Errors   int    `expr:"errors"`
	Resets   int    `expr:"resets"`
	Heard    int    `expr:"heard"`
	Unheard  int    `expr:"unheard"`
	Slowest  int    `expr:"slowest"` // µs of the longest request
}

// window is what is known of some of the requests that are over.
type window struct {
	Requests int `expr:"requests"`
	Hits     int `expr:"hits"`
	Misses   int `expr:"misses"`
	Logouts  int `expr:"logouts"`
	Welcome  int `expr:"welcome"`
	Denied   int `expr:"denied"`
	Errors   int `expr:"errors"`
	Resets   int `expr:"resets"`
	Busy     int `expr:"busy"` // workers that answered one of them
	P50      int `expr:"p50"`
	P95      int `expr:"p95"`
	P99      int `expr:"p99"`
	Slowest  int `expr:"slowest"`
}

// happen is an event of the trace, with texts in place of their numbers. What
// does not apply is 0 or empty.
type happen struct {
	Kind    string `expr:"kind"`
	Ts      int    `expr:"ts"`
	Until   int    `expr:"until"`
	Dur     int    `expr:"dur"`
	Req     int    `expr:"req"`
	Visitor string `expr:"visitor"`
	Op      string `expr:"op"`
	Conn    int    `expr:"conn"`
	Pid     int    `expr:"pid"`
	Tid     int    `expr:"tid"`
	Core    int    `expr:"core"`
	Sid     string `expr:"sid"`
	Status  int    `expr:"status"`
	Session string `expr:"session"`
	Cookie  string `expr:"cookie"`
	Why     string `expr:"why"`
	Text    string `expr:"text"`
	Note    string `expr:"note"`
	Threads int    `expr:"threads"`
	Chance  int    `expr:"chance"`
	Count   int    `expr:"count"`
	Mem     string `expr:"mem"`  // the memory that was asked or changed: "1" for process 1, "store", "cookie"
	Made    string `expr:"made"` // the memory that made the session
	Home    string `expr:"home"` // the memory in which the session lives
}
