package cli

import (
	"fmt"
	"strconv"
	"strings"

	"procession/sim/stats"
)

// comparison is the same traffic under each of the cures.
type comparison struct {
	Scenario string        `json:"scenario"` // as given, with the defaults of compare
	Until    int64         `json:"until"`    // virtual µs
	Rows     []comparedRun `json:"cures"`
}

// comparedRun is the traffic under one of them.
type comparedRun struct {
	Cure     string        `json:"cure"`
	Price    string        `json:"price"`
	Scenario string        `json:"scenario"`
	Summary  stats.Summary `json:"summary"`
}

// column is a column of the comparison.
type column struct {
	name string
	cell func(s *stats.Summary) string
	// count says how much there is of what stands in it; a column of nothing is
	// left out. nil: it always stands.
	count func(s *stats.Summary) int
}

var columns = []column{
	{"logouts by chance", func(s *stats.Summary) string { return strconv.Itoa(s.Logouts) }, nil},
	{"hit ratio", func(s *stats.Summary) string { return ratio(s.HitRatio) }, nil},
	{"failed", func(s *stats.Summary) string { return strconv.Itoa(s.Errors + s.Resets) }, func(s *stats.Summary) int { return s.Errors + s.Resets }},
	{"lost updates", func(s *stats.Summary) string { return strconv.Itoa(s.LostUpdates) }, func(s *stats.Summary) int { return s.LostUpdates }},
	{"deadlocks", func(s *stats.Summary) string { return strconv.Itoa(s.Deadlocks) }, func(s *stats.Summary) int { return s.Deadlocks }},
	{"not heard", func(s *stats.Summary) string { return strconv.Itoa(s.Unheard) }, func(s *stats.Summary) int { return s.Unheard }},
	{"p50", func(s *stats.Summary) string { return span(s.Latency.P50) }, nil},
	{"p95", func(s *stats.Summary) string { return span(s.Latency.P95) }, nil},
	{"requests/s", func(s *stats.Summary) string { return strconv.FormatFloat(s.Throughput, 'f', 1, 64) }, nil},
	{"cores busy", func(s *stats.Summary) string { return busy(s.Cores) }, nil},
	{"memory", func(s *stats.Summary) string { return megabytes(s.Memory.Resident) }, nil},
	{"store commands", func(s *stats.Summary) string { return strconv.Itoa(s.Commands) }, nil},
}

// luck explains a green first row.
const luck = `
Under local nobody was logged out by chance: everybody landed where their session was. That is the
timing, the balancer or the connections of this run, and no cure: another moment can end it.
`

// text gives the comparison as a table with a word before and after it.
func (c comparison) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "The same traffic under five cures: %s, up to %s of virtual time.\n\n", c.Scenario, span(c.Until))
	var t table
	upper, lower := []string{""}, []string{""} // a name stands on two lines, so that the table is not too wide
	for _, col := range c.columns() {
		first, second, found := strings.Cut(col.name, " ")
		if !found {
			first, second = "", first
		}
		upper, lower = append(upper, first), append(lower, second)
	}
	t.add(append(upper, "")...)
	t.add(append(lower, "price")...)
	for i := range c.Rows {
		row := []string{c.Rows[i].Cure}
		for _, col := range c.columns() {
			row = append(row, col.cell(&c.Rows[i].Summary))
		}
		t.add(append(row, c.Rows[i].Price)...)
	}
	b.WriteString(t.String())
	if local := c.Rows[0].Summary; local.Logouts == 0 && local.Hits > 0 {
		b.WriteString(luck)
	}
	b.WriteString("\nOn the page:\n")
	for _, row := range c.Rows {
		fmt.Fprintf(&b, "  %-7s  /?%s\n", row.Cure, row.Scenario)
	}
	return b.String()
}

// columns gives the columns in which there is something.
func (c comparison) columns() []column {
	var some []column
	for _, col := range columns {
		there := col.count == nil
		for i := range c.Rows {
			there = there || col.count(&c.Rows[i].Summary) > 0
		}
		if there {
			some = append(some, col)
		}
	}
	return some
}
