package cli_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"procession/server/cli"
)

var rewrite = flag.Bool("rewrite", false, "write what the commands of testdata/*.txt print now into them")

// TestGolden runs the scripts of testdata. A script is a text of cases with an
// empty line between:
//
//	# why this case is here
//	$ procession run 'workers=2' --format strip
//	< a line of standard input
//	a line of standard output
//	! a line of standard error
//	? the exit code, when it is not 0
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no scripts", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			script, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var now []string
			for i, c := range strings.Split(strings.TrimSuffix(string(script), "\n"), "\n\n") {
				got := play(t, c)
				now = append(now, got)
				if got != c && !*rewrite {
					t.Errorf("case %d: got\n%s\n\nwant\n%s\n\n(-rewrite writes what is printed now)", i+1, got, c)
				}
			}
			if *rewrite {
				if err := os.WriteFile(file, []byte(strings.Join(now, "\n\n")+"\n"), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// play runs one case and gives it as it comes out now.
func play(t *testing.T, c string) string {
	t.Helper()
	var head, stdin strings.Builder
	var args []string
	for line := range strings.Lines(c) {
		switch {
		case strings.HasPrefix(line, "# "):
			head.WriteString(line)
		case strings.HasPrefix(line, "$ procession run"):
			head.WriteString(line)
			args = split(strings.TrimPrefix(strings.TrimSpace(line), "$ procession run"))
		case strings.HasPrefix(line, "< "):
			head.WriteString(line)
			stdin.WriteString(strings.TrimPrefix(line, "< "))
		}
	}
	out, errs, code := run(stdin.String(), args...)
	got := strings.TrimSuffix(head.String(), "\n") + "\n" + out
	for line := range strings.Lines(errs) {
		got += "! " + line
	}
	if code != 0 {
		got += fmt.Sprintf("? %d\n", code)
	}
	return strings.TrimSuffix(got, "\n")
}

// split takes a command line apart; single quotes keep words together.
func split(line string) []string {
	var args []string
	var arg strings.Builder
	quoted, some := false, false
	for _, c := range line {
		switch {
		case c == '\'':
			quoted, some = !quoted, true
		case c == ' ' && !quoted:
			if some {
				args = append(args, arg.String())
			}
			arg.Reset()
			some = false
		default:
			arg.WriteRune(c)
			some = true
		}
	}
	if some {
		args = append(args, arg.String())
	}
	return args
}

// run runs a command line.
func run(stdin string, args ...string) (stdout, stderr string, code int) {
	var out, errs bytes.Buffer
	code = cli.Run(args, strings.NewReader(stdin), &out, &errs, false)
	return out.String(), errs.String(), code
}
