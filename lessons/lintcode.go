package lessons

import (
	"regexp"
	"strings"
)

var (
	// remark begins what a shell takes for a comment. Zsh does not, where
	// somebody types.
	remark = regexp.MustCompile(`(?:^|\s)#`)
	// aside is a comment in a file, which has the language of its lesson. NB: the
	// // of an address has no space before and behind it.
	aside = regexp.MustCompile(`(?m)(?:^|\s+)(?://|#) .*$`)
)

// pastes looks at what is to be pasted into a shell, and what it promises.
func (p *proof) pastes(s *Step) {
	for i, c := range s.Code {
		if c.Pasted() {
			for n, line := range strings.Split(c.Text, "\n") {
				if remark.MatchString(line) {
					p.wrong(c.Line+1+n, "this line has a comment, which zsh takes for a part of the command when it is pasted; say it before the block")
				}
			}
		}
		if c.Promised() && (i == 0 || !s.Code[i-1].Pasted()) {
			p.wrong(c.Line, "this block says what is printed, and there is no block sh before it whose commands print it")
		}
	}
}

// sameCode compares what is to be done on one's own machine: commands, what they
// print, and files, but for their comments.
func sameCode(s, other *Step, differs func(line int, what string, theirs, ours any) bool) {
	if differs(s.Line, "the number of blocks of code in this step", len(other.Code), len(s.Code)) {
		return
	}
	for i, c := range s.Code {
		theirs, ours := strings.Split(other.Code[i].essence(), "\n"), strings.Split(c.essence(), "\n")
		// The last line is empty in both: there is always one to compare.
		for n := range min(len(theirs), len(ours)) {
			if differs(c.Line+1+n, "this line of code", theirs[n], ours[n]) {
				break // those after it are moved, too
			}
		}
	}
}

// essence gives what is the same in all languages.
func (c Code) essence() string {
	if c.Pasted() || c.Promised() {
		return c.Text
	}
	return aside.ReplaceAllString(c.Text, "")
}
