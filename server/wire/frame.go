package wire

import (
	"strconv"
	"unicode/utf8"

	"procession/sim/trace"
)

// AppendFrame appends the frame with the events from..to of a log (their Seq)
// and those of their texts that were not told, which it counts as told. There
// is at least one event. world is the number of the world that the log is of,
// and now the virtual moment, µs, that the room has reached, at or after the
// last event.
func AppendFrame(b []byte, world int, log *trace.Log, epoch int64, from, to int, told *Told, now int64) []byte {
	b = append(b, `{"type":"frame"`...)
	if world > 0 {
		b = append(b, `,"world":`...)
		b = strconv.AppendInt(b, int64(world), 10)
	}
	b = append(b, `,"epoch":`...)
	b = strconv.AppendInt(b, epoch, 10)
	b = append(b, `,"seq":`...)
	b = strconv.AppendInt(b, int64(to), 10)
	b = append(b, `,"now":`...)
	b = strconv.AppendInt(b, now, 10)
	fresh := told.fresh(log, from, to)
	b = append(b, `,"ids":[`...)
	for i, id := range fresh {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(b, int64(id), 10)
	}
	b = append(b, `],"texts":[`...)
	for i, id := range fresh {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendString(b, log.Text(id))
	}
	b = append(b, `],"events":[`...)
	b = appendEvents(b, log, from, to, nil)
	return append(b, "]}"...)
}

// appendTexts appends texts as JSON strings with commas between.
func appendTexts(b []byte, texts []string) []byte {
	for i, text := range texts {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendString(b, text)
	}
	return b
}

// appendEvents appends the events from..to of a log, as the numbers of a
// frame with commas between. Texts have the log's numbers, or those that they
// get in a table.
func appendEvents(b []byte, log *trace.Log, from, to int, t *table) []byte {
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
			v := e.Get(f)
			if t != nil && f.IsText() {
				v = t.number(log, trace.TextID(v))
			}
			b = strconv.AppendInt(b, v, 10)
		}
	}
	return b
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
