package wire

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"procession/sim/scenario"
)

// fields are the fields of a client's message while it is read. Each read
// takes its field away; the first thing that is wrong is kept in err.
type fields struct {
	kind  string // the message's type, once it is known
	raw   map[string]json.RawMessage
	known []string
	err   *Error
}

// take gives a field's JSON, nil when it is not there.
func (f *fields) take(name string, required bool) json.RawMessage {
	if f.kind != "" {
		f.known = append(f.known, name)
	}
	v, ok := f.raw[name]
	delete(f.raw, name)
	if !ok && required {
		f.fail(name, "the field %q is missing", name)
	}
	return v
}

func (f *fields) fail(name, format string, args ...any) {
	if f.err != nil {
		return
	}
	what := fmt.Sprintf(format, args...)
	if f.kind == "" {
		f.err = badMessage(name, "In a message "+what+".")
		return
	}
	f.err = badMessage(name, fmt.Sprintf("In a message of type %q %s.", f.kind, what))
}

// integer reads a whole number from least to most; one that is not there is least.
func (f *fields) integer(name string, least, most int64) int64 {
	v := f.take(name, false)
	if v == nil {
		return least
	}
	n, err := strconv.ParseInt(string(v), 10, 64)
	if err != nil || n < least || n > most {
		f.fail(name, "%q must be a whole number from %d to %d", name, least, most)
		return least
	}
	return n
}

// text reads a string of at most so many bytes.
func (f *fields) text(name string, most int, required bool) string {
	v := f.take(name, required)
	if v == nil {
		return ""
	}
	var s string
	if err := json.Unmarshal(v, &s); err != nil || v[0] != '"' {
		f.fail(name, "%q must be a text", name)
		return ""
	}
	if len(s) > most {
		f.fail(name, "%q must have at most %d bytes", name, most)
		return ""
	}
	return s
}

// moment reads a virtual moment, µs, which must be there.
func (f *fields) moment(name string) int64 {
	if _, ok := f.raw[name]; !ok {
		f.take(name, true) // says what is missing
		return 0
	}
	return f.integer(name, 0, MaxMoment)
}

// texts reads a list of at most so many strings; one that is not there is nil.
func (f *fields) texts(name string, most int) []string {
	v := f.take(name, false)
	if v == nil {
		return nil
	}
	var list []string
	var raw []json.RawMessage
	err := json.Unmarshal(v, &raw)
	for i := 0; i < len(raw) && err == nil; i++ {
		var s string
		if raw[i][0] != '"' {
			err = errNotText
		} else if err = json.Unmarshal(raw[i], &s); err == nil {
			list = append(list, s)
		}
	}
	if err != nil || v[0] != '[' || len(raw) > most {
		f.fail(name, "%q must be a list of at most %d texts", name, most)
		return nil
	}
	return list
}

// errNotText is a value of JSON that is no string.
var errNotText = errors.New("not a text")

func (f *fields) boolean(name string, otherwise, required bool) bool {
	switch v := f.take(name, required); string(v) {
	case "":
		return otherwise
	case "true":
		return true
	case "false":
		return false
	}
	f.fail(name, "%q must be true or false", name)
	return otherwise
}

// speed reads one of scenario.Speeds; one that is not there is 1.
func (f *fields) speed(name string, required bool) float64 {
	v := f.take(name, required)
	if v == nil {
		return 1
	}
	n, err := strconv.ParseFloat(string(v), 64)
	if err != nil || !slices.Contains(scenario.Speeds, n) {
		f.fail(name, "%q must be one of %s", name, strings.Join(scenario.SpeedWords(), ", "))
		return 1
	}
	return n
}

// refuseOthers refuses the fields that nobody took.
func (f *fields) refuseOthers() {
	if len(f.raw) == 0 {
		return
	}
	name := slices.Sorted(maps.Keys(f.raw))[0]
	allowed := "none but type"
	if len(f.known) > 0 {
		allowed = "type, " + strings.Join(f.known, ", ")
	}
	f.fail(name, "there is no field %q; allowed: %s", name, allowed)
}
