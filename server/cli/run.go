package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/pflag"

	"procession/sim/scenario"
)

// Run does what the arguments after "run" say and gives the exit code.
// isTerminal says whether stdout is one, and so may have colours.
func Run(args []string, stdin io.Reader, stdout, stderr io.Writer, isTerminal bool) int {
	c := command{"run", stderr}
	var list string
	o, err := arguments{command: "run", formats: formatNames, more: func(fs *pflag.FlagSet) {
		fs.StringVar(&list, "only", "", "")
	}}.parse(args, stdin)
	if errors.Is(err, pflag.ErrHelp) {
		return c.done(help(stdout))
	}
	if err != nil {
		return c.badInput(err)
	}
	kinds, err := parseOnly(list)
	if err == nil && kinds != nil && o.format != "text" && o.format != "ndjson" {
		err = &scenario.Error{Key: "--only", Value: list, Allowed: "with the formats text and ndjson; the others need every event"}
	}
	if err != nil {
		return c.badInput(err)
	}
	out := bufio.NewWriterSize(stdout, 64<<10)
	f, err := newFormat(o.format, out, look{turns: o.scenario.Turns, colour: isTerminal && os.Getenv("NO_COLOR") == "", only: kinds})
	if err != nil {
		return c.done(err)
	}
	interrupted, stop := signals()
	defer stop()
	c.mention(o.scenario)
	l, err := watch(interrupted, o.scenario, o.until, f.event)
	if err == nil {
		err = f.end(l.now, l.scenario)
	}
	if err == nil {
		err = out.Flush()
	}
	return c.done(err)
}

// mention says when a scenario was made with another version of the simulator.
func (c command) mention(sc scenario.Scenario) {
	if sc.V != scenario.Version {
		fmt.Fprintf(c.stderr, "procession %s: this scenario was made with version %d of the simulator, and this is version %d: it may come out differently\n", c.name, sc.V, scenario.Version)
	}
}
