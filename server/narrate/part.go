package narrate

import "strings"

// Part is a piece of a sentence that has one colour.
type Part struct {
	Text string
	Ink  string // p1 … p16, store, hit, miss; empty: that of the text around
}

// marks of the catalogue's ink.
const (
	inkOpen  = "[["
	inkSep   = "|"
	inkClose = "]]"
)

// split takes the ink marks out of a template.
func split(template string) []Part {
	var parts []Part
	for template != "" {
		plain, marked, found := strings.Cut(template, inkOpen)
		if plain != "" {
			parts = append(parts, Part{Text: plain})
		}
		if !found {
			break
		}
		words, rest, _ := strings.Cut(marked, inkClose)
		text, ink, _ := strings.Cut(words, inkSep)
		if ink == "none" {
			ink = ""
		}
		parts = append(parts, Part{Text: text, Ink: ink})
		template = rest
	}
	return parts
}
