package main

import (
	"fmt"
	"io"
	"text/tabwriter"
)

// report is what a benchmark found out.
type report struct {
	samples []sample
	goals   []goal
}

// goal is what we hold ourselves to.
type goal struct {
	what  string
	got   float64
	least float64 // 0: there is no least
	most  float64 // used when there is no least
	unit  string  // behind the figures: "×"
}

func (g goal) met() bool {
	if g.least > 0 {
		return g.got >= g.least
	}
	return g.got <= g.most
}

func (r report) met() bool {
	for _, g := range r.goals {
		if !g.met() {
			return false
		}
	}
	return true
}

func (r report) print(out io.Writer) {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	if len(r.samples) > 0 {
		fmt.Fprintln(w, "  who\tns, median\tfrom\tto\tallocations")
	}
	for _, s := range r.samples {
		least, most := s.ns[0], s.ns[0]
		for _, ns := range s.ns {
			least, most = min(least, ns), max(most, ns)
		}
		fmt.Fprintf(w, "  %s\t%.1f\t%.1f\t%.1f\t%.3f per %s\n", s.name, median(s.ns), least, most, s.allocs, s.unit)
	}
	w.Flush()
	w = tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "  goal\tis\tshould be\tverdict")
	for _, g := range r.goals {
		should, verdict := fmt.Sprintf("at most %g%s", g.most, g.unit), "missed"
		if g.least > 0 {
			should = fmt.Sprintf("at least %g%s", g.least, g.unit)
		}
		if g.met() {
			verdict = "met"
		}
		fmt.Fprintf(w, "  %s\t%s%s\t%s\t%s\n", g.what, figure(g.got), g.unit, should, verdict)
	}
	w.Flush()
	fmt.Fprintln(out)
}

// figure gives a number with three digits; what is as good as nothing is 0.
func figure(x float64) string {
	if x < 1e-4 {
		return "0"
	}
	return fmt.Sprintf("%.3g", x)
}
