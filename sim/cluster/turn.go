package cluster

import (
	"slices"

	"procession/sim/des"
	"procession/sim/scenario"
)

// turn makes visitors strictly take turns (turns=true): the next one asks
// think after the answer to the one before.
type turn struct {
	c     *Cluster
	timer des.Timer
	at    int      // index of whose turn comes next
	whose *visitor // whose request is under way
	begun bool
}

func (t *turn) init(c *Cluster) {
	t.c = c
	t.timer.Init(c.env, t)
}

func (t *turn) begin() {
	if t.c.sc.Turns && t.c.sc.Traffic != scenario.None {
		t.begun = true
		t.timer.Set(0)
	}
}

// joined gives a visitor who came the turn when nobody else has it.
func (t *turn) joined() {
	if t.begun && t.whose == nil && !t.timer.Pending() {
		t.timer.Set(0)
	}
}

// pass hands the turn on: its visitor was answered.
func (t *turn) pass() {
	v := t.whose
	t.whose = nil
	if v != nil && slices.ContainsFunc(t.c.visitors, (*visitor).hasSteps) {
		t.timer.Set(v.pause())
	}
}

// left skips a visitor who left in the middle of their turn.
func (t *turn) left(v *visitor) {
	if t.at > 0 {
		t.at--
	}
	if t.whose == v {
		t.whose = nil
		t.timer.Set(0)
	}
}

// Fire lets the next visitor act who still has something to do.
func (t *turn) Fire() {
	visitors := t.c.visitors
	for range visitors {
		v := visitors[t.at%len(visitors)]
		t.at = t.at%len(visitors) + 1
		if v.hasSteps() {
			t.whose = v
			v.Fire()
			return
		}
	}
}
