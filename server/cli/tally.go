package cli

import (
	"fmt"
	"strconv"
	"strings"

	"procession/sim/scenario"
)

// tally is how often events happened over many seeds.
type tally struct {
	Scenario string `json:"scenario"` // as given, with the defaults of seeds
	Until    int64  `json:"until"`    // virtual µs
	From     int64  `json:"from"`     // the first seed
	Asked    int    `json:"asked"`    // how many seeds were asked for
	Seeds    int    `json:"seeds"`    // how many were tried: fewer when interrupted

	Events []eventTally `json:"events"` // in the order in which they were asked for
	// Stuck counts the runs that made no progress in virtual time and were given up.
	Stuck      int        `json:"stuck"`
	FirstStuck *firstSeed `json:"firstStuck"`
}

// eventTally is how often one event happened.
type eventTally struct {
	Event     string     `json:"event"`
	Seeds     int        `json:"seeds"` // in which it happened
	Total     int        `json:"total"` // over all seeds
	Most      int        `json:"most"`  // in one seed
	Histogram []bar      `json:"histogram"`
	First     *firstSeed `json:"first"` // null: it never happened
}

// bar says in how many seeds an event happened so often.
type bar struct {
	Times int `json:"times"`
	Seeds int `json:"seeds"`
}

// firstSeed is the first seed in which something happened, ready to be opened.
type firstSeed struct {
	Seed    int64  `json:"seed"`
	Times   int    `json:"times"`
	Link    string `json:"link"`
	Command string `json:"command"`
	Error   string `json:"error,omitempty"`
}

// tally adds up the seeds from the first on, as far as there is no gap: so an
// interrupted command, too, says something about seeds in their order.
func (all seedRuns) tally(o seedOptions) tally {
	t := tally{Scenario: o.scenario.String(), Until: o.until, From: o.scenario.Seed, Asked: o.seeds}
	for t.Seeds < len(all) && all[t.Seeds].done {
		if run := all[t.Seeds]; run.stuck != nil {
			if t.Stuck++; t.FirstStuck == nil {
				t.FirstStuck = newFirst(o, t.Seeds)
				t.FirstStuck.Error = run.stuck.Error()
			}
		}
		t.Seeds++
	}
	for i, h := range o.events {
		e := eventTally{Event: h.name, Histogram: []bar{}}
		seeds := map[int]int{} // by how often it happened
		for j, run := range all[:t.Seeds] {
			times := run.times[i]
			seeds[times]++
			e.Total += times
			e.Most = max(e.Most, times)
			if times == 0 {
				continue
			}
			if e.Seeds++; e.First == nil {
				e.First = newFirst(o, j)
				e.First.Times = times
			}
		}
		for times := 0; times <= e.Most; times++ {
			if seeds[times] > 0 {
				e.Histogram = append(e.Histogram, bar{times, seeds[times]})
			}
		}
		t.Events = append(t.Events, e)
	}
	return t
}

// newFirst makes the way to a seed.
func newFirst(o seedOptions, index int) *firstSeed {
	f := &firstSeed{Seed: o.scenario.Seed + int64(index)}
	query := withSeed(o.scenario, f.Seed).String()
	f.Link = "/?" + query
	f.Command = "procession run '" + query + "'"
	if until := untilFlag(o.until); until != "" {
		f.Command += " " + until
	}
	return f
}

// untilFlag gives the flag for a moment that is not the default.
func untilFlag(until int64) string {
	if text := scenario.FormatDuration(until); text != defaultUntil {
		return "--until " + text
	}
	return ""
}

// text writes the tally for people.
func (t tally) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s of %s, up to %s of virtual time each.\n", counted(t.Seeds, "seed"), t.Scenario, span(t.Until))
	if t.Seeds < t.Asked {
		fmt.Fprintf(&b, "Interrupted: %d were asked for.\n", t.Asked)
	}
	for _, e := range t.Events {
		b.WriteByte('\n')
		e.write(&b, t.Seeds)
	}
	if t.Stuck > 0 {
		fmt.Fprintf(&b, "\n%s made no progress and were given up. The first is seed %d: %s\n  %s\n", counted(t.Stuck, "run"), t.FirstStuck.Seed, t.FirstStuck.Error, t.FirstStuck.Command)
	}
	return b.String()
}

func (e eventTally) write(b *strings.Builder, of int) {
	if e.First == nil {
		fmt.Fprintf(b, "%s: in none of %s\n", e.Event, counted(of, "seed"))
		return
	}
	fmt.Fprintf(b, "%s: in %d of %s (%s %%), %s in all, at most %d in one\n", e.Event, e.Seeds, counted(of, "seed"),
		figure(100*float64(e.Seeds)/float64(of), 2), counted(e.Total, "time"), e.Most)
	b.WriteString(draw(e.Histogram))
	fmt.Fprintf(b, "  first with seed %d: %s\n    %s\n", e.First.Seed, e.First.Link, e.First.Command)
}

// counted writes a count of things.
func counted(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return strconv.Itoa(n) + " " + thing + "s"
}
