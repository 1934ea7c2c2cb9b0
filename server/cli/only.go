package cli

import (
	"slices"
	"strings"

	"procession/sim/scenario"
	"procession/sim/trace"
)

// only says which kinds of events are written; nil: all.
type only map[trace.Kind]bool

// parseOnly reads a list of kinds (lock.waited) and of nouns, which stand for
// all kinds of that noun (lock). The error is a sentence.
func parseOnly(list string) (only, error) {
	if list == "" {
		return nil, nil
	}
	kinds := only{}
	for word := range strings.SplitSeq(list, ",") {
		word = strings.TrimSpace(word)
		found := false
		for _, k := range trace.Kinds() {
			if noun, _, _ := strings.Cut(k.String(), "."); word == noun || word == k.String() {
				kinds[k], found = true, true
			}
		}
		if !found {
			return nil, &scenario.Error{Key: "--only", Value: word, Allowed: "kinds of events, such as worker.crashed, or their nouns, with commas between: " + strings.Join(nouns(), ", ")}
		}
	}
	return kinds, nil
}

// wants says whether an event is written.
func (o only) wants(e *trace.Event) bool { return o == nil || o[e.Kind] }

// nouns gives the nouns of all kinds, in their order.
func nouns() []string {
	var list []string
	for _, k := range trace.Kinds() {
		noun, _, _ := strings.Cut(k.String(), ".")
		if !slices.Contains(list, noun) {
			list = append(list, noun)
		}
	}
	return list
}
