package lessons

import (
	"html/template"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"procession/internal/own"
	"procession/sim"
)

// Course is what a folder of lessons holds: a folder per language, a file per lesson.
type Course struct {
	Version   string               // of its files: another one after each change
	Languages []string             // tags, in alphabetical order
	Lessons   map[string][]*Lesson // by language, in the order of their names
	Problems  []Problem            // of files that could not be read

	readers map[string]*reader // by file
}

// Lesson is a lesson in one language.
type Lesson struct {
	Language string    // "en"
	Slug     string    // "01-the-random-logout": the name of its file, the same in all languages
	File     string    // "en/01-the-random-logout.md"
	Changed  time.Time // when its file was; zero where that is not known
	Number   int       // the digits before the slug's first hyphen; 0 without
	Title    string
	Summary  string   // one or two sentences
	Minutes  int      // that it takes
	Needs    []string // slugs of lessons that come before
	Part     string   // of the course: one of Parts
	Symptoms []Symptom
	Scenario sim.Scenario
	Handlers []own.Words // what the author calls the handlers, and says of their answers
	Intro    []Block     // what stands before the first step: prose alone
	Steps    []*Step

	lines map[string]int // of the keys of the front matter
	links []link         // to lessons of the course
}

// Step is a part of a lesson with one idea and one act.
type Step struct {
	Number int // 1, 2, 3 …
	Title  string
	Kind   Kind
	Line   int  // of its heading
	Sim    *Sim // what is on the stage; nil: what was there before, without an act
	Blocks []Block
	Code   []Code // in its text, in order

	stage     *Sim           // what is on the stage: Sim, or that of a step before; nil: nothing yet
	places    []filling      // for numbers in the text
	before    map[string]int // words of prose before each of its blocks
	questions int            // items of its lists, if that is its kind
	lost      int            // the line of its sim block, when that does not say what its run is; 0: it does
}

// Kind is what a step is for.
type Kind string

// The kinds.
const (
	Act       Kind = ""          // it has something to do
	Machine   Kind = "machine"   // what to try on one's own machine
	Questions Kind = "questions" // what to take home
)

// Block is a part of a step's text, in the order of the file: Prose, *Predict,
// *Challenge, *Check, Notes, and in a draft *Broken. The sim block is the step's Sim.
type Block interface{ block() }

// Prose is text. Places for numbers that come from the run are still open.
type Prose struct {
	HTML    template.HTML
	Line    int
	Words   int
	Numbers bool // it has such places, or had them
}

// Notes are for the presenter alone.
type Notes struct {
	HTML template.HTML
	Line int
}

// Broken stands in a draft in the place of what cannot be shown.
type Broken struct {
	Line  int
	Waits int // the line of what it needs, and what is wrong; 0: it is wrong itself
}

// Sim is what a step has on the stage.
type Sim struct {
	Line     int
	Scenario sim.Scenario // the whole run of the step, with its commands
	Continue bool         // it is the run of the step before, which goes on
	From     int64        // virtual µs: where the picture begins
	Until    int64        // virtual µs: where it stops by itself
	Play     string       // "auto", "learner"
	Speed    float64      // 1: as it is
	Controls []string     // what the learner may touch; see Controls
	Point    []string     // what is pointed at: "visitor Ada", "worker 1", "balancer", "store" …
	Headline string       // over the stage: the author's; "none": there is none; empty: the stage's own
	Note     string       // beside it, as Headline
	Open     string       // a panel that is open: "machine", "code", "charts"; empty: none
	Beside   []string     // other worlds, as the keys in which they differ

	chain *chain
	own   []timed // its commands, without those of the steps before
}

// chain is a run that goes on from step to step.
type chain struct {
	scenario sim.Scenario // with the commands of all of them
}

// Predict is a question that is answered before the run.
type Predict struct {
	Line    int
	Ask     template.HTML
	Choices []Choice
}

// Choice is an answer that can be given. The right one is that whose condition
// holds at the end of the step's run.
type Choice struct {
	Say      template.HTML
	When     string
	Feedback template.HTML
	Line     int

	holds *expression // When, compiled
}

// Challenge is a goal to reach.
type Challenge struct {
	Line      int
	Language  string // of its lesson, in which verdicts are written
	Goal      template.HTML
	Meet      []Condition
	Hints     []template.HTML
	Solutions []Solution
	Until     int64 // virtual µs: when the solutions are judged
}

// Condition is a part of a goal.
type Condition struct {
	That string // an expression over Facts
	Say  template.HTML
	Line int

	holds *expression // That, compiled
}

// Solution is a way to reach a goal.
type Solution struct {
	Line int
	Set  string        // keys with which the run begins anew; empty: it does not
	Do   []string      // commands with their moments
	Say  template.HTML // what it is, and its price; may be empty

	keys     map[string]string // Set, taken apart
	commands []sim.Command     // Do
}

// Check is what the prose claims.
type Check struct {
	Line   int
	Claims []Claim
}

// Claim must hold at a moment of the step's run.
type Claim struct {
	At   int64 // virtual µs
	That string
	Line int

	holds *expression // That, compiled
}

func (Prose) block()      {}
func (Notes) block()      {}
func (*Predict) block()   {}
func (*Challenge) block() {}
func (*Check) block()     {}
func (*Broken) block()    {}

// Find gives a lesson; nil when there is none.
func (c *Course) Find(language, slug string) *Lesson {
	for _, l := range c.Lessons[language] {
		if l.Slug == slug {
			return l
		}
	}
	return nil
}

// Files gives the names of all files that were read, in alphabetical order.
func (c *Course) Files() []string { return slices.Sorted(maps.Keys(c.readers)) }

// Draft gives a lesson that has mistakes, for its author: what is right in it
// is there, and what is not is Broken. It is nil when there is none, when it has
// no mistakes, and when so little can be read that there is no step.
func (c *Course) Draft(language, slug string) *Lesson {
	r := c.readers[path.Join(language, slug+".md")]
	if r == nil || len(r.problems) == 0 || !r.whole || len(r.lesson.Steps) == 0 {
		return nil
	}
	return r.lesson
}

// Line gives a line of a file as it was read, from 1; empty when there is none.
func (c *Course) Line(file string, number int) string {
	r := c.readers[file]
	if r == nil {
		return ""
	}
	return strings.ToValidUTF8(r.source(number), "\uFFFD")
}
