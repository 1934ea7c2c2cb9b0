package code_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"procession/internal/testenv"
	"procession/server/code"
	"procession/sim/cluster"
	"procession/sim/trace"
)

func files(t *testing.T) map[string]*code.File {
	t.Helper()
	list, err := code.Files()
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]*code.File{}
	for _, f := range list {
		byName[f.Name] = f
	}
	return byName
}

// TestMarksAreInTheFile: every key is a kind with an operation, every line is
// there, and what is shown is the source, line by line.
func TestMarksAreInTheFile(t *testing.T) {
	kinds := map[string]bool{}
	for _, k := range trace.Kinds() {
		kinds[k.String()] = true
	}
	for name, f := range files(t) {
		source, err := cluster.Source(name)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSuffix(source, "\n"), "\n")
		if len(lines) != len(f.Lines) {
			t.Fatalf("%s: got %d lines, the source has %d", name, len(f.Lines), len(lines))
		}
		for i, line := range f.Lines {
			cut := line != lines[i]
			if !strings.HasPrefix(lines[i], line) || strings.Contains(line, "▸") || cut && (strings.HasSuffix(line, "//") || strings.HasSuffix(line, " ")) {
				t.Errorf("%s:%d: got %q of %q", name, i+1, line, lines[i])
			}
		}
		if len(f.Marks) == 0 {
			t.Errorf("%s has no marks", name)
		}
		for _, marks := range []map[string][]int{f.Marks, f.After} {
			for key, at := range marks {
				parts := strings.Split(key, ".")
				if len(parts) < 3 || len(parts) > 4 || !kinds[parts[0]+"."+parts[1]] {
					t.Errorf("%s: %q is no kind with an operation", name, key)
				}
				for _, n := range at {
					if n < 1 || n > len(lines) || !strings.Contains(lines[n-1], "▸") {
						t.Errorf("%s: %s is at line %d, which has no mark", name, key, n)
					}
				}
			}
		}
	}
}

// TestMarksAreInHandle: all lines of handler.go that light up are those of handle.
func TestMarksAreInHandle(t *testing.T) {
	f := files(t)["handler.go"]
	set := token.NewFileSet()
	parsed, err := parser.ParseFile(set, f.Name, strings.Join(f.Lines, "\n"), 0)
	if err != nil {
		t.Fatal(err)
	}
	first, last := 0, 0
	for _, d := range parsed.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Name.Name == "handle" {
			first, last = set.Position(fn.Pos()).Line, set.Position(fn.End()).Line
		}
	}
	for _, marks := range []map[string][]int{f.Marks, f.After} {
		for key, lines := range marks {
			for _, n := range lines {
				if n <= first || n >= last {
					t.Errorf("%s is at line %d; handle is from %d to %d", key, n, first, last)
				}
			}
		}
	}
}

func TestParse(t *testing.T) {
	f, err := code.Parse("a() // ▸ session.read, store.*.get\n" +
		"\tb()  // why ▸ after session.read.cart\n" +
		"c() // ▸ session.*; steps read, write\n" +
		"d() // ▸ *.count\n" +
		"e() // ▸ session.saved.login; after session.saved\n" +
		"f() // ▸ after session.saved.login\n")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"a()", "\tb()  // why", "c()", "d()", "e()", "f()"}, f.Lines); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
	for key, want := range map[string][]int{
		"session.read.visit":       {1},
		"store.sent.visit.get":     {1},
		"store.sent.visit":         nil,
		"session.touched.visit":    {3},
		"session.saved.login":      {5},
		"session.saved.cart":       {3},
		"store.sent.count":         {4},
		"counter.counted.count":    {4},
		"request.started.count":    nil,
		"session.read.cart.hit":    nil, // no different from session.read.cart
		"request.answered.chat":    nil,
		"request.answered.visit":   nil,
		"request.answered.count":   {4},
		"update.lost.count.memory": nil,
	} {
		if diff := cmp.Diff(want, f.Marks[key]); diff != "" {
			t.Errorf("marks of %s (-want +got):\n%s", key, diff)
		}
	}
	if diff := cmp.Diff(map[string][]int{"session.read.cart": {2}, "session.saved.login": {5, 6}, "session.saved.visit": {5},
		"session.saved.cart": {5}, "session.saved.logout": {5}}, f.After); diff != "" {
		t.Errorf("after (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[string][]string{"3": {"read", "write"}}, f.Expand); diff != "" {
		t.Errorf("expand (-want +got):\n%s", diff)
	}
}

func TestParseRefuses(t *testing.T) {
	for in, want := range map[string]string{
		"▸ session.stolen":     "no such event",
		"▸ visitor.joined":     "no such event",
		"▸ session":            "noun.verb is wanted",
		"▸ session.read.lunch": `"lunch" is no operation`,
		"▸ session.read.incr":  `"incr" is no operation, and no detail`,
		"▸ *":                  "for everything",
		"▸ ,":                  "nothing stands behind",
	} {
		if _, err := code.Parse("a()\nb() // " + in); err == nil || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), "2: ") {
			t.Errorf("%q: got the error %v, want one with %q", in, err, want)
		}
	}
}

// TestAppIsJavaScript has Node read the twin.
func TestAppIsJavaScript(t *testing.T) {
	node := testenv.Tool(t, "node")
	source, err := cluster.Source("app.js")
	if err != nil {
		t.Fatal(err)
	}
	// Beside no package.json, .cjs says that it is a CommonJS module.
	name := filepath.Join(t.TempDir(), "app.cjs")
	if err := os.WriteFile(name, []byte(source), 0o666); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(node, "--check", name).CombinedOutput(); err != nil {
		t.Errorf("%v:\n%s", err, out)
	}
}
