package web

import (
	"bufio"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"strings"
	"sync"
	"time"

	"procession/lessons"
)

// lookAgain is how long a look at the files of a course counts.
const lookAgain = 300 * time.Millisecond

// courses gives the course, as the files are now.
type courses struct {
	files fs.FS
	live  bool // files may change

	mu      sync.Mutex
	current *course
	looked  time.Time
}

func newCourses(files fs.FS, live bool) *courses { return &courses{files: files, live: live} }

// now gives the course. It is another one after a file has changed.
func (c *courses) now() *course {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.current != nil && (!c.live || time.Since(c.looked) < lookAgain) {
		return c.current
	}
	var stamps map[string]string
	if c.live {
		// Before the files are read, so that a change meanwhile is noticed later.
		stamps = look(c.files)
		c.looked = time.Now()
	}
	if c.current == nil || !maps.Equal(stamps, c.current.stamps) {
		c.current = newCourse(lessons.Load(c.files), stamps, c.current)
	}
	return c.current
}

// look says what the files of a course look like: each has a stamp, which is
// another one after it has changed.
func look(files fs.FS) map[string]string {
	stamps := map[string]string{}
	tags, err := lessons.Languages(files)
	if err != nil {
		stamps["."] = err.Error()
	}
	for _, tag := range tags {
		entries, err := fs.ReadDir(files, tag)
		stamps[tag] = fmt.Sprint(err)
		for _, e := range entries {
			name := path.Join(tag, e.Name())
			// Stat of the file system, since it refuses links that lead out of it.
			if info, err := fs.Stat(files, name); err != nil {
				stamps[name] = err.Error()
			} else if !info.IsDir() {
				stamps[name] = fmt.Sprint(info.Size(), info.ModTime().UnixNano())
			}
		}
	}
	return stamps
}

// longestLine is how much of a wrong line is repeated.
const longestLine = 200

// line gives a line of a file, for the author; empty when there is none.
func (c *courses) line(file string, number int) string {
	if number < 1 || !fs.ValidPath(file) {
		return ""
	}
	f, err := c.files.Open(file)
	if err != nil {
		return ""
	}
	defer f.Close()
	lines := bufio.NewScanner(io.LimitReader(f, 1<<20))
	for n := 1; lines.Scan(); n++ {
		if n == number {
			text := []rune(strings.ToValidUTF8(strings.TrimRight(lines.Text(), "\r"), "�"))
			if len(text) > longestLine {
				return string(text[:longestLine]) + "…"
			}
			return string(text)
		}
	}
	return ""
}
