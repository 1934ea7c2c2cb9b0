package wire

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"procession/sim/scenario"
)

// readers has, for each type of client message, what makes it of its fields.
var readers = map[string]func(*fields) ClientMessage{
	"open": func(f *fields) ClientMessage {
		return Open{
			At:      f.integer("at", 0, MaxMoment),
			Room:    f.text("room", maxRoom, false),
			Epoch:   f.integer("epoch", 0, maxPosition),
			Seq:     f.integer("seq", 0, maxPosition),
			Playing: f.boolean("playing", true, false),
			Speed:   f.speed("speed", false),
			Do:      f.text("do", MaxGiven, false),
			Worlds:  f.texts("worlds", scenario.MaxBeside),
		}
	},
	"do":    func(f *fields) ClientMessage { return Do{Text: f.text("text", MaxMessage, true)} },
	"play":  func(*fields) ClientMessage { return Play{} },
	"pause": func(*fields) ClientMessage { return Pause{} },
	"speed": func(f *fields) ClientMessage { return Speed{Value: f.speed("value", true)} },
	"step":  func(*fields) ClientMessage { return Step{} },
	"reset": func(*fields) ClientMessage { return Reset{} },
	"fork": func(f *fields) ClientMessage {
		return Fork{At: f.moment("at"), Text: f.text("text", MaxMessage, false)}
	},
	"away":   func(f *fields) ClientMessage { return Away{Value: f.boolean("value", false, true)} },
	"resync": func(*fields) ClientMessage { return Resync{} },
}

// Decode reads a client's message. It is strict: what it does not know is an
// *Error with the code BadMessage, whose text says what is allowed.
func Decode(data []byte) (ClientMessage, error) {
	if len(data) > MaxOpen {
		return nil, TooLarge(MaxOpen)
	}
	if !utf8.Valid(data) {
		return nil, badMessage("", "The message is not valid UTF-8 text.")
	}
	f := fields{}
	if err := json.Unmarshal(data, &f.raw); err != nil || f.raw == nil {
		return nil, badMessage("", `The message is not a JSON object such as {"type":"play"}.`)
	}
	f.kind = f.text("type", maxRoom, true)
	if f.err != nil {
		return nil, f.err
	}
	if f.kind != "open" && len(data) > MaxMessage {
		return nil, TooLarge(MaxMessage)
	}
	read, ok := readers[f.kind]
	if !ok {
		types := slices.Sorted(maps.Keys(readers))
		return nil, badMessage("type", fmt.Sprintf("There is no message of type %q; allowed: %s.", f.kind, strings.Join(types, ", ")))
	}
	m := read(&f)
	f.refuseOthers()
	if f.err != nil {
		return nil, f.err
	}
	return m, nil
}
