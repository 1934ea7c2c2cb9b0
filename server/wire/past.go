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
	b = append(b, schema()...)
	b = append(b, `,"events":[`...)
	t := newTable()
	b = appendEvents(b, log, from, to, t)
	b = append(b, `],"texts":[`...)
	b = appendTexts(b, t.texts)
	return append(b, "]}"...)
}

// schema is the schema as JSON.
var schema = sync.OnceValue(func() []byte {
	data, err := json.Marshal(NewSchema())
	if err != nil {
		panic("wire: schema: " + err.Error()) // names and numbers can always be written
	}
	return data
})
