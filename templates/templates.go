package templates

import (
	"embed"
	"fmt"
	"html/template"
	"io"

	"procession/static"
)

//go:embed *.html
var files embed.FS

var pages = template.Must(template.New("").Option("missingkey=error").Funcs(template.FuncMap{"args": withWords, "modules": static.Modules}).ParseFS(files, "*.html"))

// spoken is what a part of a page gets that needs words, too.
type spoken struct {
	Words Words
	Item  any
}

func withWords(w Words, item any) spoken { return spoken{w, item} }

// Page is one of the types of this package.
type Page interface{ template() string }

// Stage is the page on which a run is watched.
type Stage struct {
	Lang        string // of the words
	Languages   string // those that there are, with spaces between
	Words       Words
	Title       string
	Description string
	NoScript    string // for those without JavaScript; the command follows
	Scenario    string // the canonical query; empty: the default
	Version     int    // of the simulator
}

// Embed is the stage without chrome, for a frame in another page.
type Embed struct {
	Stage
	Picture string // where the stage is as a mere picture, for those without JavaScript
}

// Problem is the page that says why there is no other.
type Problem struct {
	Lang     string // of the words
	Status   int    // HTTP
	Title    string // a few words
	Sentence string // what was wrong, where, and what is allowed
	LinkText string
	Link     string // where to go on
}

func (Stage) template() string   { return "stage.html" }
func (Embed) template() string   { return "embed.html" }
func (Problem) template() string { return "problem.html" }

// Write writes a page as HTML.
func Write(w io.Writer, p Page) error {
	if err := pages.ExecuteTemplate(w, p.template(), p); err != nil {
		return fmt.Errorf("templates: %s: %w", p.template(), err)
	}
	return nil
}
