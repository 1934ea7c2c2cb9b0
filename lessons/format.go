package lessons

import (
	"errors"
	"math"
	"strconv"

	"procession/internal/written"
)

// errNoShare says that there is nothing to take a share of.
var errNoShare = errors.New("percent: there is nothing yet of which a share could be taken")

// errNoTime says that a time comes of no number.
var errNoTime = errors.New("time: this came to no number; is there a division by 0?")

// formatTime writes µs for people: "1.3 ms", "2.5 s".
func formatTime(us float64, lang string) (string, error) {
	if math.IsNaN(us) || math.IsInf(us, 0) {
		return "", errNoTime
	}
	return written.Duration(int64(math.Round(us)), lang), nil
}

// formatPercent writes a share (0 to 1) for people: "50 %".
func formatPercent(share float64, lang string) (string, error) {
	if share < 0 {
		return "", errNoShare
	}
	return written.Percent(rounded(100*share, 1), lang), nil
}

// formatMB writes KB for people: "116 MB".
func formatMB(kb float64) string { return rounded(kb/1e3, 0) + " MB" }

// rounded writes a number with so many digits at most.
func rounded(x float64, digits int) string {
	parts := math.Pow10(digits)
	return strconv.FormatFloat(math.Round(x*parts)/parts, 'f', -1, 64)
}
