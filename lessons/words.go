package lessons

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"procession/internal/near"
)

// shownLen is how many characters of a wrong text a sentence repeats.
const shownLen = 60

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
	best := synonyms[strings.ToLower(wrong)]
	if !slices.Contains(words, best) {
		best = near.Word(wrong, words)
	}
	if best == "" {
		return ""
	}
	return didYouMean(best)
}

func didYouMean(word string) string { return " (did you mean " + word + "?)" }

// oneOf says whether a word is allowed.
func oneOf(word string, words []string) bool { return slices.Contains(words, word) }
