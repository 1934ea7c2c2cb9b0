package trace

import (
	"math"
	"unsafe"
)

// textChunkLen is the number of texts in a chunk: so few that a text which
// stays for ever keeps few others' places.
const textChunkLen = 64

// textSize is about what a text takes beside its bytes: its place in the table
// and in the map that finds it.
const textSize = 80

// forever is the last event of a text that stays as long as its log.
const forever = math.MaxInt64

// text is a text of a log.
type text struct {
	text string
	last int64 // Seq of the last event that refers to it; 0: none so far
}

// textChunk is a part of the table.
type textChunk struct {
	texts [textChunkLen]text
	held  int
}

// texts numbers the texts of a log, and lets go of those that no event that is
// still held refers to. A number is never given twice.
type texts struct {
	chunks []*textChunk // nil where none is held
	len    int          // texts ever numbered
	held   int
	bytes  int // of those that are held
	ids    map[string]TextID
}

// number gives the number of a text, which is added if it is new.
func (t *texts) number(s string, last int64) TextID {
	if id, ok := t.ids[s]; ok {
		if held := t.at(id); last > held.last {
			held.last = last
		}
		return id
	}
	if t.len%textChunkLen == 0 {
		t.chunks = append(t.chunks, new(textChunk))
	}
	id := TextID(t.len)
	t.len++
	c := t.chunks[id/textChunkLen]
	c.texts[id%textChunkLen] = text{s, last}
	c.held++
	t.held++
	t.bytes += len(s)
	t.ids[s] = id
	return id
}

// at gives the text of a number, nil when it is not held.
func (t *texts) at(id TextID) *text {
	if id < 0 || int(id) >= t.len || t.chunks[id/textChunkLen] == nil {
		return nil
	}
	held := &t.chunks[id/textChunkLen].texts[id%textChunkLen]
	if held.text == "" && id != 0 {
		return nil
	}
	return held
}

// use notes that an event refers to a text.
func (t *texts) use(id TextID, seq int64) {
	held := t.at(id)
	if held == nil {
		panic("trace: Log.Append: an event refers to a text that is not held")
	}
	held.last = max(held.last, seq)
}

// leave lets go of a text with an event, if that is the last one that refers to it.
func (t *texts) leave(id TextID, seq int64) {
	held := t.at(id)
	if held == nil || held.last != seq {
		return
	}
	delete(t.ids, held.text)
	t.held--
	t.bytes -= len(held.text)
	*held = text{}
	c := t.chunks[id/textChunkLen]
	if c.held--; c.held == 0 && int(id/textChunkLen) < t.len/textChunkLen {
		t.chunks[id/textChunkLen] = nil // it is full, and all of its texts are gone
	}
}

// size gives about how many bytes of memory the texts take.
func (t *texts) size() int {
	return t.bytes + t.held*textSize + len(t.chunks)*int(unsafe.Sizeof((*textChunk)(nil)))
}
