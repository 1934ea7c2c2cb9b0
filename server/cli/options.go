package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/pflag"

	"procession/sim"
	"procession/sim/scenario"
)

// options is what the arguments say.
type options struct {
	scenario sim.Scenario
	until    int64 // virtual µs
	format   string
}

// defaultUntil is where a run that has no end is left, in the grammar's words.
const defaultUntil = "60s"

// parse reads the arguments. The error is a sentence, or pflag.ErrHelp.
func parse(args []string, stdin io.Reader) (options, error) {
	var o options
	flags := pflag.NewFlagSet("run", pflag.ContinueOnError)
	flags.SetOutput(io.Discard) // we say it ourselves
	flags.Usage = func() {}
	until := flags.String("until", defaultUntil, "")
	flags.StringVar(&o.format, "format", "text", "")
	wantHelp := flags.BoolP("help", "h", false, "")
	if err := flags.Parse(withTwoDashes(args)); err != nil {
		return o, fmt.Errorf("%w; `procession run -h` says what there is", err)
	}
	if *wantHelp {
		return o, pflag.ErrHelp
	}
	var err error
	if o.until, err = scenario.ParseDuration(*until, 1); err != nil {
		return o, &scenario.Error{Key: "--until", Value: *until, Allowed: "a duration up to 24h, such as 20s or 1m30s"}
	}
	if formats[o.format] == nil {
		return o, &scenario.Error{Key: "--format", Value: o.format, Allowed: strings.Join(formatNames, ", ")}
	}
	switch flags.NArg() {
	case 0:
		o.scenario = scenario.Default()
	case 1:
		o.scenario, err = read(flags.Arg(0), stdin)
	default:
		err = fmt.Errorf("one scenario is wanted, and there are %d arguments: %q; put the scenario in quotes: 'mode=local&workers=2'", flags.NArg(), flags.Args())
	}
	return o, err
}

// withTwoDashes lets the long flags be written with one dash, too, as those of
// the server are.
func withTwoDashes(args []string) []string {
	out := make([]string, len(args))
	for i, a := range args {
		out[i] = a
		for _, name := range []string{"until", "format", "help"} {
			if a == "-"+name || strings.HasPrefix(a, "-"+name+"=") {
				out[i] = "-" + a
			}
		}
	}
	return out
}
