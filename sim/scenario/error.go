package scenario

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Error is a mistake in a scenario or a command. It names the key (or the
// word of a command), the value that was given and what is allowed.
//
// Allowed is what catalogues of other languages have a translation of, so what
// differs from run to run stands outside: it has places in braces, and Places
// what they are filled with.
type Error struct {
	Key     string
	Value   string
	Allowed string
	Places  Places
}

// Places are names, each with the value that belongs where the name stands in
// braces.
type Places map[string]string

// Fill puts the values into a text.
func (p Places) Fill(text string) string {
	if len(p) == 0 {
		return text
	}
	var pairs []string
	for name, value := range p {
		pairs = append(pairs, "{"+name+"}", value)
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// Error gives the sentence that people read.
func (e *Error) Error() string {
	allowed := e.Places.Fill(e.Allowed)
	if e.Value == "" {
		return fmt.Sprintf("%s: the value is missing; allowed: %s", e.Key, allowed)
	}
	return fmt.Sprintf("%s: %s is not possible; allowed: %s", e.Key, e.Shown(), allowed)
}

// Shown gives the value as people may be shown it: short, and in quotes.
func (e *Error) Shown() string { return quote(e.Value) }

// shownLen is how many characters of a wrong value an error repeats.
const shownLen = 60

// quote shows a hostile text safely: short, printable, in quotes.
func quote(s string) string {
	if utf8.RuneCountInString(s) > shownLen {
		s = string([]rune(s)[:shownLen]) + "…"
	}
	return fmt.Sprintf("%q", strings.ToValidUTF8(s, "?"))
}
