package lessons

import (
	"errors"
	"math"
	"strconv"
)

// formatTime writes µs for people: "400 µs", "1.3 ms", "12 ms", "2.5 s".
func formatTime(us float64) string {
	switch {
	case us < 1e3:
		return rounded(us, 0) + " µs"
	case us < 1e4:
		return rounded(us/1e3, 1) + " ms"
	case us < 1e6:
		return rounded(us/1e3, 0) + " ms"
	}
	return rounded(us/1e6, 2) + " s"
}

// errNoShare says that there is nothing to take a share of.
var errNoShare = errors.New("percent: there is nothing yet of which a share could be taken")

// formatPercent writes a share (0 to 1) for people: "50 %".
func formatPercent(share float64) (string, error) {
	if share < 0 {
		return "", errNoShare
	}
	return rounded(100*share, 1) + " %", nil
}

// formatMB writes KB for people: "116 MB".
func formatMB(kb float64) string { return rounded(kb/1e3, 0) + " MB" }

// rounded writes a number with so many digits at most.
func rounded(x float64, digits int) string {
	parts := math.Pow10(digits)
	return strconv.FormatFloat(math.Round(x*parts)/parts, 'f', -1, 64)
}
