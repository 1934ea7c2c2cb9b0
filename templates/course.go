package templates

import "html/template"

// Course is the page with all lessons.
type Course struct {
	Site
	Text     string // the language of the lessons
	Items    []Item // the path
	Further  []Item // what lies further on
	Count    int    // of all of them
	Minutes  int    // of all of them
	Symptoms []Symptoms
	Search   *Search    // nil: nothing is searched for
	Problems []Problems // only while an author works
}

// Item is a lesson on the course page.
type Item struct {
	Lang    string
	Slug    string
	URL     string
	Number  int // 0: none
	Title   string
	Summary string
	Minutes int
	Steps   int
	Needs   []Link
}

// Symptoms are those of a kind.
type Symptoms struct {
	Kind  string
	Items []Symptom
}

// Symptom leads to the lesson that explains it.
type Symptom struct {
	URL    string
	Say    string
	Number int // of the lesson; 0: none
	Title  string
}

// Search is what was searched for, and where it is.
type Search struct {
	Query string
	More  bool // there are more places than these
	Found []Found
}

// Found is a place in the lessons.
type Found struct {
	URL     string
	Lesson  string        // its title
	Number  int           // of the lesson; 0: none
	Step    int           // 0: the lesson as a whole
	Title   string        // of the step
	Excerpt template.HTML // with <mark> around what was searched for
}

func (Course) template() string { return "course.html" }
