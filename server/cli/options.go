package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"procession/sim"
	"procession/sim/scenario"
)

// options is what the arguments of a command say.
type options struct {
	scenario sim.Scenario
	until    int64 // virtual µs
	format   string
}

// defaultUntil is where a run that has no end is left, in the grammar's words.
const defaultUntil = "60s"

// arguments says which arguments a command takes.
type arguments struct {
	command  string
	formats  []string                // the first is the default
	defaults defaults                // of keys that the scenario does not give
	more     func(fs *pflag.FlagSet) // adds flags of the command's own; may be nil
}

// parse reads the arguments. The error is a sentence, or pflag.ErrHelp.
func (a arguments) parse(args []string, stdin io.Reader) (options, error) {
	var o options
	flags := pflag.NewFlagSet(a.command, pflag.ContinueOnError)
	flags.SetOutput(io.Discard) // we say it ourselves
	flags.Usage = func() {}
	until := flags.String("until", defaultUntil, "")
	flags.StringVar(&o.format, "format", a.formats[0], "")
	wantHelp := flags.BoolP("help", "h", false, "")
	if a.more != nil {
		a.more(flags)
	}
	if err := flags.Parse(withTwoDashes(flags, args)); err != nil {
		return o, fmt.Errorf("%w; `procession %s -h` says what there is", err, a.command)
	}
	if *wantHelp {
		return o, pflag.ErrHelp
	}
	var err error
	if o.until, err = scenario.ParseDuration(*until, 1); err != nil {
		return o, &scenario.Error{Key: "--until", Value: *until, Allowed: "a duration up to 24h, such as 20s or 1m30s"}
	}
	if !slices.Contains(a.formats, o.format) {
		return o, &scenario.Error{Key: "--format", Value: o.format, Allowed: strings.Join(a.formats, ", ")}
	}
	switch flags.NArg() {
	case 0:
		o.scenario, err = a.defaults.parse("")
	case 1:
		o.scenario, err = a.defaults.read(flags.Arg(0), stdin)
	default:
		err = fmt.Errorf("one scenario is wanted, and there are %d arguments: %q; put the scenario in quotes: 'mode=local&workers=2'", flags.NArg(), flags.Args())
	}
	return o, err
}

// withTwoDashes lets the long flags be written with one dash, too, as those of
// the server are.
func withTwoDashes(flags *pflag.FlagSet, args []string) []string {
	out := slices.Clone(args)
	for i, a := range args {
		name, _, _ := strings.Cut(strings.TrimPrefix(a, "-"), "=")
		if strings.HasPrefix(a, "-") && len(name) > 1 && flags.Lookup(name) != nil {
			out[i] = "-" + a
		}
	}
	return out
}
