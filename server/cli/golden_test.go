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
// empty line between; each begins with # or with $:
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
			for i, c := range cases(string(script)) {
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

// cases takes a script apart. What a command prints may have empty lines, too.
func cases(script string) []string {
	var all []string
	for i, part := range strings.Split(strings.TrimSuffix(script, "\n"), "\n\n") {
		if i == 0 || strings.HasPrefix(part, "# ") || strings.HasPrefix(part, "$ ") {
			all = append(all, part)
			continue
		}
		all[len(all)-1] += "\n\n" + part
	}
	return all
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
		case strings.HasPrefix(line, "$ procession "):
			head.WriteString(line)
			args = split(strings.TrimPrefix(strings.TrimSpace(line), "$ procession "))
		case strings.HasPrefix(line, "< "):
			head.WriteString(line)
			stdin.WriteString(strings.TrimPrefix(line, "< "))
		}
	}
	if len(args) == 0 {
		t.Fatalf("a case without a command:\n%s", c)
	}
	out, errs, code := execute(args[0], stdin.String(), args[1:]...)
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

// run runs a command line of "run".
func run(stdin string, args ...string) (stdout, stderr string, code int) {
	return execute("run", stdin, args...)
}

// execute runs a command line.
func execute(name, stdin string, args ...string) (stdout, stderr string, code int) {
	in := strings.NewReader(stdin)
	var out, errs bytes.Buffer
	switch name {
	case "run":
		code = cli.Run(args, in, &out, &errs, false)
	case "compare":
		code = cli.Compare(args, in, &out, &errs)
	case "seeds":
		code = cli.Seeds(args, in, &out, &errs, false)
	case "help": // costs; the other topics are those of -h
		code = cli.Costs(&out, &errs)
	default:
		return "", "there is no command " + name, -1
	}
	return out.String(), errs.String(), code
}
