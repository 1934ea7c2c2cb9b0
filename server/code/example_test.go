package code_test

import (
	"fmt"
	"strings"

	"procession/server/code"
)

func Example() {
	files, err := code.Files()
	if err != nil {
		fmt.Println(err) // with the file and the line of a mark that cannot be
		return
	}
	// A visit whose session was not found: the most exact mark decides.
	for _, file := range files[:2] {
		lines, ok := file.Marks["session.read.visit.miss"]
		if !ok {
			lines = file.Marks["session.read.visit"]
		}
		for _, n := range lines {
			fmt.Printf("%s: %s\n", file.Name, strings.TrimSpace(file.Lines[n-1]))
		}
	}
	// Output:
	// handler.go: s, err := in.sessions.load(t, r)
	// session.go: e.read(t, r, trace.Miss)
}
