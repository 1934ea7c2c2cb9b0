// Procession shows, live and in a browser, how a session gets lost between
// processes. See help.go for what the program can do.
package main

import (
	"fmt"
	"io"
	"os"

	"github.com/mattn/go-isatty"

	"procession/server/cli"
)

// Exit codes.
const (
	exitOK     = 0
	exitFailed = 1 // something outside was not as it must be, such as a port that is taken
	exitUsage  = 2 // the command line or the scenario was wrong
)

func main() {
	os.Exit(execute(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// execute does what the arguments say and gives the exit code.
func execute(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	command := "serve"
	if len(args) > 0 && (len(args[0]) == 0 || args[0][0] != '-') {
		command, args = args[0], args[1:]
	} else if len(args) > 0 && (args[0] == "-h" || args[0] == "-help" || args[0] == "--help") {
		command, args = "help", nil
	}
	switch command {
	case "serve":
		return serve(args, stdout, stderr)
	case "run":
		return cli.Run(args, stdin, stdout, stderr, isTerminal(stdout))
	case "compare":
		return cli.Compare(args, stdin, stdout, stderr)
	case "seeds":
		return cli.Seeds(args, stdin, stdout, stderr, isTerminal(stderr))
	case "lint":
		return cli.Lint(args, stdout, stderr)
	case "new-lesson":
		return cli.NewLesson(args, stdout, stderr)
	case "help":
		return help(args, stdin, stdout, stderr)
	}
	fmt.Fprintf(stderr, "There is no command %q; the commands are serve, run, compare, seeds, lint, new-lesson and help.\n", command)
	return exitUsage
}

// isTerminal says whether a person reads along.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && isatty.IsTerminal(f.Fd())
}
