package yamltext

import (
	"fmt"
	"regexp"
	"strings"
)

var (
	// keyLine is a line with a key: its indentation, with a dash or without, and its name.
	keyLine = regexp.MustCompile(`^( *(?:- +)?)([A-Za-z][A-Za-z-]*):(?: |$)`)
	// quoteInQuotes is a value in quotes that goes on after its second one.
	quoteInQuotes = regexp.MustCompile(`^ *(?:- +)?[A-Za-z][A-Za-z-]*: +"[^"\\]*"[^#,]*"`)
)

// written looks at how the line that the parser did not understand, or the one
// after it, is written; nil: nothing is to be seen there. Lines count from 1.
func written(lines []string, line int) *Error {
	for at := line; at <= min(line+1, len(lines)); at++ {
		text := lines[at-1]
		if quoteInQuotes.MatchString(text) {
			return &Error{at, unreadable + `: a quote inside quotes is written \"`}
		}
		m := keyLine.FindStringSubmatch(text)
		if m == nil || strings.Contains(m[1], "-") {
			continue
		}
		if above, column := keyAbove(lines, at, len(m[1])); above != "" {
			return &Error{at, fmt.Sprintf("%s: the key %s is not under the one above, %s; indent it with %d spaces, not %d", unreadable, m[2], above, column, len(m[1]))}
		}
	}
	return nil
}

// keyAbove gives the key above a line and its column, where a key at another
// column belongs to nothing; empty: it may stand there.
func keyAbove(lines []string, line, column int) (key string, at int) {
	for i := line - 2; i >= 0; i-- {
		m := keyLine.FindStringSubmatch(lines[i])
		if m == nil {
			continue
		}
		if key == "" {
			if strings.HasSuffix(strings.TrimSpace(lines[i]), ":") && len(m[1]) < column {
				return "", 0 // it is of that key
			}
			key, at = m[2], len(m[1])
		}
		if len(m[1]) == column {
			return "", 0
		}
	}
	return key, at
}
