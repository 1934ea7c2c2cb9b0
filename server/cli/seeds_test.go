package cli_test

import (
	"runtime"
	"strings"
	"testing"
)

// TestParallel: the result does not depend on how many processors there are.
func TestParallel(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for _, line := range [][]string{
		{"seeds", "workers=3&visitors=4&costs=measured&do=2s crash 1", "--seeds", "40", "--until", "5s", "--event", "logout,miss,crash,failed", "--format", "json"},
		{"compare", "workers=3&visitors=4&costs=measured&do=2s crash 1", "--until", "5s", "--format", "json"},
	} {
		first := ""
		for _, procs := range []int{1, 2, 8} {
			runtime.GOMAXPROCS(procs)
			out, errs, code := execute(line[0], "", line[1:]...)
			if code != 0 || errs != "" {
				t.Fatalf("%q: exit code %d, %s", line, code, errs)
			}
			if first == "" {
				first = out
			}
			if out != first {
				t.Errorf("%q: with %d processors the result is another one", line, procs)
			}
		}
	}
}

// TestJitterOfCrowds: what looks at many visitors or runs jitters them, unless
// it is told otherwise, wherever the scenario comes from.
func TestJitterOfCrowds(t *testing.T) {
	for _, c := range []struct{ arg, stdin, want string }{
		{"visitors=1", "", `"scenario": "visitors=1&jitter=50"`},
		{"visitors=1&jitter=0", "", `"scenario": "visitors=1"`},
		{"visitors=1&jitter=20%", "", `"scenario": "visitors=1&jitter=20"`},
		{"-", "", `"scenario": "jitter=50"`},
		{"-", "visitors: 1\n", `"scenario": "visitors=1&jitter=50"`},
		{"-", "visitors: 1\njitter: 0\n", `"scenario": "visitors=1"`},
		{"-", "visitors=1&jitter=7", `"scenario": "visitors=1&jitter=7"`},
	} {
		for _, command := range []string{"seeds", "compare"} {
			args := []string{c.arg, "--until", "1us", "--format", "json"}
			if command == "seeds" {
				args = append(args, "--seeds", "1")
			}
			out, errs, code := execute(command, c.stdin, args...)
			if code != 0 || !strings.Contains(out, c.want) {
				t.Errorf("%s %q with %q: no %s in\n%s%s", command, c.arg, c.stdin, c.want, out, errs)
			}
		}
	}
}

// TestHelps: every command explains itself, in lines that fit.
func TestHelps(t *testing.T) {
	for command, want := range map[string]string{"compare": "sticky-cookie", "seeds": "lost-update"} {
		out, errs, code := execute(command, "", "-h")
		if code != 0 || errs != "" || !strings.Contains(out, want) {
			t.Errorf("%s: exit code %d, %s%s", command, code, out, errs)
		}
		for line := range strings.Lines(out) {
			if len(line) > 104 {
				t.Errorf("%s: a line of %d characters: %s", command, len(line), line)
			}
		}
	}
}
