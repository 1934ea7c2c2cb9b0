package tryit_test

import (
	"regexp"
	"strings"
	"testing"
)

// prompt is what the shells begin a line with.
const prompt = "@go>"

// Both shells tell the terminal when they begin to take what is typed, and when
// they have taken a command.
const (
	takes = "\x1b[?2004h"
	taken = "\x1b[?2004l"
)

var (
	// typing is all that a shell shows of a command while it is typed.
	typing = regexp.MustCompile(`(?s)` + regexp.QuoteMeta(takes) + `.*?` + regexp.QuoteMeta(taken))
	// first and erase go to the first column, and empty the line: npm does both
	// after each turn of its spinner.
	first = regexp.MustCompile(`\x1b\[1?G`)
	erase = regexp.MustCompile(`\x1b\[[02]?K`)
	// control is what else moves the cursor, and gives a text its colour.
	control = regexp.MustCompile(`\x1b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[()][A-Z0-9]|[=>78])`)
	// job is what a shell tells of what runs in the background.
	job = regexp.MustCompile(`^\[\d+\]`)
)

// erased stands for an erased line.
const erased = "\x00"

// printed gives the lines that commands printed, of all that was shown since a
// shell took what is typed: without what was typed, prompts, what the shell tells
// of its jobs, and empty lines.
func printed(screen string) []string {
	screen = typing.ReplaceAllString(takes+screen, "\n")
	screen = erase.ReplaceAllString(first.ReplaceAllString(screen, "\r"), erased)
	screen = strings.ReplaceAll(control.ReplaceAllString(screen, ""), prompt, "\n"+prompt)
	var lines []string
	for line := range strings.SplitSeq(screen, "\n") {
		line = shown(line)
		if line != "" && !strings.HasPrefix(line, prompt) && !job.MatchString(line) {
			lines = append(lines, line)
		}
	}
	return lines
}

// shown gives a line as it stands on the screen at last.
func shown(line string) string {
	line = strings.TrimRight(line, "\r ")
	if at := strings.LastIndexAny(line, "\r"+erased); at >= 0 {
		line = line[at+1:]
	}
	return strings.TrimRight(line, " ")
}

func TestPrinted(t *testing.T) {
	for _, c := range []struct{ name, screen, want string }{
		{"bash", "npm install\r\n\x1b[?2004l\radded 1 package\r\n\x1b[?2004h@go> node app.js\r\n\x1b[?2004l\rone\r\n\x1b[?2004h@go> echo\r\n\x1b[?2004l\r", "added 1 package|one"},
		{"zsh", "\x1b[7mnpm i\x1b[27m\bi\x1b[?2004l\r\r\nadded 1 package\r\n\r\x1b[0m\x1b[27m\x1b[24m\x1b[J@go> \x1b[K\x1b[?2004he\becho\x1b[?2004l\r\r\n", "added 1 package"},
		{"a spinner", "\x1b[?2004l⠙\x1b[1G⠹\x1b[1G\x1b[0Kup to date\r\n⠙\x1b[1G\x1b[0K\r\n", "up to date"},
		{"what is written over", "\x1b[?2004l10 %\r100 %\r\n", "100 %"},
		{"colours", "\x1b[?2004l\x1b[32mone\x1b[m\r\ntwo\r\n", "one|two"},
		{"jobs", "\x1b[?2004l[1] 4711\r\nhello\r\n[1]+  Done        node app.js\r\n[1]  + done       node app.js\r\n", "hello"},
		{"no end of a line", "\x1b[?2004lno end\x1b[?2004h@go> echo\r\n\x1b[?2004l\rdone", "no end|done"},
		{"no end of a line, in zsh", "\x1b[?2004lno end@go> \x1b[?2004hecho\x1b[?2004l\r\r\ndone", "no end|done"},
	} {
		if got := strings.Join(printed(c.screen), "|"); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}
