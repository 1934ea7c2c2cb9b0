package testenv

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// required, set in the environment to 1, makes a missing tool a failure.
const required = "PROCESSION_REQUIRE_TOOLS"

// Tool gives the path of the first of some programs that is installed. Where
// none is, the test is skipped.
func Tool(t testing.TB, names ...string) string {
	t.Helper()
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	Missing(t, strings.Join(names, " or ")+" is not installed")
	return ""
}

// Missing skips a test that lacks something, and says what. Where tools are
// required, as in CI, the test fails.
func Missing(t testing.TB, what string) {
	t.Helper()
	if os.Getenv(required) == "1" {
		t.Fatalf("%s, and %s=1 requires it", what, required)
	}
	t.Skip(what)
}
