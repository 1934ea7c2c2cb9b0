package near

import "strings"

const (
	// far is how many letters make another word of one.
	far = 3
	// prefixLen is with how many letters a word may be the beginning of
	// another one that was meant.
	prefixLen = 4
	// maxLen is how long a word may be, in bytes, to be compared: longer ones
	// take too long, and are no words.
	maxLen = 60
)

// Word gives the one of the words that was meant, the first of those that are
// equally near; empty when none is near.
func Word(wrong string, words []string) string {
	best, distance := "", far
	for _, w := range words {
		if d := apart(strings.ToLower(wrong), strings.ToLower(w)); d < distance && d < len(w) {
			best, distance = w, d
		}
	}
	for _, w := range words {
		if best == "" && len(wrong) >= prefixLen && len(w) >= prefixLen && (strings.HasPrefix(w, wrong) || strings.HasPrefix(wrong, w)) {
			best = w // "prediction" for predict
		}
	}
	return best
}

// apart counts the letters that must be changed, added or taken away to make
// one word of another.
func apart(a, b string) int {
	if len(a) > maxLen || len(b) > maxLen {
		return maxLen
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		last := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := last
			if a[i] != b[j] {
				change++
			}
			last = row[j+1]
			row[j+1] = min(change, row[j]+1, last+1)
		}
	}
	return row[len(b)]
}
