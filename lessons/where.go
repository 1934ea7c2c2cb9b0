package lessons

import "fmt"

// Where says what is shown of a line of the file: the index of its step, and of
// the block there that begins on it or was the last to begin before it. The
// block is 0 for what stands before the first one; !ok: the line stands before
// the first step.
func (l *Lesson) Where(line int) (step, block int, ok bool) {
	for i, s := range l.Steps {
		if s.Line > line {
			break
		}
		step, block, ok = i, 0, true
		for j, b := range s.Blocks {
			if lineOf(b) <= line {
				block = j
			}
		}
	}
	return step, block, ok
}

// lineOf gives the line on which a block begins.
func lineOf(b Block) int {
	switch b := b.(type) {
	case Prose:
		return b.Line
	case Notes:
		return b.Line
	case *Predict:
		return b.Line
	case *Challenge:
		return b.Line
	case *Check:
		return b.Line
	case *Broken:
		return b.Line
	}
	panic(fmt.Sprintf("lessons: lineOf: a block of type %T", b))
}
