package lessons

import (
	"bytes"
	"fmt"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"procession/internal/plain"
)

// reader reads one file and notes what is wrong with it.
type reader struct {
	guessed  []string // of the keys that were read last: what was meant by those that there are not, as a question
	lesson   *Lesson
	problems []Problem
	text     []byte // of the file, with \n at the end of each line
	starts   []int  // where each line of it begins

	headline, note string // of the lesson, as Sim has them

	keys  map[string]string // of the scenario as it is for the next step, as they were given
	stage *Sim              // of the last step that had one; nil: none yet
	lost  bool              // the stage cannot be known, since a block before was wrong
	step  *Step             // that is read; nil: before the first
	words int               // of prose in the step so far

	mistakes int  // that were found, those that are not told included
	begun    bool // the scenario of the front matter is known
	cause    int  // the line of the front matter for which it is not; 0: there is none
	whole    bool // the file was read to its end
}

// wrong notes a problem.
func (r *reader) wrong(line int, format string, args ...any) {
	p := Problem{r.lesson.File, max(1, line), fmt.Sprintf(format, args...)}
	r.mistakes++
	if len(r.problems) < maxProblems && !slices.Contains(r.problems, p) {
		r.problems = append(r.problems, p)
	}
}

// sound says whether something finds no mistake.
func (r *reader) sound(do func()) bool {
	before := r.mistakes
	do()
	return r.mistakes == before
}

// flawed notes a problem that may be none.
func (r *reader) flawed(f *flaw) bool {
	if f != nil {
		r.wrong(f.line, "%s", f.sentence)
	}
	return f != nil
}

// read reads a file.
func (r *reader) read(text []byte) {
	if !r.clean(text) {
		return
	}
	body, ok := r.front()
	if !ok || !r.bounded() {
		return
	}
	r.body(body)
	r.endSymptoms()
	if r.whole = true; r.mistakes > 0 {
		r.draft()
	}
}

// clean takes the text as it is meant: without a byte order mark, with \n at
// the end of each line. It says whether it is text at all.
func (r *reader) clean(text []byte) bool {
	text = bytes.TrimPrefix(text, []byte("\uFEFF"))
	text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	text = bytes.ReplaceAll(text, []byte("\r"), []byte("\n"))
	r.text, r.starts = text, []int{0}
	for i, b := range text {
		if b == '\n' && i+1 < len(text) {
			r.starts = append(r.starts, i+1)
		}
	}
	for i := 0; i < len(text); {
		c, size := utf8.DecodeRune(text[i:])
		if c == utf8.RuneError && size == 1 {
			r.wrong(r.lineAt(i), "this line has a byte that is not UTF-8; save the file as UTF-8")
			return false
		}
		if plain.Harmful(c) {
			r.wrong(r.lineAt(i), "this line has the character U+%04X, which no text needs", c)
			return false
		}
		i += size
	}
	return true
}

// lineAt gives the number of the line of a place in the text, from 1.
func (r *reader) lineAt(offset int) int {
	return max(1, sort.SearchInts(r.starts, offset+1))
}

// bounded looks for what would take a Markdown parser long: it is told here,
// before it is parsed.
func (r *reader) bounded() bool {
	before := len(r.problems)
	paragraph, told := 0, false
	for i, start := range r.starts {
		end := len(r.text)
		if i+1 < len(r.starts) {
			end = r.starts[i+1]
		}
		line := string(bytes.TrimRight(r.text[start:end], "\n"))
		if len(line) > maxLine {
			r.wrong(i+1, "this line has %d bytes; a line has at most %d", len(line), maxLine)
		}
		if deep := containers(line); deep > maxNesting {
			r.wrong(i+1, "quotes and lists are nested %d deep here; at most %d are possible", deep, maxNesting)
		}
		if n := strings.Count(line, "|"); n > 2*maxColumns {
			r.wrong(i+1, "this line has %d bars; a table has at most %d columns", n, maxColumns)
		}
		if strings.TrimSpace(line) == "" {
			paragraph, told = 0, false
		}
		if paragraph += len(line) + 1; paragraph > maxParagraph && !told {
			told = true
			r.wrong(i+1, "there are more than %d KB without an empty line up to here; make shorter paragraphs", maxParagraph>>10)
		}
	}
	return len(r.problems) == before
}

// containers counts the quotes and lists that a line begins.
func containers(line string) int {
	n := 0
	for {
		line = strings.TrimLeft(line, " \t")
		rest, marker := cutMarker(line)
		if !marker {
			return n
		}
		n, line = n+1, rest
	}
}

// cutMarker takes the marker of a quote or a list from a line.
func cutMarker(line string) (rest string, ok bool) {
	if rest, ok := strings.CutPrefix(line, ">"); ok {
		return rest, true
	}
	mark := 0
	for mark < len(line) && line[mark] >= '0' && line[mark] <= '9' {
		mark++
	}
	after := "-+*"
	if mark > 0 {
		after = ".)"
	}
	if mark+1 < len(line) && strings.IndexByte(after, line[mark]) >= 0 && (line[mark+1] == ' ' || line[mark+1] == '\t') {
		return line[mark+1:], true
	}
	return line, false
}
