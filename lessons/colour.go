package lessons

import (
	"html/template"
	"maps"
	"slices"
	"strings"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
)

// lexerOf has the languages in which code may be written, and what chroma
// calls them. It is a short list, so that a misspelt block is noticed.
var lexerOf = map[string]string{
	"js": "javascript", "javascript": "javascript", "ts": "typescript", "json": "json", "html": "html", "css": "css",
	"sh": "bash", "bash": "bash", "console": "console", "go": "go", "nginx": "nginx", "php": "php", "yaml": "yaml", "toml": "toml", "ini": "ini",
	"sql": "sql", "lua": "lua", "python": "python", "java": "java", "c": "c", "rust": "rust", "http": "http", "diff": "diff",
	"dockerfile": "docker", "makefile": "makefile", "text": "text", promised: "text",
}

// languages gives the names of the languages in alphabetical order.
func languages() []string { return slices.Sorted(maps.Keys(lexerOf)) }

func knownLanguage(name string) bool { return lexerOf[name] != "" }

// colour gives code as HTML with a span for each word that has a meaning. The
// classes are the short ones that chroma's style sheets have.
func colour(language, code string) string {
	plain := template.HTMLEscapeString(code)
	if language == "" || len(code) > maxCode {
		return plain
	}
	lexer := lexers.Get(lexerOf[language])
	if lexer == nil {
		return plain
	}
	tokens, err := chroma.Tokenise(chroma.Coalesce(lexer), nil, code)
	if err != nil {
		return plain
	}
	var b strings.Builder
	for _, t := range tokens {
		class := classOf(t.Type)
		if class == "" {
			template.HTMLEscape(&b, []byte(t.Value))
			continue
		}
		b.WriteString(`<span class="` + class + `">`)
		template.HTMLEscape(&b, []byte(t.Value))
		b.WriteString("</span>")
	}
	return b.String()
}

// classOf gives the class of a kind of token, or that of the kind that it is a
// part of; empty for what has no colour.
func classOf(t chroma.TokenType) string {
	for _, kind := range []chroma.TokenType{t, t.SubCategory(), t.Category()} {
		if class, ok := chroma.StandardTypes[kind]; ok {
			if kind == chroma.Text || kind == chroma.TextWhitespace || kind == chroma.Error {
				return ""
			}
			return class
		}
	}
	return ""
}
