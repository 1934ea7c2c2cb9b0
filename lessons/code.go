package lessons

import "regexp"

// Code is a block of code in a step's text.
type Code struct {
	Language string // as it is written: "sh"; empty: none is
	Text     string // its lines, each with its \n
	Line     int
}

// Languages of code that have a meaning in a step for one's own machine.
const (
	pasted   = "sh"     // what a reader pastes into a shell, unless it is a file
	promised = "output" // what the block before it prints
)

// named is a first line that only has the name of a file, as a comment. In PHP
// there is no comment before the tag.
var named = regexp.MustCompile(`^(?:<\?php )?(?://|#|--) ([\w.-]+\.\w+)\n`)

// File gives the name under which a reader saves the block, which its first line
// has as a comment; empty when it is no file.
func (c Code) File() string {
	if m := named.FindStringSubmatch(c.Text); m != nil {
		return m[1]
	}
	return ""
}

// Pasted says whether a reader pastes the block into a shell.
func (c Code) Pasted() bool { return c.Language == pasted && c.File() == "" }

// Promised says whether the block is what the one before it prints.
func (c Code) Promised() bool { return c.Language == promised }
