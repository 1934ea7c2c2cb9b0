package code

import (
	"fmt"
	"strings"

	"procession/sim/cluster"
	"procession/sim/trace"
)

// File is a source with its marks. Lines are numbered from 1. The keys of
// Marks and After are kind.op, or kind.op.detail where lines differ by Detail;
// the one with the detail is to be looked for first.
type File struct {
	Name     string              `json:"name"`
	Language string              `json:"language"`        // go, js
	Lines    []string            `json:"lines"`           // without marks
	Marks    map[string][]int    `json:"marks"`           // the lines that make an event
	After    map[string][]int    `json:"after"`           // the lines at which a thread is after an event, until its next one
	Expand   map[string][]string `json:"expand"`          // by line: its steps, where it only looks like one
	First    int                 `json:"first,omitempty"` // the line to begin reading at; 0: the first that is marked
}

// sources are the files in the order in which they are shown, each with the
// operations for which its marks hold that name none.
var sources = []struct {
	name, language string
	ops            []trace.Op
}{
	{"handler.go", "go", withSession},
	{"session.go", "go", keeping},
	{"sessionlock.go", "go", keeping},
	{"memorystore.go", "go", keeping},
	{"redisstore.go", "go", keeping},
	{"steps.go", "go", []trace.Op{own}},
	{"counter.go", "go", []trace.Op{trace.Count}},
	{"transfer.go", "go", []trace.Op{trace.Transfer}},
	{"chat.go", "go", []trace.Op{trace.Chat}},
	{"poll.go", "go", []trace.Op{trace.Poll}},
	{appName, "js", withSession},
}

// Files gives all files. The error names the file and the line of a mark that
// cannot be.
func Files() ([]*File, error) {
	var files []*File
	for _, s := range sources {
		text, err := cluster.Source(s.name)
		if err != nil {
			return nil, fmt.Errorf("code: %w", err)
		}
		f, err := parse(text, s.ops)
		if err != nil {
			return nil, fmt.Errorf("code: %s:%w", s.name, err)
		}
		f.Name, f.Language = s.name, s.language
		files = append(files, f)
	}
	return files, nil
}

// parse takes a source and its marks apart.
func parse(text string, ops []trace.Op) (*File, error) {
	f := &File{Marks: map[string][]int{}, After: map[string][]int{}, Expand: map[string][]string{}}
	var marks, after []mark
	for i, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		line, comment, marked := strings.Cut(line, sign)
		if marked {
			line = strings.TrimRight(strings.TrimSuffix(strings.TrimRight(line, " \t"), "//"), " \t")
			n := note{line: i + 1, ops: ops}
			if err := n.read(comment); err != nil {
				return nil, fmt.Errorf("%d: %w", i+1, err)
			}
			marks, after = append(marks, n.marks...), append(after, n.after...)
			if n.steps != nil {
				f.Expand[fmt.Sprint(i+1)] = n.steps
			}
		}
		f.Lines = append(f.Lines, line)
	}
	resolve(f.Marks, func(at point) []int { return best(marks, at) })
	resolve(f.After, func(at point) []int { return matching(after, at) })
	return f, nil
}
