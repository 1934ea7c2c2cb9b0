package lessons

import "fmt"

// Picked is the answer to a question that comes true: not what an author
// believes, but what the run does.
type Picked struct {
	File   string // relative to the folder of the lessons
	Line   int    // of the choice
	Number int    // of the choice, from 1
	Of     int    // so many choices there are
	Source string // the line, as it was written
}

// String is the line for an author.
func (p Picked) String() string {
	return fmt.Sprintf("%s:%d: choice %d of %d comes true: %s", p.File, p.Line, p.Number, p.Of, p.Source)
}
