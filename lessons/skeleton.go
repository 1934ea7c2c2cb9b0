package lessons

import (
	"embed"
	"strings"
)

//go:embed skeleton/*.md
var skeletons embed.FS

// Skeleton gives the start of a lesson: one that works, with comments that say
// how it goes on. It is in English where a language has none of its own.
func Skeleton(slug, language string) []byte {
	text, err := skeletons.ReadFile("skeleton/" + language + ".md")
	if err != nil {
		// The English one is always there.
		text, _ = skeletons.ReadFile("skeleton/en.md")
	}
	return []byte(strings.Replace(string(text), "TITLE", titleOf(slug), 1))
}

// titleOf makes a title of a name: "03-what-a-process-is" is "What a process is".
func titleOf(slug string) string {
	if NumberOf(slug) > 0 {
		if _, rest, ok := strings.Cut(slug, "-"); ok {
			slug = rest
		}
	}
	title := strings.ReplaceAll(slug, "-", " ")
	// Quoted, since a name can be a word that YAML takes for something else.
	return `"` + strings.ToUpper(title[:1]) + title[1:] + `"`
}
