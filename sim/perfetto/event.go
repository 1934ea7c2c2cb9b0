package perfetto

// The numbers of processes and tracks; package comment.
const (
	machinePid = 100
	laneStep   = 100
	coreTrack  = 1000
)

// The phases of the format that are used.
const (
	complete = "X"
	instant  = "i"
	metadata = "M"
)

// The scopes of instants: how far their line is drawn.
const (
	onThread  = "t"
	onProcess = "p"
	onAll     = "g"
)

// event is an event of the format.
type event struct {
	Name  string         `json:"name"`
	Cat   string         `json:"cat,omitempty"`
	Phase string         `json:"ph"`
	Ts    int64          `json:"ts"`            // µs
	Dur   *int64         `json:"dur,omitempty"` // µs; complete events only
	Pid   int            `json:"pid"`
	Tid   int            `json:"tid"`
	Scope string         `json:"s,omitempty"`
	Args  map[string]any `json:"args,omitempty"`
}
