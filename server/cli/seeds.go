package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"runtime/debug"
	"strings"
	"sync"

	"github.com/spf13/pflag"

	"procession/sim"
	"procession/sim/scenario"
	"procession/sim/trace"
)

// maxSeeds is how many seeds one command may try.
const maxSeeds = 1_000_000

// seedOptions is what the arguments after "seeds" say.
type seedOptions struct {
	options
	seeds  int
	events []*happening
}

// Seeds does what the arguments after "seeds" say and gives the exit code.
// isTerminal says whether stderr is one, and so may show how far it is.
func Seeds(args []string, stdin io.Reader, stdout, stderr io.Writer, isTerminal bool) int {
	c := command{"seeds", stderr}
	o, err := parseSeeds(args, stdin)
	if errors.Is(err, pflag.ErrHelp) {
		return c.done(seedsHelp(stdout))
	}
	if err != nil {
		return c.badInput(err)
	}
	interrupted, stop := signals()
	defer stop()
	c.mention(o.scenario)
	defer debug.SetGCPercent(debug.SetGCPercent(manyRunsGC))
	meter := &meter{w: stderr, of: o.seeds, show: isTerminal}
	all := trySeeds(interrupted, o, meter.step)
	meter.clear()
	found := all.tally(o)
	if o.format == "json" {
		return c.done(writeJSON(stdout, found))
	}
	_, err = io.WriteString(stdout, found.text())
	return c.done(err)
}

// parseSeeds reads the arguments. The error is a sentence, or pflag.ErrHelp.
func parseSeeds(args []string, stdin io.Reader) (seedOptions, error) {
	var o seedOptions
	var events string
	var err error
	o.options, err = arguments{command: "seeds", formats: []string{"text", "json"}, defaults: crowd, more: func(fs *pflag.FlagSet) {
		fs.IntVar(&o.seeds, "seeds", 1000, "")
		fs.StringVar(&events, "event", defaultHappenings, "")
	}}.parse(args, stdin)
	if err != nil {
		return o, err
	}
	if o.seeds < 1 || o.seeds > maxSeeds {
		return o, &scenario.Error{Key: "--seeds", Value: fmt.Sprint(o.seeds), Allowed: fmt.Sprintf("a count from 1 to %d", maxSeeds)}
	}
	if o.scenario.Seed > math.MaxInt64-int64(o.seeds)+1 {
		return o, &scenario.Error{Key: "--seeds", Value: fmt.Sprint(o.seeds), Allowed: fmt.Sprintf("as many seeds as there are from %d on", o.scenario.Seed)}
	}
	for name := range strings.SplitSeq(events, ",") {
		h := findHappening(strings.TrimSpace(name))
		if h == nil {
			return o, &scenario.Error{Key: "--event", Value: name, Allowed: happeningNames() + ", with commas between"}
		}
		o.events = append(o.events, h)
	}
	return o, nil
}

func happeningNames() string {
	var names []string
	for _, h := range happenings {
		names = append(names, h.name)
	}
	return strings.Join(names, ", ")
}

// seedRun is what came of one seed.
type seedRun struct {
	done  bool
	stuck error // why the run could not go on
	times []int // how often each event happened
}

// seedRuns is what came of all, by seed.
type seedRuns []seedRun

// trySeeds runs the scenario with one seed after another, as many at a time as
// there are processors, until it is interrupted. done is called after each, by
// one goroutine at a time.
func trySeeds(interrupted context.Context, o seedOptions, done func()) seedRuns {
	all := make(seedRuns, o.seeds)
	var mu sync.Mutex
	inParallel(interrupted, o.seeds, func(i int) {
		run := trySeed(interrupted, o, o.scenario.Seed+int64(i))
		mu.Lock()
		defer mu.Unlock()
		all[i] = run
		done()
	})
	return all
}

// trySeed runs the scenario with one seed.
func trySeed(interrupted context.Context, o seedOptions, seed int64) seedRun {
	sc := withSeed(o.scenario, seed)
	r := seedRun{times: make([]int, len(o.events))}
	l, err := watch(interrupted, sc, o.until, func(_ *trace.Log, e *trace.Event) error {
		for i, h := range o.events {
			if h.is(e) {
				r.times[i]++
			}
		}
		return nil
	})
	r.stuck, r.done = err, err != nil || !l.interrupted
	return r
}

func withSeed(sc sim.Scenario, seed int64) sim.Scenario {
	sc.Seed = seed
	return sc
}

// seedsHelp writes what there is.
func seedsHelp(w io.Writer) error {
	var b strings.Builder
	b.WriteString(seedsHelpHead)
	var t table
	for _, h := range happenings {
		t.add("      "+h.name, h.meaning)
	}
	b.WriteString(t.String())
	b.WriteString(seedsHelpTail)
	_, err := io.WriteString(w, b.String())
	return err
}

const seedsHelpHead = `Runs one scenario with many seeds and prints how often things happened: a rare race is still a race.

  procession seeds [flags] [SCENARIO]

SCENARIO is as for procession run, which also explains the keys. The first seed is the
scenario's own. Visitors jitter by 50 % unless the scenario says otherwise.

Flags
  --seeds N      so many seeds, one after another (default 1000)
  --event LIST   what to count, with commas between (default: the first six):
`

const seedsHelpTail = `  --until TIME   leave runs that have not ended at this virtual time (default 60s, at most 24h)
  --format text  for each event: in how many seeds it happened, a histogram of how often, and the
                 first seed that shows it, with its link and command (default)
  --format json  the same
  -h, --help     this text

The seeds run side by side on all processors; the result does not depend on how many there are.
Ctrl-C prints what came of the seeds so far.

Example
  procession seeds 'mode=threads&lock=none&workers=4&visitors=8' --seeds 200 --event crash
`
