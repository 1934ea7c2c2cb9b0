package code

import (
	"fmt"
	"strings"

	"procession/sim/trace"
)

// sign stands before the marks in a comment.
const sign = "▸ "

// note is what a line's comment says.
type note struct {
	line         int
	ops          []trace.Op // for which marks hold that name none
	marks, after []mark
	steps        []string
}

// read reads what stands behind the sign.
func (n *note) read(comment string) error {
	for part := range strings.SplitSeq(comment, ";") {
		part = strings.TrimSpace(part)
		word, rest, _ := strings.Cut(part, " ")
		switch word {
		case "steps":
			n.steps = items(rest)
			continue
		case "after":
			part = rest
		}
		for _, item := range items(part) {
			m, err := parseMark(item)
			if err != nil {
				return err
			}
			m.line = n.line
			if m.op == "" && m.noun+"."+m.verb != trace.RequestStarted.String() {
				m.ops = n.ops
			}
			if word == "after" {
				n.after = append(n.after, m)
			} else {
				n.marks = append(n.marks, m)
			}
		}
	}
	if n.marks == nil && n.after == nil && n.steps == nil {
		return fmt.Errorf("nothing stands behind %s", strings.TrimSpace(sign))
	}
	return nil
}

// items splits a list with commas.
func items(text string) []string {
	var list []string
	for item := range strings.SplitSeq(text, ",") {
		if item = strings.TrimSpace(item); item != "" {
			list = append(list, item)
		}
	}
	return list
}
