package cli

import (
	"fmt"
	"io"
	"strings"

	"procession/sim/cluster"
	"procession/sim/notmodelled"
)

// costsHead stands before the table of costs.
const costsHead = `What things take, in virtual time, with costs=measured and with costs=teaching, which stretches
them for the eye; and where the measured figures are from. Neither touches think, keep-alive,
TTLs and the time limits of clients: those are what they are in real life.
`

// limitsHead stands before what is not modelled.
const limitsHead = `What is not modelled`

// Costs writes the table of costs with its sources, and what is not modelled,
// and gives the exit code.
func Costs(stdout, stderr io.Writer) int {
	var t table
	t.add("", "measured", "teaching", "stretched", "source")
	for _, c := range cluster.Table {
		t.add(c.Name, cost(c.Measured), cost(c.Teaching), stretched(c), c.Source)
	}
	var b strings.Builder
	b.WriteString(costsHead + "\n" + t.String() + "\n" + limitsHead + "\n\n")
	for _, sentence := range notmodelled.List() {
		wrapItem(&b, sentence)
	}
	_, err := io.WriteString(stdout, b.String())
	return command{"help costs", stderr}.done(err)
}

// cost writes ns for people: as span does, and "1.45 µs".
func cost(ns int64) string {
	if ns < 10_000 {
		return figure(float64(ns)/1e3, 2) + " µs"
	}
	return span(ns / 1e3)
}

// stretched says how much longer a thing takes for the eye.
func stretched(c cluster.Cost) string {
	if c.Measured == 0 || c.Measured == c.Teaching {
		return "–"
	}
	factor := float64(c.Teaching) / float64(c.Measured)
	if factor < 10 {
		return fmt.Sprintf("%.1f ×", factor)
	}
	return fmt.Sprintf("%.0f ×", factor)
}

// wrapItem writes a sentence as an item of a list, in lines of at most helpWidth.
func wrapItem(b *strings.Builder, text string) {
	line := "-"
	for _, word := range strings.Fields(text) {
		if len([]rune(line))+1+len([]rune(word)) > helpWidth {
			b.WriteString(line + "\n")
			line = " "
		}
		line += " " + word
	}
	b.WriteString(line + "\n")
}
