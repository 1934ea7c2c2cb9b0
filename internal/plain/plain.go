package plain

// Unwanted finds a character that no text needs.
func Unwanted(text string) (rune, bool) {
	for _, c := range text {
		if Harmful(c) {
			return c, true
		}
	}
	return 0, false
}

// Harmful says whether a character is a control character, or one that turns
// the direction of writing, so that one reads something else than what is there.
func Harmful(c rune) bool {
	switch {
	case c == '\n', c == '\t':
		return false
	case c < ' ', c >= 0x7f && c < 0xa0:
		return true
	}
	return c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069
}
