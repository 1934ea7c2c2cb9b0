package tryit_test

import (
	"fmt"
	"maps"
	"regexp"
	"strings"
	"testing"
)

// anything stands for any lines where it is a line, and else for any text.
const anything = "…"

// number is a process number as lessons write it.
var number = regexp.MustCompile(`\b41\d{3}\b`)

// kept says whether lines are those that were promised.
func kept(promise, lines []string) bool { return match(promise, lines, map[string]string{}) }

// match matches lines one after the other. Numbers has the process numbers that
// are known so far: what stands for it in the promise, and what it really is.
func match(promise, lines []string, numbers map[string]string) bool {
	if len(promise) == 0 {
		return len(lines) == 0
	}
	if promise[0] == anything {
		for skipped := range len(lines) + 1 {
			if match(promise[1:], lines[skipped:], numbers) {
				return true
			}
		}
		return false
	}
	if len(lines) == 0 {
		return false
	}
	numbers = maps.Clone(numbers) // what does not match is tried in another way
	return matchLine(promise[0], lines[0], numbers) && match(promise[1:], lines[1:], numbers)
}

// matchLine matches a line, and adds the numbers that are new in it.
func matchLine(promise, line string, numbers map[string]string) bool {
	pattern := strings.ReplaceAll(regexp.QuoteMeta(promise), anything, `.*`)
	m := regexp.MustCompile(`^` + number.ReplaceAllString(pattern, `(\d+)`) + `$`).FindStringSubmatch(line)
	if m == nil {
		return false
	}
	for i, name := range number.FindAllString(promise, -1) {
		for other, really := range numbers {
			if (other == name) != (really == m[i+1]) {
				return false
			}
		}
		numbers[name] = m[i+1]
	}
	return true
}

func TestKept(t *testing.T) {
	for _, c := range []struct {
		promise, lines string
		want           bool
	}{
		{"hello", "hello", true},
		{"hello", "hello!", false},
		{"hello", "hello|once more", false},
		{"hello|once more", "hello", false},
		{"…|hello", "hello", true},
		{"…|hello", "what npm tells|hello|hello", true},
		{"…|hello|…", "hello|what pm2 tells", true},
		{"…|hello|…", "what pm2 tells", false},
		{"a|…|c", "a|b|b|c", true},
		{"took 1.…s", "took 1.83 s", true},
		{"took 1.…s", "took 2.01 s", false},
		{"1+1 (two)", "1+1 (two)", true},
		{"process 41001|process 41002|process 41001", "process 7|process 18|process 7", true},
		{"process 41001|process 41002|process 41001", "process 7|process 18|process 18", false},
		{"process 41001|process 41002", "process 7|process 7", false},
		{"process 41001", "process nobody", false},
		{"…|41001 a|41001 b", "7 a|8 a|8 b", true},
		{"from 41001 to 41002", "from 3 to 3", false},
	} {
		if got := kept(strings.Split(c.promise, "|"), strings.Split(c.lines, "|")); got != c.want {
			t.Errorf("%q promised, %q printed: got %v, want %v", c.promise, c.lines, got, c.want)
		}
	}
}

// apart tells what was promised and what came, for a person.
func apart(promise, lines []string) string {
	return fmt.Sprintf("promised\n\t%s\nprinted\n\t%s", strings.Join(promise, "\n\t"), strings.Join(lines, "\n\t"))
}
