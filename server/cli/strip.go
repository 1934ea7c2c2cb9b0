package cli

import (
	"io"
	"strings"

	"procession/sim"
	"procession/sim/trace"
)

// strip writes for each visitor a line with all answers in the cell notation:
// the worker's letter, the mark of what happened, the mark of the cookie. With
// turns there is one line for all, in the order of the answers.
type strip struct {
	w       io.Writer
	turns   bool
	lines   []*stripLine // of the visitors, in the order of joining
	of      map[trace.TextID]*stripLine
	all     stripLine
	letters map[int16]byte // of the workers that have answered
}

// stripLine is the line of a visitor.
type stripLine struct {
	name  string
	cells strings.Builder
}

func newStrip(w io.Writer, l look) (format, error) {
	return &strip{w: w, turns: l.turns, of: map[trace.TextID]*stripLine{}, all: stripLine{name: "all"}, letters: map[int16]byte{}}, nil
}

func (s *strip) event(l *trace.Log, e *trace.Event) error {
	switch e.Kind {
	case trace.VisitorJoined:
		s.line(l, e.Visitor)
	case trace.RequestDone:
		line := &s.all
		if !s.turns {
			line = s.line(l, e.Visitor)
		}
		line.cells.WriteByte(' ')
		if letter, ok := s.letter(e); ok {
			line.cells.WriteByte(letter)
		}
		line.cells.WriteString(l.Mark(e))
		line.cells.WriteString(trace.CookieMark(e.Cookie))
	}
	return nil
}

// line gives the line of a visitor, who may be new.
func (s *strip) line(l *trace.Log, visitor trace.TextID) *stripLine {
	line := s.of[visitor]
	if line == nil {
		line = &stripLine{name: l.Text(visitor)}
		s.of[visitor] = line
		s.lines = append(s.lines, line)
	}
	return line
}

// letter gives the letter of the worker that answered: A to the first that
// ever did, B to the next. Who breaks a connection has not answered.
func (s *strip) letter(e *trace.Event) (byte, bool) {
	letter, ok := s.letters[e.Pid]
	if !ok && e.Pid != 0 && e.Outcome() != trace.Reset {
		letter, ok = 'A'+byte(len(s.letters)), true
		s.letters[e.Pid] = letter
	}
	return letter, ok
}

func (s *strip) end(int64, sim.Scenario) error {
	lines := s.lines
	if s.turns {
		lines = []*stripLine{&s.all}
	}
	for _, line := range lines {
		if _, err := io.WriteString(s.w, line.name+":"+line.cells.String()+"\n"); err != nil {
			return err
		}
	}
	return nil
}
