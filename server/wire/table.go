package wire

import "procession/sim/trace"

// table numbers the texts that some events of a log refer to, in the order in
// which they are met. Number 0 is the empty text, as in the log.
type table struct {
	texts []string
	ids   map[trace.TextID]int64
}

func newTable() *table {
	return &table{texts: []string{""}, ids: map[trace.TextID]int64{0: 0}}
}

// number gives the number that a text of the log has in the table.
func (t *table) number(log *trace.Log, id trace.TextID) int64 {
	n, ok := t.ids[id]
	if !ok {
		n = int64(len(t.texts))
		t.ids[id] = n
		t.texts = append(t.texts, log.Text(id))
	}
	return n
}
