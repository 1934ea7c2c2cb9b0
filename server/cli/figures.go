package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"procession/internal/written"
	"procession/sim/stats"
)

// ratio writes a share in percent; a dash for none.
func ratio(r *float64) string {
	if r == nil {
		return "–"
	}
	return figure(*r*100, 1) + " %"
}

// span writes µs for people: "400 µs", "1.3 ms", "12 ms", "2.5 s".
func span(us int64) string { return written.Duration(us, "en") }

// figure writes a number with so many digits, without zeros at the end.
func figure(x float64, digits int) string {
	s := strconv.FormatFloat(x, 'f', digits, 64)
	if digits > 0 {
		s = strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
	}
	return s
}

// busy writes how many cores were at work in the mean, switches included.
func busy(cores []stats.Core) string {
	sum := 0.0
	for _, c := range cores {
		sum += c.Busy + c.Switching
	}
	return fmt.Sprintf("%.2f of %d", sum, len(cores))
}

// megabytes writes KB for people.
func megabytes(kb int) string { return strconv.Itoa((kb+500)/1000) + " MB" }

// writeJSON writes a result as indented JSON.
func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}
