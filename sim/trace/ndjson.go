package trace

import (
	"encoding/json"
	"strconv"
)

// AppendJSON appends the event as one JSON object: seq, ts, kind, then the
// kind's fields in order. Words stand for themselves, and a field that is zero
// is left out, but for the status of request.done.
func (l *Log) AppendJSON(b []byte, e *Event) []byte {
	b = append(b, `{"seq":`...)
	b = strconv.AppendInt(b, e.Seq, 10)
	b = append(b, `,"ts":`...)
	b = strconv.AppendInt(b, e.Ts, 10)
	b = append(b, `,"kind":"`...)
	b = append(b, e.Kind.String()...)
	b = append(b, '"')
	for _, f := range e.Kind.Fields() {
		v := e.Get(f)
		if v == 0 && f != FStatus {
			continue
		}
		b = append(b, ',', '"')
		b = append(b, f.String()...)
		b = append(b, '"', ':')
		switch {
		case f == FOp:
			b = append(b, '"')
			b = append(b, l.OpWord(Op(v))...)
			b = append(b, '"')
		case f.Words() != nil:
			b = append(b, '"')
			b = append(b, f.Words()[v]...)
			b = append(b, '"')
		case f.IsText():
			b = appendString(b, l.Text(TextID(v)))
		default:
			b = strconv.AppendInt(b, v, 10)
		}
	}
	return append(b, '}')
}

func appendString(b []byte, s string) []byte {
	q, err := json.Marshal(s)
	if err != nil {
		panic("trace: appendString: " + err.Error()) // a string always marshals
	}
	return append(b, q...)
}
