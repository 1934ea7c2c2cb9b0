package narrate

import (
	"procession/internal/own"
	"procession/sim/trace"
)

// late is how long ago, virtual µs, something may have happened to be told: what
// is older the picture has left behind. The browser's is the same.
const late = 800_000

// Teller chooses the sentence of a moment in which time stands still: that of
// what led there. It is given every event of a run in order.
type Teller struct {
	narrator     *Narrator
	last, newest *told // the last that matters, and the last of all
}

// Own adds an author's own words for handlers.
func (t *Teller) Own(words []own.Words) { t.narrator.Own(words) }

// told is an event that may be told, and its sentence.
type told struct {
	event trace.Event
	parts []Part
}

// NewTeller tells in a language ("en").
func NewTeller(lang string) (*Teller, error) {
	n, err := New(lang)
	return &Teller{narrator: n}, err
}

// Note takes the next event of the run.
func (t *Teller) Note(l *trace.Log, e *trace.Event) {
	w := weight(e)
	if w == 0 {
		t.narrator.Note(l, e)
		return
	}
	t.newest = &told{*e, t.narrator.Parts(l, e)}
	if w > 1 {
		t.last = t.newest
	}
}

// At gives the sentence of a moment, virtual µs, not before the last event, and
// the number of its event; 0: nothing has happened.
func (t *Teller) At(moment int64) (parts []Part, seq int64) {
	chosen := t.last
	if chosen == nil || moment-chosen.event.Ts > late || overtakes(&t.newest.event, &chosen.event) {
		chosen = t.newest
	}
	if chosen == nil {
		return nil, 0
	}
	return chosen.parts, chosen.event.Seq
}

// overtakes says whether somebody is further than what was to be said of them.
func overtakes(e, before *trace.Event) bool {
	return e.Visitor != 0 && e.Visitor == before.Visitor && e.Req != before.Req && weight(before) < most
}
