package wire

import (
	"strconv"
	"unicode/utf8"

	"procession/sim/trace"
)

// AppendFrame appends the frame with the events from..to of a log (their Seq)
// and its texts from number base on. There is at least one event. now is the
// virtual moment, µs, that the room has reached, at or after the last event.
func AppendFrame(b []byte, log *trace.Log, epoch int64, from, to, base int, now int64) []byte {
	b = append(b, `{"type":"frame","epoch":`...)
	b = strconv.AppendInt(b, epoch, 10)
	b = append(b, `,"seq":`...)
	b = strconv.AppendInt(b, int64(to), 10)
	b = append(b, `,"now":`...)
	b = strconv.AppendInt(b, now, 10)
	b = append(b, `,"base":`...)
	b = strconv.AppendInt(b, int64(base), 10)
	b = append(b, `,"texts":[`...)
	for i, text := range log.Texts(base) {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendString(b, text)
	}
	b = append(b, `],"events":[`...)
	before := int64(0)
	for seq := from; seq <= to; seq++ {
		if seq > from {
			b = append(b, ',')
		}
		e := log.At(seq)
		b = strconv.AppendInt(b, int64(e.Kind), 10)
		b = append(b, ',')
		b = strconv.AppendInt(b, e.Ts-before, 10)
		before = e.Ts
		for _, f := range e.Kind.Fields() {
			b = append(b, ',')
			b = strconv.AppendInt(b, e.Get(f), 10)
		}
	}
	return append(b, "]}"...)
}

// appendString appends a text as a JSON string. What is not UTF-8 becomes U+FFFD.
func appendString(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r < ' ':
			b = append(b, '\\', 'u', '0', '0', hex[r>>4], hex[r&15])
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return append(b, '"')
}
