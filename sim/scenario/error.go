package scenario

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Error is a mistake in a scenario or a command. It names the key (or the
// word of a command), the value that was given and what is allowed.
type Error struct {
	Key     string
	Value   string
	Allowed string
}

// Error gives the sentence that people read.
func (e *Error) Error() string {
	if e.Value == "" {
		return fmt.Sprintf("%s: the value is missing; allowed: %s", e.Key, e.Allowed)
	}
	return fmt.Sprintf("%s: %s is not possible; allowed: %s", e.Key, quote(e.Value), e.Allowed)
}

// shownLen is how many characters of a wrong value an error repeats.
const shownLen = 60

// quote shows a hostile text safely: short, printable, in quotes.
func quote(s string) string {
	if utf8.RuneCountInString(s) > shownLen {
		s = string([]rune(s)[:shownLen]) + "…"
	}
	return fmt.Sprintf("%q", strings.ToValidUTF8(s, "?"))
}
