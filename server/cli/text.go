package cli

import (
	"fmt"
	"io"
	"strings"

	"procession/server/narrate"
	"procession/sim"
	"procession/sim/trace"
)

// text writes a sentence for each event, after its moment in seconds.
type text struct {
	w        io.Writer
	narrator *narrate.Narrator
	colour   bool
	only     only
	line     strings.Builder
}

func newText(w io.Writer, l look) (format, error) {
	n, err := narrate.New("en")
	return &text{w: w, narrator: n, colour: l.colour, only: l.only}, err
}

func (t *text) event(l *trace.Log, e *trace.Event) error {
	parts := t.narrator.Parts(l, e) // it wants every event
	if !t.only.wants(e) {
		return nil
	}
	t.line.Reset()
	fmt.Fprintf(&t.line, "%5d.%06d  ", e.Ts/1_000_000, e.Ts%1_000_000)
	for _, p := range parts {
		if code := ansi(p.Ink); t.colour && code != "" {
			t.line.WriteString("\x1b[" + code + "m" + p.Text + "\x1b[0m")
			continue
		}
		t.line.WriteString(p.Text)
	}
	t.line.WriteByte('\n')
	_, err := io.WriteString(t.w, t.line.String())
	return err
}

func (t *text) end(int64, sim.Scenario) error { return nil }

// processInks are the terminal's colours for processes 1, 2, 3 …, and round
// again: none of them is that of hit (green) or miss (red).
var processInks = []string{"34", "33", "36", "35", "94", "93", "96", "95"}

// ansi gives the terminal's colour for an ink, empty: none.
func ansi(ink string) string {
	switch ink {
	case "hit":
		return "1;32"
	case "miss":
		return "1;31"
	case "store":
		return "1;35"
	}
	var pid int
	if n, err := fmt.Sscanf(ink, "p%d", &pid); n != 1 || err != nil || pid < 1 {
		return ""
	}
	return processInks[(pid-1)%len(processInks)]
}
