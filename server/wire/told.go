package wire

import "procession/sim/trace"

// maxTold is how many texts are remembered as told. Beyond, all are forgotten,
// and those that are still in use are told once more.
const maxTold = 20_000

// Told has the numbers of the texts that everybody who reads a world's frames
// was told. The zero Told has none.
type Told struct {
	ids  map[trace.TextID]struct{}
	news []trace.TextID // of the frame that is being written; to be used again
}

// Forget says that somebody reads on who was told nothing.
func (t *Told) Forget() { clear(t.ids) }

// Len gives how many texts were told.
func (t *Told) Len() int { return len(t.ids) }

// fresh gives the texts of some events of a log that were not told, in the
// order in which they are met, and counts them as told. The list is good until
// the next call.
func (t *Told) fresh(log *trace.Log, from, to int) []trace.TextID {
	if t.ids == nil || len(t.ids) > maxTold {
		t.ids = map[trace.TextID]struct{}{}
	}
	t.news = t.news[:0]
	for seq := from; seq <= to; seq++ {
		e := log.At(seq)
		for _, f := range e.Kind.Fields() {
			if !f.IsText() {
				continue
			}
			id := trace.TextID(e.Get(f))
			if _, known := t.ids[id]; known || id == 0 { // 0 is the empty text everywhere
				continue
			}
			t.ids[id] = struct{}{}
			t.news = append(t.news, id)
		}
	}
	return t.news
}
