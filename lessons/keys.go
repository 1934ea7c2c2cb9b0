package lessons

import (
	"regexp"

	"procession/sim/scenario"
)

// The keys of the front matter and of the blocks, in the order in which they
// are named to people. schema.json has the same; a test holds them together.
var (
	frontKeys     = []string{"title", "summary", "minutes", "scenario", "handlers", "needs", "part", "symptoms", "headline", "note"}
	handlerKeys   = []string{"steps", "word", "says"}
	symptomKeys   = []string{"say", "kind", "step"}
	simKeys       = []string{"set", "continue", "do", "from", "until", "play", "speed", "controls", "point", "open", "beside", "headline", "note"}
	predictKeys   = []string{"ask", "choices"}
	choiceKeys    = []string{"say", "when", "feedback"}
	challengeKeys = []string{"goal", "meet", "hints", "until", "solutions"}
	meetKeys      = []string{"that", "say"}
	solutionKeys  = []string{"set", "do", "say"}
	claimKeys     = []string{"at", "that"}
)

// The blocks: what the info of a fenced block says when it is not code.
var blockNames = []string{"sim", "predict", "challenge", "check", "notes"}

// Parts are those of a course: the path that one goes from its first lesson on,
// and what lies further on.
var Parts = []string{Path, Further}

// The parts.
const (
	Path    = "path"
	Further = "further"
)

// Words of the sim block.
var (
	plays  = []string{"auto", "learner"}
	speeds = scenario.SpeedWords()
	opens  = []string{"machine", "code", "charts"}
	points = regexp.MustCompile(`[a-z]{3,}`).FindAllString(pointsAllowed, -1)
	// What a headline or a note can be in place of the author's own words.
	captionAuto, captionNone = "auto", "none"
	// Controls are what a step can let the learner touch besides play, pause,
	// step and restart, which are always there.
	Controls = []string{"mode", "workers", "balancer", "connection", "store", "visitors", "processes",
		"settings", "timeline", "code", "machine", "why", "charts", "compare", "speed", "all"}
)
