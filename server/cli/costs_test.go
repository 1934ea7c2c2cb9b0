package cli_test

import (
	"os"
	"strings"
	"testing"

	"procession/server/cli"
)

// The README has the table of costs between these lines.
const (
	costsBegin = "<!-- costs: written by go test ./server/cli -rewrite -->\n"
	costsEnd   = "<!-- end of costs -->"
)

// TestCostsInReadme: what the README says of costs is what the simulator takes.
func TestCostsInReadme(t *testing.T) {
	const path = "../../README.md"
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(file), costsBegin)
	have, after, ended := strings.Cut(rest, costsEnd)
	if !found || !ended {
		t.Fatalf("%s has no place for the costs: a line %q and, below it, %q", path, strings.TrimSpace(costsBegin), costsEnd)
	}
	want := "\n" + cli.CostsMarkdown() + "\n"
	if have == want {
		return
	}
	if !*rewrite {
		t.Fatalf("the costs in %s are not those of the simulator (-rewrite writes them)", path)
	}
	if err := os.WriteFile(path, []byte(before+costsBegin+want+costsEnd+after), 0o644); err != nil {
		t.Fatal(err)
	}
}
