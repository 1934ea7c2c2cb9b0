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
	texts   texts
	own     []string // the words of the operations of the author's own
	// Hook, when set, is called with each event right after it was appended.
	// It must not change the run.
	Hook func(*Event)
}

// NewLog makes an empty log.
func NewLog() *Log {
	l := &Log{texts: texts{ids: map[string]TextID{}}}
	l.ID("") // which is number 0
	return l
}

// SetOwn says what the author calls the operations of their own, in the order
// of their numbers. It comes before the first event.
func (l *Log) SetOwn(words []string) { l.own = words }

// Own gives the words of SetOwn.
func (l *Log) Own() []string { return l.own }

// OpWord gives the word of an operation: of one of the author's own what the
// author calls it.
func (l *Log) OpWord(op Op) string {
	if op.IsOwn() && int(op-Ops) < len(l.own) {
		return l.own[op-Ops]
	}
	return op.String()
}

// Mark gives the mark of the answer of RequestAnswered or RequestDone; see MarkOf.
func (l *Log) Mark(e *Event) string { return MarkOf(e.Op, e.Status, l.Text(e.Text)) }

// Append adds an event and gives it the next Seq. The texts that it refers to
// stay at least as long as the event.
func (l *Log) Append(e Event) {
	i := l.len - l.dropped
	if i%chunkLen == 0 {
		l.grow()
	}
	p := &l.chunks[i/chunkLen][i%chunkLen]
	*p = e
	l.len++
	p.Seq = int64(l.len)
	if p.refers() {
		for _, id := range p.texts() {
			if id != 0 {
				l.texts.use(id, p.Seq)
			}
		}
	}
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
// stay, and of the passing texts that only they refer to. What At gave for a
// trimmed event must not be used any more.
func (l *Log) Trim(keep int) {
	n := (l.len - l.dropped - keep) / chunkLen
	if n <= 0 {
		return
	}
	for _, c := range l.chunks[:n] {
		for i := range c {
			if !c[i].refers() {
				continue
			}
			for _, id := range c[i].texts() {
				if id != 0 {
					l.texts.leave(id, c[i].Seq)
				}
			}
		}
	}
	l.spare = append(l.spare, l.chunks[:min(n, maxSpare-len(l.spare))]...)
	l.chunks = slices.Delete(l.chunks, 0, n)
	l.dropped += n * chunkLen
}

// ID gives the number of a text, which is added to the table if it is new and
// stays as long as the log.
func (l *Log) ID(text string) TextID { return l.texts.number(text, forever) }

// Passing gives the number of a text that is needed for events alone: Trim lets
// go of it with the last of them. Its number is for an event that is appended
// before the next Trim. A text that is named again after it was let go of has
// another number: no number ever stands for two texts.
func (l *Log) Passing(text string) TextID { return l.texts.number(text, 0) }

// Again gives the number of a passing text for one event more: the one that it
// had, or another one if it was let go of.
func (l *Log) Again(id TextID, text string) TextID {
	if held := l.texts.at(id); held != nil && held.text == text {
		return id
	}
	return l.Passing(text)
}

// Text gives the text of a number that is held.
func (l *Log) Text(id TextID) string {
	text, ok := l.Lookup(id)
	if !ok {
		panic("trace: Log.Text: no text has that number")
	}
	return text
}

// Lookup gives the text of a number that somebody else wrote; !ok when it
// stands for none.
func (l *Log) Lookup(id TextID) (text string, ok bool) {
	held := l.texts.at(id)
	if held == nil {
		return "", false
	}
	return held.text, true
}

// Size gives about how many bytes of memory the log holds.
func (l *Log) Size() int {
	return (len(l.chunks)+len(l.spare))*int(unsafe.Sizeof([chunkLen]Event{})) + l.texts.size()
}
