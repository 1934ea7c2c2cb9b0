package scenario

import (
	"slices"
	"strings"

	"procession/internal/near"
)

// What is allowed where a key is not known: all of them would be more than
// anybody reads.
const (
	someAllowed = "keys such as {keys}; \"procession help scenario\" has all of them"
	nearAllowed = "{near} (did you mean this one?), and other keys, such as {keys}; \"procession help scenario\" has all of them"
	// namedKeys is how many keys are named, the first ones of the grammar.
	namedKeys = 5
)

// UnknownKey is the mistake of a key that scenarios do not have. It names the
// one that may have been meant.
func UnknownKey(name string) *Error { return noKey("scenario", name, Names()) }

// noKey is the mistake of a key that is none of the allowed ones, in what is
// called where.
func noKey(where, name string, allowed []string) *Error {
	e := &Error{Key: where, Value: name, Allowed: someAllowed, Places: Places{}}
	meant := ""
	if find(name) == nil { // else it is a key, which is not possible here
		meant = near.Word(name, allowed)
	}
	if meant != "" {
		e.Allowed, e.Places["near"] = nearAllowed, meant
	}
	others := slices.DeleteFunc(slices.Clone(allowed), func(n string) bool { return n == meant })
	e.Places["keys"] = strings.Join(others[:min(namedKeys, len(others))], ", ")
	return e
}
