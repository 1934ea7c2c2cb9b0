package trace

import (
	"slices"
	"unsafe"
)

// chunkLen is the number of events in a chunk, so that a log grows without
// copying what it holds.
const chunkLen = 1024

// maxSpare is how many trimmed chunks a log keeps for what comes next.
const maxSpare = 8

// Log holds the events of a run and the texts that they refer to.
// The zero Log is not ready; use NewLog.
type Log struct {
	chunks  []*[chunkLen]Event
	spare   []*[chunkLen]Event // trimmed chunks, to be used again; at most maxSpare
	dropped int                // events trimmed from the front, a multiple of chunkLen
	len     int                // events ever appended
	texts   []string
	bytes   int // of all texts
	ids     map[string]TextID
	// Hook, when set, is called with each event right after it was appended.
	// It must not change the run.
	Hook func(*Event)
}

// NewLog makes an empty log.
func NewLog() *Log {
	return &Log{texts: []string{""}, ids: map[string]TextID{"": 0}}
}

// Append adds an event and gives it the next Seq.
func (l *Log) Append(e Event) {
	i := l.len - l.dropped
	if i%chunkLen == 0 {
		l.grow()
	}
	p := &l.chunks[i/chunkLen][i%chunkLen]
	*p = e
	l.len++
	p.Seq = int64(l.len)
	if l.Hook != nil {
		l.Hook(p)
	}
}

// grow adds a chunk.
func (l *Log) grow() {
	if n := len(l.spare); n > 0 {
		l.chunks = append(l.chunks, l.spare[n-1])
		l.spare = l.spare[:n-1]
		return
	}
	l.chunks = append(l.chunks, new([chunkLen]Event))
}

// Len gives the number of events ever appended, which is the Seq of the last one.
func (l *Log) Len() int { return l.len }

// First gives the Seq of the oldest event that is still held; Len()+1 when none is.
func (l *Log) First() int { return l.dropped + 1 }

// At gives the event with a Seq from First to Len.
func (l *Log) At(seq int) *Event {
	if seq < l.First() || seq > l.len {
		panic("trace: Log.At: no event with that seq")
	}
	i := seq - 1 - l.dropped
	return &l.chunks[i/chunkLen][i%chunkLen]
}

// Trim lets go of old events, in whole chunks, so that at least the last keep
// stay. Texts are kept. What At gave for a trimmed event must not be used any more.
func (l *Log) Trim(keep int) {
	n := (l.len - l.dropped - keep) / chunkLen
	if n <= 0 {
		return
	}
	l.spare = append(l.spare, l.chunks[:min(n, maxSpare-len(l.spare))]...)
	l.chunks = slices.Delete(l.chunks, 0, n)
	l.dropped += n * chunkLen
}

// ID gives the number of a text, which is added to the table if it is new.
func (l *Log) ID(text string) TextID {
	if id, ok := l.ids[text]; ok {
		return id
	}
	id := TextID(len(l.texts))
	l.texts = append(l.texts, text)
	l.ids[text] = id
	l.bytes += len(text)
	return id
}

// Text gives the text of a number.
func (l *Log) Text(id TextID) string { return l.texts[id] }

// Lookup gives the text of a number that somebody else wrote; !ok when it
// stands for none.
func (l *Log) Lookup(id TextID) (text string, ok bool) {
	if id < 0 || int(id) >= len(l.texts) {
		return "", false
	}
	return l.texts[id], true
}

// Texts gives the table from number from on. The caller must not change it.
func (l *Log) Texts(from int) []string { return l.texts[from:] }

// textSize is about what a text takes beside its bytes: its place in the table
// and in the map that finds it.
const textSize = 80

// Size gives about how many bytes of memory the log holds.
func (l *Log) Size() int {
	return (len(l.chunks)+len(l.spare))*int(unsafe.Sizeof([chunkLen]Event{})) + l.bytes + len(l.texts)*textSize
}
