package trace

import (
	"errors"
	"fmt"
)

// telling is an event with its texts, as a Picture reads it.
type telling struct {
	*Event
	visitor, sid, text, op string
}

// read takes an event in, if it can come next and all its numbers stand for something.
func (p *Picture) read(log *Log, e *Event) (telling, error) {
	t := telling{Event: e}
	if e.Kind == 0 || e.Kind >= kindEnd {
		return t, fmt.Errorf("there is no kind %d", e.Kind)
	}
	if e.Seq != p.seq+1 {
		return t, fmt.Errorf("event %d comes next", p.seq+1)
	}
	if e.Ts < p.ts {
		return t, fmt.Errorf("its moment, %d µs, is before that of the last event, %d µs", e.Ts, p.ts)
	}
	if p.ended {
		return t, errors.New("the run has ended")
	}
	for _, f := range e.Kind.Fields() {
		v := e.Get(f)
		switch {
		case f.IsText():
			text, ok := log.Lookup(TextID(v))
			if !ok {
				return t, fmt.Errorf("%s: there is no text %d", f, v)
			}
			t.set(f, text)
		case f == FOp && v >= 0 && v < int64(Ops)+int64(len(log.own)):
			t.op = log.OpWord(e.Op)
		case f.Words() != nil && (v < 0 || v >= int64(len(f.Words())) && !(f == FOp && v < int64(Ops)+int64(len(log.own)))):
			return t, fmt.Errorf("%s: there is no word %d", f, v)
		}
	}
	return t, nil
}

// set keeps a text.
func (t *telling) set(f Field, text string) {
	switch f {
	case FVisitor:
		t.visitor = text
	case FSid:
		t.sid = text
	case FText:
		t.text = text
	}
}
