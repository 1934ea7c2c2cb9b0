package lessons_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"procession/lessons"
)

// patience is how long anything here may take at the very most, on a slow
// machine with the race detector.
const patience = 30 * time.Second

// TestFolderNeverWaits: a pipe in the folder is a problem of its own, also when
// it came there after the folder was looked at, and so is a folder with a
// lesson's name.
func TestFolderNeverWaits(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "en", "01-good.md"), lessons.Skeleton("good", "en"))
	if err := syscall.Mkfifo(filepath.Join(dir, "en", "02-pipe.md"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("02-pipe.md", filepath.Join(dir, "en", "03-link.md")); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "en", "04-folder.md"), 0o755); err != nil {
		t.Fatal(err)
	}
	folder := openFolder(t, dir)
	in(t, "reading the folder", func() {
		c := lessons.Load(folder)
		if c.Find("en", "01-good") == nil || len(c.Problems) != 2 ||
			c.Problems[0].Error() != "en/02-pipe.md:1: this file cannot be read: it is no regular file" || c.Problems[1].File != "en/03-link.md" {
			t.Errorf("got the problems %v, and the lesson %v", c.Problems, c.Find("en", "01-good"))
		}
	})
	in(t, "opening the pipe", func() {
		for _, name := range []string{"en/02-pipe.md", "en/03-link.md", "en/none.md", "../en", "/en", ""} {
			if _, err := folder.Open(name); err == nil {
				t.Errorf("%q: it was opened", name)
			}
		}
	})
	in(t, "linting the folder", func() {
		var linter lessons.Linter
		if got := linter.Lint(t.Context(), folder).Problems; len(got) != 2 {
			t.Errorf("the linter says %v", got)
		}
	})
}

// in fails when something takes for ever.
func in(t *testing.T, what string, do func()) {
	t.Helper()
	done := make(chan struct{})
	go func() {
		defer close(done)
		do()
	}()
	select {
	case <-done:
	case <-time.After(patience):
		t.Fatal(what + " takes for ever")
	}
}

func openFolder(t *testing.T, dir string) *lessons.Folder {
	t.Helper()
	folder, err := lessons.OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { folder.Close() })
	return folder
}

func write(t *testing.T, file string, text []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, text, 0o644); err != nil {
		t.Fatal(err)
	}
}

// counter counts what is opened, by several goroutines at once.
type counter struct {
	fs.FS
	mu     sync.Mutex
	opened map[string]int
}

func (c *counter) Open(name string) (fs.File, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.opened[name]++
	return c.FS.Open(name)
}

// Stat is not counted.
func (c *counter) Stat(name string) (fs.FileInfo, error) { return fs.Stat(c.FS, name) }

// TestLoaderReadsWhatChanged alone, and gives the lessons that did not change
// as they were.
func TestLoaderReadsWhatChanged(t *testing.T) {
	good := lessons.Skeleton("x", "en")
	files := fstest.MapFS{"en/a.md": {Data: good}, "en/b.md": {Data: good}, "ko/a.md": {Data: []byte("nothing")}}
	seen := &counter{FS: files, opened: map[string]int{}}
	l := lessons.NewLoader(seen)
	first := l.Load()
	if again := l.Load(); again != first {
		t.Error("nothing has changed, and the course is another one")
	}
	files["en/b.md"] = &fstest.MapFile{Data: good, ModTime: time.Unix(1, 0)}
	second := l.Load()
	if second == first || second.Version == first.Version {
		t.Fatal("a file has changed, and the course is the same")
	}
	if second.Find("en", "a") != first.Find("en", "a") || second.Find("en", "b") == first.Find("en", "b") || !second.Find("en", "b").Changed.Equal(time.Unix(1, 0)) {
		t.Error("the lessons are not those that they should be")
	}
	if seen.opened["en/a.md"] != 1 || seen.opened["en/b.md"] != 2 || seen.opened["ko/a.md"] != 1 {
		t.Errorf("opened %v", seen.opened)
	}
	delete(files, "en/a.md")
	if third := l.Load(); third.Find("en", "a") != nil || third.Version == second.Version || third.Line("ko/a.md", 1) != "nothing" || third.Line("ko/a.md", 2) != "" || third.Line("none", 1) != "" {
		t.Errorf("a file is gone: got %v, and the line %q", third.Find("en", "a"), third.Line("ko/a.md", 1))
	}
}

// endless is a folder with names without end.
type endless struct {
	fs.FS
	given *int
}

func (e endless) Open(name string) (fs.File, error) {
	f, err := e.FS.Open(name)
	if name == "en" && err == nil {
		return endlessDir{f, e.given}, nil
	}
	return f, err
}

type endlessDir struct {
	fs.File
	given *int
}

func (d endlessDir) ReadDir(n int) (all []fs.DirEntry, err error) {
	for range n {
		*d.given++
		info, err := fs.Stat(fstest.MapFS{fmt.Sprintf("%06d.txt", *d.given): {}}, fmt.Sprintf("%06d.txt", *d.given))
		if err != nil {
			return nil, err
		}
		all = append(all, fs.FileInfoToDirEntry(info))
	}
	return all, nil
}

// TestBoundsOfAFolder: what there is too much of is told, and not looked at.
func TestBoundsOfAFolder(t *testing.T) {
	given := 0
	c := lessons.Load(endless{fstest.MapFS{"en/a.md": {}}, &given})
	if given > 3000 || len(c.Problems) != 1 || !strings.HasPrefix(c.Problems[0].Error(), "en:1: there are more than 2000 files in this folder") {
		t.Errorf("after %d names: got the problems %v", given, c.Problems)
	}

	many := fstest.MapFS{}
	good := lessons.Skeleton("x", "en")
	for i := range 60 {
		many[fmt.Sprintf("a%c%c/x.md", 'a'+i/26, 'a'+i%26)] = &fstest.MapFile{Data: good}
	}
	if c := lessons.Load(many); len(c.Languages) != 50 || len(c.Problems) != 1 || !strings.Contains(c.Problems[0].Sentence, "more than 50 languages") {
		t.Errorf("got %d languages and the problems %v", len(c.Languages), c.Problems)
	}

	large := fstest.MapFS{}
	for i := range 200 {
		large[fmt.Sprintf("en/%03d.md", i)] = &fstest.MapFile{Data: make([]byte, 60<<10)}
	}
	c = lessons.Load(large)
	if last := c.Problems[len(c.Problems)-1]; !strings.Contains(last.Sentence, "more than 8 MB together") || last.File != "en/136.md" {
		t.Errorf("the last problem is %v", last)
	}
}
