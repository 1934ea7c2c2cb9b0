package lessons

// Limits of a lesson. They are far beyond what a lesson needs, and keep what a
// hostile file costs small: each file is read in well below a second.
const (
	maxFile      = 64 << 10 // bytes of a file
	maxLine      = 4000     // bytes of a line
	maxParagraph = 8 << 10  // bytes of lines without an empty one between
	maxNesting   = 8        // quotes and lists within each other
	maxColumns   = 20       // of a table
	maxRows      = 100      // of a table
	maxSteps     = 40       // of a lesson
	maxLessons   = 500      // of a language
	maxNames     = 2000     // of a folder that are looked at
	maxLanguages = 50       // of a course
	maxCourse    = 8 << 20  // bytes of all files of a course
	maxProblems  = 50       // that are told of a file
	maxCode      = 16 << 10 // bytes of code that is coloured
	maxEntries   = 100      // of a list in a block
	maxExpr      = 600      // bytes of an expression
	maxNodes     = 200      // parts of an expression
)

// Limits of the author's own words over the stage, in characters: a line of it,
// and the few lines that there are beside it.
const (
	MaxHeadline = 80
	MaxNote     = 240
)

// Limits of a lesson's run, and so of what is played for a picture or a verdict.
const (
	MaxUntil  = 900e6   // virtual µs: a quarter of an hour
	MaxEvents = 200_000 // of its trace
)
