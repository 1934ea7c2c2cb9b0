package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// The exit codes.
const (
	exitOK       = 0
	exitFailed   = 1 // what was asked for was fine, but could not be done: a full disk
	exitBadInput = 2
)

// command is one of the program's commands, as far as its end is concerned.
type command struct {
	name   string
	stderr io.Writer
}

// signals gives a context that is done at SIGINT or SIGTERM. Until stop is
// called, a reader that has seen enough, as in `| head`, is an error of the
// write and not a signal that kills.
func signals() (interrupted context.Context, stop func()) {
	signal.Ignore(syscall.SIGPIPE)
	interrupted, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	return interrupted, func() {
		cancel()
		signal.Reset(syscall.SIGPIPE)
	}
}

// done gives the exit code of what was tried. That nobody reads any more is
// no failure.
func (c command) done(err error) int {
	if err == nil || errors.Is(err, syscall.EPIPE) || errors.Is(err, io.ErrClosedPipe) {
		return exitOK
	}
	c.complain(err)
	return exitFailed
}

// badInput says what was wrong with the arguments.
func (c command) badInput(err error) int {
	c.complain(err)
	return exitBadInput
}

// complain says what was wrong.
func (c command) complain(err error) {
	fmt.Fprintf(c.stderr, "procession %s: %v\n", c.name, err)
}
