package cli_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// root is the folder of the README.
const root = "../.."

// treeLine is a line of the README's tree: its indent, a folder, and what is in it.
var treeLine = regexp.MustCompile(`^    (  )?([a-z]+)/ +\S`)

// treeInReadme gives the folders of the tree under "How it is made".
func treeInReadme(t *testing.T) []string {
	t.Helper()
	file, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, text, found := strings.Cut(string(file), "\n## How it is made\n")
	if !found {
		t.Fatal(`README.md has no heading "How it is made"`)
	}
	text, _, _ = strings.Cut(text, "\n## ")
	var folders []string
	top := ""
	for line := range strings.Lines(text) {
		m := treeLine.FindStringSubmatch(line)
		switch {
		case m == nil:
			if strings.HasPrefix(line, "    ") {
				t.Errorf("%q is no line of the tree: a folder, a / and what is in it are wanted", strings.TrimSpace(line))
			}
		case m[1] == "":
			top = m[2]
			folders = append(folders, top)
		default:
			folders = append(folders, path.Join(top, m[2]))
		}
	}
	return folders
}

// packages gives the folders with Go files in this module and their file names.
func packages(t *testing.T) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	err := fs.WalkDir(os.DirFS(root), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || d.Name() == "node_modules" || d.Name() == "bench" || len(d.Name()) > 1 && d.Name()[0] == '.') {
			return fs.SkipDir
		}
		if path.Ext(name) == ".go" {
			all[path.Dir(name)] = append(all[path.Dir(name)], path.Base(name))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestTreeInReadme: each folder of the README's tree exists, and each package
// right below server and sim is in it.
func TestTreeInReadme(t *testing.T) {
	listed := treeInReadme(t)
	for _, folder := range listed {
		if info, err := os.Stat(filepath.Join(root, folder)); err != nil || !info.IsDir() {
			t.Errorf("README.md lists %s/, which is not there", folder)
		}
	}
	for folder := range packages(t) {
		if above := path.Dir(folder); (above == "server" || above == "sim") && !slices.Contains(listed, folder) {
			t.Errorf("README.md does not list %s/", folder)
		}
	}
}

// TestEachPackageHasDoc: a package begins with a doc.go that says what it is; a
// command's comment may stand in its main.go.
func TestEachPackageHasDoc(t *testing.T) {
	for folder, files := range packages(t) {
		name := "doc.go"
		if !slices.Contains(files, name) {
			if name = "main.go"; !slices.Contains(files, name) {
				t.Errorf("%s has no doc.go", folder)
				continue
			}
		}
		f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, folder, name), nil, parser.PackageClauseOnly|parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		if doc := f.Doc.Text(); name == "doc.go" && !strings.HasPrefix(doc, "Package "+f.Name.Name+" ") || doc == "" {
			t.Errorf(`%s does not say "Package %s …"`, path.Join(folder, name), f.Name.Name)
		}
	}
}
