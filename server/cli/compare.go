package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"

	"github.com/spf13/pflag"

	"procession/sim"
	"procession/sim/scenario"
	"procession/sim/stats"
	"procession/sim/trace"
)

// crowd are the defaults of commands that look at many visitors or many runs:
// without jitter everybody may happen to land where they were.
var crowd = defaults{"jitter": "50"}

// manyRunsGC lets garbage be collected less often than usual (100): runs that
// only count leave much of it, and hold little.
const manyRunsGC = 400

// errInterrupted ends a command that has nothing to say before its end.
var errInterrupted = errors.New("interrupted; there is nothing to compare yet")

// Compare does what the arguments after "compare" say and gives the exit code.
func Compare(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	c := command{"compare", stderr}
	o, err := arguments{command: "compare", formats: []string{"text", "json"}, defaults: crowd}.parse(args, stdin)
	if errors.Is(err, pflag.ErrHelp) {
		_, err := io.WriteString(stdout, compareHelp)
		return c.done(err)
	}
	if err == nil {
		err = checkDo(o.scenario)
	}
	if err != nil {
		return c.badInput(err)
	}
	interrupted, stop := signals()
	defer stop()
	c.mention(o.scenario)
	defer debug.SetGCPercent(debug.SetGCPercent(manyRunsGC))
	all, err := compare(interrupted, o)
	if err != nil {
		return c.done(err)
	}
	if o.format == "json" {
		return c.done(writeJSON(stdout, all))
	}
	_, err = io.WriteString(stdout, all.text())
	return c.done(err)
}

// checkDo refuses commands that would turn one row into another.
func checkDo(sc sim.Scenario) error {
	for _, cmd := range sc.Do {
		if cmd.Verb == scenario.Set && (cmd.Key == "mode" || cmd.Key == "balancer") {
			return &scenario.Error{Key: "do", Value: cmd.String(), Allowed: "every command but set mode and set balancer, since compare chooses these itself"}
		}
	}
	return nil
}

// compare runs the scenario under each cure, as many at a time as there are processors.
func compare(interrupted context.Context, o options) (comparison, error) {
	all := comparison{Scenario: o.scenario.String(), Until: o.until, Rows: make([]comparedRun, len(cures))}
	errs := make([]error, len(cures))
	inParallel(interrupted, len(cures), func(i int) {
		sc := cures[i].apply(o.scenario)
		counter := stats.NewCounter()
		l, err := watch(interrupted, sc, o.until, func(l *trace.Log, e *trace.Event) error {
			counter.Add(l, e)
			return nil
		})
		if err != nil {
			errs[i] = fmt.Errorf("%s: %w", cures[i].name, err)
		}
		all.Rows[i] = comparedRun{Cure: cures[i].name, Price: cures[i].price, Scenario: sc.String(), Summary: counter.SummaryAt(l.now)}
	})
	if err := errors.Join(errs...); err != nil {
		return all, err
	}
	if interrupted.Err() != nil {
		return all, errInterrupted
	}
	return all, nil
}

const compareHelp = `Runs the same traffic under five cures, side by side, and prints what each of them costs.

  procession compare [flags] [SCENARIO]

  local    each process remembers by itself (mode=local): the bug
  sticky   the balancer sends each visitor to the same process (balancer=sticky-cookie)
  store    all processes ask a shared store (mode=store)
  cookie   the visitor carries the session (mode=cookie)
  threads  one process, whose threads share its memory (mode=threads)

SCENARIO is as for procession run, which also explains the keys. The mode is chosen by compare;
another balancer than the default stays for all cures but sticky (and local, if it was
sticky-cookie). Visitors jitter by 50 % unless the scenario says otherwise.

Flags
  --until TIME   leave runs that have not ended at this virtual time (default 60s, at most 24h)
  --format text  a table, and the link of each row (default)
  --format json  the whole summary of each run; times are virtual microseconds
  -h, --help     this text

Hit ratio: how often a cookie's session was found. p50, p95: so long 50 and 95 of 100 requests
took at most. Requests/s and cores busy: in the mean, from the beginning to the last answer of the
scripts, or to --until; context switches are work. The store, the balancer and the visitors take
no core of the machine. Memory: 58 MB a copy of the app and 24 KB a thread. Columns of which there
is nothing, such as failed requests, are left out.

Examples
  procession compare 'cores=4&workers=4&visitors=20&costs=measured'
  procession compare 'cores=4&workers=4&visitors=20&do=20s crash 1; 40s reload'
`
