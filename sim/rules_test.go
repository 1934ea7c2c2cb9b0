package sim_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// forbiddenImports are the doors to the outside world and to chance. A run is
// its scenario, its seed and its commands, and nothing else may come in.
var forbiddenImports = []string{
	"crypto/rand", "math/rand", // chance comes from named streams of math/rand/v2, made of the seed
	"net", "net/http", "os", "os/exec", "os/signal", "syscall",
}

// forbiddenCalls are the ways to the wall clock, and to the random numbers that
// math/rand/v2 shares with everybody.
var forbiddenCalls = map[string][]string{
	"time": {"After", "AfterFunc", "NewTicker", "NewTimer", "Now", "Since", "Sleep", "Tick", "Until"},
	"math/rand/v2": {"ExpFloat64", "Float32", "Float64", "Int", "Int32", "Int32N", "Int64", "Int64N", "IntN",
		"N", "NormFloat64", "Perm", "Shuffle", "Uint", "Uint32", "Uint32N", "Uint64", "Uint64N", "UintN"},
}

// exceptions are imports that a package may have all the same.
var exceptions = map[string][]string{
	// The session store speaks the real protocol to an embedded server, over an
	// in-process connection; net has the types of both ends, and no socket is
	// opened.
	"redis": {"net"},
}

// TestNothingComesInFromOutside reads every file under sim/ but the tests.
func TestNothingComesInFromOutside(t *testing.T) {
	files := 0
	err := fs.WalkDir(os.DirFS("."), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && d.Name() == "testdata" {
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		files++
		src, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		wrong, err := outside(name, src)
		for _, w := range wrong {
			t.Error("sim/" + w)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if files == 0 {
		t.Error("no file was read")
	}
}

// TestTheRulesBite holds the rules against files that break them.
func TestTheRulesBite(t *testing.T) {
	for _, test := range []struct {
		name, src string
		want      []string
	}{
		{"des/a.go", `package des; import "time"; const d = time.Second`, nil},
		{"des/a.go", `package des; import "math/rand/v2"; var r = rand.New(rand.NewPCG(1, 2))`, nil},
		{"des/a.go", `package des; import "math/rand"`, []string{`des/a.go:1:21: imports math/rand`}},
		{"des/a.go", `package des; import n "net"`, []string{`des/a.go:1:23: imports net`}},
		{"redis/a.go", `package redis; import "net"`, nil},
		{"redis/a.go", `package redis; import "net/http"`, []string{`redis/a.go:1:23: imports net/http`}},
		{"redis/x/a.go", `package x; import "net"`, []string{`redis/x/a.go:1:19: imports net`}},
		{"a.go", `package sim; import "time"; var x = time.Now`, []string{`a.go:1:37: uses time.Now`}},
		{"a.go", `package sim; import w "time"; var x = w.Since(w.Time{})`, []string{`a.go:1:39: uses time.Since`}},
		{"a.go", `package sim; import . "time"; var x = Now()`, []string{`a.go:1:21: imports time with a dot, which hides what is used of it`}},
		{"a.go", `package sim; import "math/rand/v2"; var x = rand.IntN(2)`, []string{`a.go:1:45: uses math/rand/v2.IntN`}},
	} {
		got, err := outside(test.name, []byte(test.src))
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: %s\ngot  %q\nwant %q", test.name, test.src, got, test.want)
		}
	}
}

// outside gives what a file uses of the outside world.
func outside(name string, src []byte) ([]string, error) {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, name, src, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	var wrong []string
	report := func(at ast.Node, format string, args ...any) {
		wrong = append(wrong, fmt.Sprintf("%s: %s", files.Position(at.Pos()), fmt.Sprintf(format, args...)))
	}
	watched := map[string]string{} // path of a package by its name in this file
	for _, spec := range file.Imports {
		what, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return nil, err
		}
		if slices.Contains(forbiddenImports, what) && !slices.Contains(exceptions[path.Dir(name)], what) {
			report(spec.Path, "imports %s", what)
		}
		if forbiddenCalls[what] == nil {
			continue
		}
		as := path.Base(strings.TrimSuffix(what, "/v2"))
		if spec.Name != nil {
			as = spec.Name.Name
		}
		if as == "." {
			report(spec, "imports %s with a dot, which hides what is used of it", what)
		}
		watched[as] = what
	}
	ast.Inspect(file, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if pkg, ok := sel.X.(*ast.Ident); ok && slices.Contains(forbiddenCalls[watched[pkg.Name]], sel.Sel.Name) {
			report(sel, "uses %s.%s", watched[pkg.Name], sel.Sel.Name)
		}
		return true
	})
	return wrong, nil
}
