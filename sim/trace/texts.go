package trace

// Texts gives the texts that events refer to. A Log is one; a recording that
// was read has its own.
type Texts interface {
	// Lookup gives the text of a number; !ok when the number stands for none.
	Lookup(id TextID) (text string, ok bool)
}

var _ Texts = (*Log)(nil)
