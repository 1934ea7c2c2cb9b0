package templates

import "html/template"

// Site is what every page of the lessons has.
type Site struct {
	Lang      string // of the words
	Languages string // those that there are, with spaces between
	Words     Words
	Origin    string     // "https://example.org": before the path of addresses that others keep
	Path      string     // of the page, without the language
	Others    []Language // the same page in its other languages
	Version   string     // of the course, whose changes the page follows; empty: it follows none
}

// Language is a page in one more language.
type Language struct {
	Tag  string // "ko"
	URL  string // "?lang=ko", with what is searched for
	Name string // in that language
}

// Link is a way to another page.
type Link struct {
	URL, Text string
}

// Lesson is a page with all steps of a lesson.
type Lesson struct {
	Site
	Text     string // the language of the lesson's own text
	Slug     string
	Number   int // 0: none
	Title    string
	Summary  string
	Minutes  int
	Needs    []Link
	Intro    []template.HTML
	Marks    template.HTML // the shapes that the figures share
	Steps    []Step
	Sandbox  *Step // nil: there is no run to play with
	Previous *Link
	Next     *Link
	Problems []Problems // of its file; only while an author works on it
}

// Step is a section of a lesson.
type Step struct {
	Number int    // 1, 2, 3 …
	ID     string // "step-3"
	Kind   string
	Title  string
	Sim    string  // what is on the stage, as JSON; empty: what was there before
	Figure *Figure // as it begins
	End    *Figure // as it ends, where that is no answer to a question; nil: it is not shown
	Embed  string  // where the stage is alive, of a step without a figure
	Parts  []Part  // in the order of the file
	Back   *Step
	Next   *Step
}

// Part is a part of a step: exactly one of its fields is there.
type Part struct {
	Mistakes  *Problems // in what comes next, or would
	Prose     template.HTML
	Told      bool // the Prose tells how the run went
	Notes     template.HTML
	Predict   *Predict
	Challenge *Challenge
}

// Figure is a picture of the stage.
type Figure struct {
	SVG     template.HTML
	Caption string
	Embed   string // where the same stage is alive
	Image   string // where the picture is a file
}

// Predict is a question.
type Predict struct {
	Ask     template.HTML
	Choices []Choice
	Right   int     // the index of the right one; -1: none
	End     *Figure // what is on the stage when the answer is known; nil: there is no picture
	Picked  string  // which answer comes true, for who writes the lesson; empty: nobody does
}

// Choice is an answer to a question.
type Choice struct {
	Say, Feedback template.HTML
}

// Answer gives the right choice, nil without one.
func (p *Predict) Answer() *Choice {
	if p.Right < 0 || p.Right >= len(p.Choices) {
		return nil
	}
	return &p.Choices[p.Right]
}

// Challenge is a goal to reach.
type Challenge struct {
	Goal      template.HTML
	Meet      []template.HTML
	Hints     []template.HTML
	Solutions []Solution
	Until     int64 // virtual µs: when it is judged at the latest
}

// Solution is a way to reach a goal.
type Solution struct {
	Set string // keys with which the run begins anew; empty: it does not
	Do  string // commands with their moments, semicolons between
	Say template.HTML
}

// Problems are the mistakes of a file.
type Problems struct {
	File string
	List []Mistake
}

// Mistake is what is wrong at a line of a file.
type Mistake struct {
	Line     int
	Sentence string
	Source   string // the line itself; empty: it is shown at Step
	Step     string // "step-3": where on this page it is shown; empty: only here
}

func (Lesson) template() string { return "lesson.html" }

// Reading is a lesson as mere text with pictures, for feed readers. It is no
// whole page.
type Reading Lesson

func (Reading) template() string { return "reading.html" }
