package wire

import (
	"encoding/json"
	"strconv"
	"sync"

	"procession/sim/trace"
)

// AppendPast appends the answer to somebody who wants events of a run's past:
// from..to (their Seq), with all that is needed to read them. from may be to+1:
// there are no such events. ended says that none will come after them.
func AppendPast(b []byte, log *trace.Log, from, to int, ended bool) []byte {
	b = append(b, `{"from":`...)
	b = strconv.AppendInt(b, int64(from), 10)
	b = append(b, `,"seq":`...)
	b = strconv.AppendInt(b, int64(to), 10)
	b = append(b, `,"now":`...)
	now := int64(0)
	if from <= to {
		now = log.At(to).Ts
	}
	b = strconv.AppendInt(b, now, 10)
	b = append(b, `,"ended":`...)
	b = strconv.AppendBool(b, ended)
	b = append(b, `,"schema":`...)
	b = append(b, schema(log.Own())...)
	b = append(b, `,"events":[`...)
	t := newTable()
	b = appendEvents(b, log, from, to, t)
	b = append(b, `],"texts":[`...)
	b = appendTexts(b, t.texts)
	return append(b, "]}"...)
}

// schema gives the schema as JSON.
func schema(own []string) []byte {
	if own == nil {
		return plainSchema()
	}
	return schemaOf(own...)
}

// plainSchema is the schema of a run whose author has no operations of their own.
var plainSchema = sync.OnceValue(func() []byte { return schemaOf() })

func schemaOf(own ...string) []byte {
	data, err := json.Marshal(NewSchema(own...))
	if err != nil {
		panic("wire: schemaOf: " + err.Error()) // names and numbers can always be written
	}
	return data
}
