package narrate

import (
	"strings"

	"procession/sim/trace"
)

// byChange is the word of a logout by a change of mode.
const byChange = "changed"

// change knows whom the last change of mode logged out: until a visitor is
// logged in by a memory of the set-up that it brought, a session that is not
// found tells of the change. The browser's rule is the same.
type change struct {
	happened bool
	memories map[trace.Memory]bool // those of the set-up as it is
	back     map[trace.TextID]bool // visitors
}

// ended takes the next event and reports whether it is a logout by the change.
func (c *change) ended(l *trace.Log, e *trace.Event) bool {
	if e.Kind == trace.ScenarioSet {
		if mode, ok := strings.CutPrefix(l.Text(e.Text), "mode="); ok {
			*c = change{happened: true, memories: map[trace.Memory]bool{}, back: map[trace.TextID]bool{}}
			c.memories[trace.Store] = mode == "store"
			c.memories[trace.Jar] = mode == "cookie"
		}
	}
	if !c.happened {
		return false
	}
	if e.Kind == trace.WorkerStarting {
		c.memories[e.Mem] = true
	}
	if e.Kind != trace.RequestDone || c.back[e.Visitor] {
		return false
	}
	came := e.Outcome()
	if c.memories[e.Made] && (came == trace.Welcome || came == trace.Served && e.Op == trace.Login) {
		c.back[e.Visitor] = true
	}
	// In the memory of another process the session was still alive when it was looked up.
	alive := e.Why == trace.WhyElsewhere && e.Made > 0
	return came == trace.ByChance && e.Session == trace.Miss && !alive
}
