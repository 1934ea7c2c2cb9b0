package cli

import (
	"fmt"
	"io"
)

// meter shows on a terminal how far a long command is.
type meter struct {
	w        io.Writer
	of       int
	show     bool
	at       int
	shownPer int // the thousandth that was shown last
}

// step notes that one more is done.
func (m *meter) step() {
	m.at++
	if per := m.at * 1000 / m.of; m.show && per != m.shownPer {
		m.shownPer = per
		fmt.Fprintf(m.w, "\r%d of %d seeds", m.at, m.of)
	}
}

// clear takes the meter away.
func (m *meter) clear() {
	if m.show && m.shownPer > 0 {
		fmt.Fprint(m.w, "\r\x1b[K")
	}
}
