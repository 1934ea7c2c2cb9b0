package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"procession/server/cli"
	"procession/sim/scenario"
)

const about = `Procession shows how a session gets lost between processes, and what helps.

Usage:
  procession [serve] [flags]              serve the page (also without any argument)
  procession run [flags] [SCENARIO]       run a scenario in the terminal
  procession compare [flags] [SCENARIO]   the same traffic under five cures, side by side
  procession seeds [flags] [SCENARIO]     one scenario with many seeds: how often does it happen?
  procession lint [flags] [DIR|FILE...]   run every step of lessons: is what they say so?
  procession new-lesson [flags] NAME      make the start of a lesson
  procession help [TOPIC]                 say more: serve, run, compare, seeds, lint, new-lesson,
                                          scenario, costs

Try:
  procession -open
  procession run 'mode=local&workers=2&script=login,visit*20' --format strip
  procession compare 'cores=4&workers=4&visitors=20&costs=measured'
  procession help scenario

From a checkout, "procession" is "go run ./server".
`

// help answers "procession help ...".
func help(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	if len(args) == 0 {
		fmt.Fprint(stdout, about)
		return exitOK
	}
	switch topic := args[0]; {
	case len(args) > 1:
	case topic == "serve", topic == "run", topic == "compare", topic == "seeds", topic == "lint", topic == "new-lesson":
		return execute([]string{topic, "-h"}, stdin, stdout, stderr)
	case topic == "scenario":
		helpScenario(stdout)
		return exitOK
	case topic == "costs":
		return cli.Costs(stdout, stderr)
	case topic == "help":
		fmt.Fprint(stdout, about)
		return exitOK
	}
	fmt.Fprintf(stderr, "There is no help about %q; there is help about serve, run, compare, seeds, lint, new-lesson, scenario and costs.\n", strings.Join(args, " "))
	return exitUsage
}

// helpScenario explains the grammar from the grammar itself.
func helpScenario(stdout io.Writer) {
	fmt.Fprint(stdout, `A scenario is written like the query of a link, here and in the browser:

  mode=store&workers=3&visitors=Ada,Grace&do=12s crash 1; 15s store down

Keys that are left out have their default. Those marked with + can be set while
a run goes on ("set workers=3").

`)
	w := tabwriter.NewWriter(stdout, 0, 0, 2, ' ', 0)
	for _, k := range scenario.Keys() {
		live := " "
		if k.Live {
			live = "+"
		}
		fmt.Fprintf(w, "%s %s\t%s\n", live, k.Name, k.Meaning)
		fmt.Fprintf(w, "\tallowed: %s\n", k.Values)
		if k.Default != "" {
			fmt.Fprintf(w, "\tdefault: %s\n", k.Default)
		}
	}
	w.Flush()
}
