package lessons

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// shownLen is how many characters of a wrong text a sentence repeats.
const shownLen = 60

// prefixLen is with how many letters a word may be the beginning of another one
// that was meant.
const prefixLen = 4

// show shows what an author wrote: short, printable, in quotes.
func show(text string) string {
	text = strings.ToValidUTF8(text, "?")
	if utf8.RuneCountInString(text) > shownLen {
		text = string([]rune(text)[:shownLen]) + "…"
	}
	return fmt.Sprintf("%q", text)
}

// list writes words with commas.
func list(words []string) string { return strings.Join(words, ", ") }

// counted writes a number of things.
func counted(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// synonyms are words that authors use for keys which look otherwise.
var synonyms = map[string]string{"options": "choices", "answers": "choices", "question": "ask", "condition": "when"}

// meant asks whether one of the words was meant; empty when none is near.
func meant(wrong string, words []string) string {
	best, distance := "", 3 // more letters than that are another word
	if same := synonyms[strings.ToLower(wrong)]; slices.Contains(words, same) {
		best, distance = same, 0
	}
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
	if best == "" {
		return ""
	}
	return didYouMean(best)
}

func didYouMean(word string) string { return " (did you mean " + word + "?)" }

// apart counts the letters that must be changed, added or taken away to make
// one word of another.
func apart(a, b string) int {
	if len(a) > shownLen || len(b) > shownLen {
		return shownLen
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

// oneOf says whether a word is allowed.
func oneOf(word string, words []string) bool { return slices.Contains(words, word) }
