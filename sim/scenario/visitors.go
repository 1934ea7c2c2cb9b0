package scenario

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// people are the names of visitors who were given as a count: people to whom
// computing owes something. After them come numbers.
var people = strings.Fields(`Ada Grace Linus Alan Barbara Edsger Margaret Dennis Radia Ken Frances Donald
	Katherine Tim Hedy Leslie Joan Niklaus Karen Bjarne Shafi Guido Annie Robin
	Lynn Vint Adele Claude Mary John Jean Konrad Evelyn Tony Anita Brian`)

// nameOf gives the name of visitor i (from 0) of a counted crowd.
func nameOf(i int) string {
	if i < len(people) {
		return people[i]
	}
	return "V" + strconv.Itoa(i+1)
}

func setVisitors(s *Scenario, v string) error {
	if strings.Trim(v, "0123456789+-.") == "" {
		n, err := integer(v, 1, MaxVisitors)
		if err != nil {
			return err
		}
		s.count, s.Names = true, make([]string, n)
		for i := range s.Names {
			s.Names[i] = nameOf(i)
		}
		return nil
	}
	var names []string
	seen := map[string]bool{}
	for part := range strings.SplitSeq(v, ",") {
		name := strings.TrimSpace(part)
		if !validName(name) || seen[name] {
			return &Error{Key: "visitors", Value: name, Allowed: find("visitors").Values}
		}
		if len(names) == MaxVisitors {
			return errValue
		}
		seen[name] = true
		names = append(names, name)
	}
	s.count, s.Names = false, names
	return nil
}

// validName says whether a name is safe to show and to write in a command.
func validName(name string) bool {
	if name == "" || utf8.RuneCountInString(name) > maxName || !utf8.ValidString(name) {
		return false
	}
	letter := false
	for i, r := range name {
		switch {
		case unicode.IsLetter(r):
			letter = true
		case i > 0 && (unicode.IsDigit(r) || unicode.IsMark(r) || strings.ContainsRune(" .'-_", r)):
		default:
			return false
		}
	}
	return letter && !strings.Contains(name, "  ") && strings.TrimSpace(name) == name
}
