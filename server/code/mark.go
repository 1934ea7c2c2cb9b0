package code

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"procession/sim/trace"
)

// mark says for which events a line is meant. A field that is empty holds for all.
type mark struct {
	noun, verb string
	op         string
	ops        []trace.Op // where op is empty: those for which it holds; nil: all
	detail     string
	line       int
}

// parseMark reads noun.verb.op.detail. The operation or the detail may be left
// out, *.op holds for everything that a request of the operation does after it
// has started.
func parseMark(text string) (mark, error) {
	parts := strings.Split(text, ".")
	for i, p := range parts {
		if p == "*" {
			parts[i] = ""
		}
	}
	m := mark{noun: parts[0]}
	rest := parts[1:]
	if m.noun != "" {
		if len(rest) == 0 {
			return m, fmt.Errorf("%q is no event: noun.verb is wanted", text)
		}
		m.verb, rest = rest[0], rest[1:]
	}
	if !slices.ContainsFunc(handled(), m.isOf) {
		return m, fmt.Errorf("%q: there is no such event of a handler", text)
	}
	if len(rest) > 0 && isOp(rest[0]) {
		m.op, rest = rest[0], rest[1:]
	}
	if len(rest) > 0 && slices.ContainsFunc(handled(), func(k trace.Kind) bool { return m.isOf(k) && slices.Contains(details(k), rest[0]) }) {
		m.detail, rest = rest[0], rest[1:]
	}
	if len(rest) > 0 {
		return m, fmt.Errorf("%q: %q is no operation, and no detail of such an event", text, strings.Join(rest, "."))
	}
	if m.noun == "" && m.op == "" {
		return m, fmt.Errorf("%q is for everything", text)
	}
	return m, nil
}

// handled are the kinds of events that a handler makes.
func handled() []trace.Kind { return slices.Sorted(maps.Keys(kinds)) }

func isOp(word string) bool {
	return slices.ContainsFunc(all, func(op trace.Op) bool { return op.String() == word })
}

// isOf says whether the mark's noun and verb are those of a kind.
func (m mark) isOf(k trace.Kind) bool {
	noun, verb, _ := strings.Cut(k.String(), ".")
	return (m.noun == "" && k != trace.RequestStarted || m.noun == noun) && (m.verb == "" || m.verb == verb)
}

// holds says whether the mark is meant for an event.
func (m mark) holds(at point) bool {
	return m.isOf(at.kind) && (m.op == "" || m.op == at.op.String()) && (m.ops == nil || slices.Contains(m.ops, at.op)) &&
		(m.detail == "" || m.detail == at.detail)
}

// exactness orders marks: the verb says more than the detail, the detail more
// than the operation, the operation more than the noun.
func (m mark) exactness() int {
	n := 0
	for i, field := range []string{m.noun, m.op, m.detail, m.verb} {
		if field != "" {
			n |= 1 << i
		}
	}
	return n
}

// best gives the lines of the most exact marks that hold.
func best(marks []mark, at point) []int {
	most := 0
	for _, m := range marks {
		if m.holds(at) {
			most = max(most, m.exactness())
		}
	}
	return matching(slices.DeleteFunc(slices.Clone(marks), func(m mark) bool { return m.exactness() != most }), at)
}

// matching gives the lines of all marks that hold.
func matching(marks []mark, at point) []int {
	var lines []int
	for _, m := range marks {
		if m.holds(at) && !slices.Contains(lines, m.line) {
			lines = append(lines, m.line)
		}
	}
	return lines
}
