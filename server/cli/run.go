package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/pflag"

	"procession/sim"
	"procession/sim/scenario"
)

// The exit codes.
const (
	exitOK       = 0
	exitFailed   = 1 // what was asked for was fine, but could not be done: a full disk
	exitBadInput = 2
)

// slice is how much virtual time goes by between two looks at what happened,
// in µs: the events of a slice are what is held in memory.
const slice = 100_000

// keep is how many events the log holds while they are streamed out. The run
// itself needs none.
const keep = 0

// Run does what the arguments after "run" say and gives the exit code.
// isTerminal says whether stdout is one, and so may have colours.
func Run(args []string, stdin io.Reader, stdout, stderr io.Writer, isTerminal bool) int {
	o, err := parse(args, stdin)
	if errors.Is(err, pflag.ErrHelp) {
		return done(stderr, help(stdout))
	}
	if err != nil {
		complain(stderr, err)
		return exitBadInput
	}
	if o.scenario.V != scenario.Version {
		fmt.Fprintf(stderr, "procession run: this scenario was made with version %d of the simulator, and this is version %d: it may come out differently\n", o.scenario.V, scenario.Version)
	}
	out := bufio.NewWriterSize(stdout, 64<<10)
	f, err := newFormat(o.format, out, o.scenario.Turns, isTerminal && os.Getenv("NO_COLOR") == "")
	if err != nil {
		return done(stderr, err)
	}

	// A reader that has seen enough, as in `| head`, is an error of the write
	// and not a signal that kills.
	signal.Ignore(syscall.SIGPIPE)
	defer signal.Reset(syscall.SIGPIPE)
	interrupted, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()

	err = play(interrupted, o, f)
	if err == nil {
		err = out.Flush()
	}
	return done(stderr, err)
}

// play runs the scenario to its end, to the moment asked for or to an
// interrupt, and gives every event to the format.
func play(interrupted context.Context, o options, f format) error {
	run := sim.New(o.scenario)
	defer run.Close()
	log := run.Log()
	seq := 0
	for interrupted.Err() == nil {
		next, ok := run.Next()
		if !ok || next > o.until {
			break
		}
		run.Advance(min(o.until, next+slice))
		for seq < log.Len() {
			seq++
			if err := f.event(log, log.At(seq)); err != nil {
				return err
			}
		}
		log.Trim(keep)
	}
	if err := run.Err(); err != nil {
		return fmt.Errorf("the run could not go on at %d µs: %w", run.Now(), err)
	}
	now := run.Now()
	if interrupted.Err() == nil && !run.Ended() {
		now = o.until
	}
	return f.end(now, run.Scenario())
}

// done gives the exit code of what was tried. That nobody reads any more is
// no failure.
func done(stderr io.Writer, err error) int {
	if err == nil || errors.Is(err, syscall.EPIPE) || errors.Is(err, io.ErrClosedPipe) {
		return exitOK
	}
	complain(stderr, err)
	return exitFailed
}

// complain says what was wrong.
func complain(stderr io.Writer, err error) {
	fmt.Fprintln(stderr, "procession run:", err)
}
