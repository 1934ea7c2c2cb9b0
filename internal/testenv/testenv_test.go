package testenv_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"procession/internal/testenv"
)

// judge is a test that only notes how it ended.
type judge struct {
	testing.TB
	end string
}

func (j *judge) Helper() {}

func (j *judge) Skip(args ...any) {
	j.end = "skipped: " + fmt.Sprint(args...)
	runtime.Goexit()
}

func (j *judge) Fatalf(format string, args ...any) {
	j.end = "failed: " + fmt.Sprintf(format, args...)
	runtime.Goexit()
}

// endOf gives how a test ends.
func endOf(do func(testing.TB)) string {
	j := &judge{}
	done := make(chan struct{})
	go func() {
		defer close(done)
		do(j)
		j.end = "passed"
	}()
	<-done
	return j.end
}

func TestEnds(t *testing.T) {
	long := func(tb testing.TB) { testenv.Long(tb) }
	tool := func(tb testing.TB) { testenv.Tool(tb, "no-such-tool", "none-either") }
	for _, c := range []struct {
		name, long, required string
		do                   func(testing.TB)
		want                 string
	}{
		{"a long test that nobody asked for", "", "", long, "skipped: a long test; make test-all"},
		{"one that was", "1", "", long, "passed"},
		{"a missing tool", "", "", tool, "skipped: no-such-tool or none-either is not installed"},
		{"one that must be there", "", "1", tool, "failed: no-such-tool or none-either is not installed"},
		{"one of two that is there", "", "1", func(tb testing.TB) { testenv.Tool(tb, "no-such-tool", "go") }, "passed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Setenv("PROCESSION_LONG", c.long)
			t.Setenv("PROCESSION_REQUIRE_TOOLS", c.required)
			if got := endOf(c.do); !strings.HasPrefix(got, c.want) {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestRuns(t *testing.T) {
	for _, c := range []struct {
		long string
		want int
	}{{"", 2}, {"1", 10}} {
		t.Setenv("PROCESSION_LONG", c.long)
		if got := testenv.Runs(2, 10); got != c.want {
			t.Errorf("PROCESSION_LONG=%q: got %d, want %d", c.long, got, c.want)
		}
	}
}
