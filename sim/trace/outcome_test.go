package trace_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"procession/sim/trace"
)

var rewrite = flag.Bool("rewrite", false, "write the golden file anew")

const outcomeFile = "testdata/outcomes.txt"

// TestOutcomes holds every answer that there can be against a golden file,
// which the test of static/js/run/outcome.js reads, too.
func TestOutcomes(t *testing.T) {
	var b strings.Builder
	b.WriteString("# op status pid session chance = outcome mark; - is none\n")
	line := func(e trace.Event) {
		came := e.Outcome()
		fmt.Fprintln(&b, e.Op, e.Status, e.Pid, word(e.Session), e.Chance, "=", came, came.Mark(e.Op))
	}
	for op := trace.Login; op <= trace.Own(0); op++ {
		for _, status := range []int16{0, 200, 400, 401, 429, 500, 502} {
			if status == 401 && !op.Guarded() {
				continue // they do not ask who somebody is
			}
			for pid := range int16(2) {
				for session := trace.Session(0); session <= trace.None; session++ {
					e := trace.Event{Op: op, Status: status, Pid: pid, Session: session}
					line(e)
					if op.Guarded() && status == 401 {
						e.Chance = 1
						line(e)
					}
				}
			}
		}
	}
	if *rewrite {
		if err := os.WriteFile(outcomeFile, []byte(b.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(outcomeFile)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func word(s trace.Session) string {
	if s == 0 {
		return "-"
	}
	return s.String()
}

// TestOutlook: a request in flight has no outcome before its answer, and then
// the one that its end will have, but for chance.
func TestOutlook(t *testing.T) {
	for _, test := range []struct {
		r    trace.RequestView
		want trace.Outcome
	}{
		{trace.RequestView{Op: "visit", Phase: "sent"}, trace.Pending},
		{trace.RequestView{Op: "visit", Phase: "storing", Session: "hit"}, trace.Pending},
		{trace.RequestView{Op: "visit", Phase: "reset"}, trace.Reset},
		{trace.RequestView{Op: "visit", Phase: "answered", Status: 200, Pid: 1, Session: "hit"}, trace.Welcome},
		{trace.RequestView{Op: "visit", Phase: "answered", Status: 401, Pid: 1, Session: "miss"}, trace.Denied},
		{trace.RequestView{Op: "visit", Phase: "answered", Status: 401, Pid: 1, Session: "none"}, trace.Bare},
		{trace.RequestView{Op: "login", Phase: "answered", Status: 200, Pid: 1, Session: "none"}, trace.Served},
		{trace.RequestView{Op: "cart", Phase: "answered", Status: 500, Pid: 2}, trace.Failed},
		{trace.RequestView{Op: "cart", Phase: "answered", Status: 502}, trace.Unserved},
		{trace.RequestView{Op: "vote", Phase: "answered", Status: 200, Pid: 1}, trace.Served},
		{trace.RequestView{Op: "vote", Phase: "answered", Status: 401, Pid: 1, Session: "none"}, trace.Bare},
		{trace.RequestView{Op: "vote", Phase: "answered", Status: 429, Pid: 1}, trace.Rejected},
	} {
		if got := test.r.Outcome(); got != test.want {
			t.Errorf("%+v: got %q, want %q", test.r, got, test.want)
		}
	}
}
