package cli_test

import (
	"fmt"
	"os"

	"procession/server/cli"
)

func Example() {
	const isTerminal = false
	code := cli.Run([]string{"mode=local&workers=2&visitors=Ada&script=login,visit*6", "--format", "strip"}, os.Stdin, os.Stdout, os.Stderr, isTerminal)
	fmt.Println("exit code", code)
	// Output:
	// Ada: AL* B- A+ B- A+ B- A+
	// exit code 0
}
