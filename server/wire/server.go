package wire

import (
	"bytes"
	"encoding/json"

	"procession/sim/trace"
)

// ServerMessage is what the server sends: one of the types in this file, an
// *Error, or a frame, which AppendFrame writes.
type ServerMessage interface{ serverMessage() string }

// Welcome is the first message to a client: what it needs to read the others,
// and the position from which it can resume.
type Welcome struct {
	Room      string    `json:"room"`
	Epoch     int64     `json:"epoch"`
	V         int       `json:"v"` // version of the simulator
	Schema    Schema    `json:"schema"`
	Speeds    []float64 `json:"speeds"`
	StoreAddr string    `json:"storeAddr"` // where redis-cli can look into the store; may be empty
	Worlds    []string  `json:"worlds"`    // what each world has differently from the page's scenario; the first, empty, is the page's own
}

// Snapshot is the whole picture of a world.
type Snapshot struct {
	World    int            `json:"world,omitempty"`
	Epoch    int64          `json:"epoch"`
	Now      int64          `json:"now"` // virtual µs
	Playing  bool           `json:"playing"`
	Speed    float64        `json:"speed"`
	Ended    bool           `json:"ended"`    // this world has
	Scenario string         `json:"scenario"` // as the world began, without commands
	Position int            `json:"position"` // how many commands the run has, those to come included
	Done     []int          `json:"done"`     // the numbers, from 1, of those that were applied in this world
	State    trace.Snapshot `json:"state"`    // its commands are left out: Done says them
}

// Given says which commands a client lacks, before the snapshot that counts them.
type Given struct {
	From int    `json:"from"` // the first so many are those that the client has
	Do   string `json:"do"`   // those after them, in the words of the grammar's key do
}

// Pace says how virtual time goes from now on.
type Pace struct {
	Now     int64   `json:"now"` // virtual µs
	Playing bool    `json:"playing"`
	Speed   float64 `json:"speed"`
	Ended   bool    `json:"ended"` // all worlds have
}

// Progress says how much of a run that is being caught up with is done, 0 to 1.
type Progress struct {
	Done float64 `json:"done"`
}

// Beat says that the server is there: what comes when nothing else does.
type Beat struct{}

func (Welcome) serverMessage() string  { return "welcome" }
func (Snapshot) serverMessage() string { return "snapshot" }
func (Given) serverMessage() string    { return "given" }
func (Pace) serverMessage() string     { return "pace" }
func (Progress) serverMessage() string { return "progress" }
func (Beat) serverMessage() string     { return "beat" }
func (*Error) serverMessage() string   { return "error" }

// Encode gives a message as JSON.
func Encode(m ServerMessage) []byte {
	var b bytes.Buffer
	b.WriteString(`{"type":"`)
	b.WriteString(m.serverMessage())
	b.WriteByte('"')
	comma := b.Len()
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false) // the address of a run has many &
	if err := enc.Encode(m); err != nil {
		panic("wire: Encode: " + err.Error()) // none of the types above can fail
	}
	data := bytes.TrimSuffix(b.Bytes(), []byte("\n"))
	if fields := data[comma+1:]; string(fields) == "}" {
		return append(data[:comma], '}') // it has none
	}
	data[comma] = ',' // where the message's own object opened
	return data
}
