package testenv

import (
	"os"
	"testing"
)

// long, set in the environment, asks for long tests, too.
const long = "PROCESSION_LONG"

// Whole says whether long tests are asked for.
func Whole() bool { return os.Getenv(long) != "" }

// Long skips a test where long ones are not asked for.
func Long(t testing.TB) {
	t.Helper()
	if !Whole() {
		t.Skip("a long test; make test-all runs it, and so does " + long + "=1 go test")
	}
}

// Runs gives how often a test does the same with other numbers: all, or a part
// where long tests are not asked for.
func Runs(part, all int) int {
	if Whole() {
		return all
	}
	return part
}
