package scenario

import "strconv"

// MaxBeside is how many worlds can stand beside the page's own.
const MaxBeside = 2

// Speeds are the paces at which a run can be watched: virtual seconds in a
// second.
var Speeds = []float64{0.25, 0.5, 1, 2, 4, 8}

// SpeedWords gives the speeds as people write them.
func SpeedWords() []string {
	words := make([]string, len(Speeds))
	for i, s := range Speeds {
		words[i] = strconv.FormatFloat(s, 'g', -1, 64)
	}
	return words
}
