// Gotest runs go test, and says while it runs which tests take long:
//
//	go run ./tools/gotest -race ./...
//
// By itself go test says nothing of a package until all of its tests are done.
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			os.Exit(exit.ExitCode()) // go test has said why
		}
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run runs go test with some arguments.
func run(args []string) error {
	cmd := exec.Command("go", append([]string{"test", "-json"}, args...)...)
	cmd.Stderr = os.Stderr
	events, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	follow(events, os.Stdout)
	return cmd.Wait()
}
