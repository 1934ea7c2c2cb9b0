package figure

import (
	"slices"
	"strings"
)

// shape is how an answer is drawn, on a grid of 12 × 12.
type shape struct {
	name string // the id of its symbol
	d    string
}

// marks are the shapes of trace.Mark, the same as on the stage.
var marks = map[string]shape{
	"+": {"fm-in", "M2.8 6.4l2.2 2.2 4.2-5"},
	"-": {"fm-out", "M3.2 3.2l5.6 5.6M8.8 3.2l-5.6 5.6"},
	"L": {"fm-l", "M2 6h4.6M4.6 3.8l2.2 2.2-2.2 2.2M9.4 2.8v6.4"},
	"O": {"fm-o", "M5.2 6h4.6M7.8 3.8L10 6l-2.2 2.2M2.6 2.8v6.4"},
	"C": {"fm-c", "M6 3v6M3 6h6"},
	"R": {"fm-r", "M3 9V6.4M6 9V3M9 9V4.8"},
	"N": {"fm-n", "M4.6 2.6L3.8 9.4M8.2 2.6l-.8 6.8M2.6 4.8h7M2.4 7.2h7"},
	"T": {"fm-t", "M2.2 3h7.6v4.8H6.2L4 9.6V7.8H2.2z"},
	"M": {"fm-m", "M2.2 4.4h7.4M7.8 2.6l1.8 1.8-1.8 1.8M9.8 8H2.4M4.2 6.2L2.4 8l1.8 1.8"},
	"P": {"fm-p", "M4 9.4V2.8h2.4a1.9 1.9 0 0 1 0 3.8H4"},
	"!": {"fm-none", "M6 2.6v4.2M6 9.2v.2"},
	"4": {"fm-4", "M7.4 9.4V2.8L3.4 7.4h5.4"},
	"H": {"fm-h", "M6 2.6a3.4 3.4 0 1 0 0 6.8 3.4 3.4 0 0 0 0-6.8M6 5.9v.2"},
	"5": {"fm-5", "M8 3H4.6l-.4 2.8c2.4-.9 4 .1 4 1.6 0 1.9-2.6 2.4-4.3 1.1"},
}

// meaning is the class of a mark: what it means to the visitor.
func meaning(mark string) string {
	switch mark {
	case "+":
		return "good"
	case "-", "!", "4", "5":
		return "bad"
	}
	return "act"
}

// symbols defines the shapes, all of them without a list. Their colours are
// those of the place where they are used.
func symbols(used map[string]bool) string {
	var names []string
	for mark := range marks {
		if used == nil || used[mark] {
			names = append(names, mark)
		}
	}
	slices.Sort(names)
	var b strings.Builder
	for _, mark := range names {
		m := marks[mark]
		b.WriteString(`<symbol id="` + m.name + `" viewBox="0 0 12 12"><rect width="12" height="12" rx="2.8" stroke="none"/><path d="` + m.d + `" fill="none"/></symbol>`)
	}
	return b.String()
}
