package lessons

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"

	"procession/sim/scenario"
)

// Limits of the front matter.
const (
	maxTitle   = 100 // characters
	maxSummary = 400 // characters
	maxMinutes = 120
)

// fence is the line before and after the front matter.
const fence = "---"

// front reads the front matter and gives the number of bytes up to the end of it.
func (r *reader) front() (end int, ok bool) {
	lines := bytes.Split(r.text, []byte("\n"))
	if string(bytes.TrimRight(lines[0], " \t")) != fence {
		r.wrong(1, "a lesson begins with its front matter: a line ---, then title, summary, minutes and scenario, a line each, then a line ---")
		return 0, false
	}
	end = len(lines[0]) + 1
	for i, line := range lines[1:] {
		end += len(line) + 1
		if string(bytes.TrimRight(line, " \t")) == fence {
			yaml := string(bytes.Join(lines[1:i+1], []byte("\n")))
			// When it is wrong the body is read all the same: its author wants
			// to know all at once.
			r.frontMatter(yaml)
			return min(end, len(r.text)), true
		}
	}
	r.wrong(1, "the front matter that begins here has no end; put a line --- after its last key")
	return 0, false
}

// frontMatter reads what stands between the fences, from line 2 on.
func (r *reader) frontMatter(text string) {
	const base, what = 1, "the front matter"
	l := r.lesson
	r.keys = map[string]string{}
	r.lost = true // until there is a scenario
	v, wrong := parseYAML(text, base)
	if r.flawed(wrong) {
		return
	}
	f := r.fields(v, base, what, frontKeys)
	for _, key := range []string{"title", "summary", "minutes", "scenario"} {
		if _, ok := f[key]; !ok {
			r.wrong(1, "the front matter has no %s", key)
		}
	}
	l.Title = r.short(f, "title", maxTitle)
	l.Summary = r.short(f, "summary", maxSummary)
	if v, ok := f["minutes"]; ok {
		l.Minutes = r.number(v, "minutes", maxMinutes)
	}
	r.headline = r.caption(f, "headline", MaxHeadline, "")
	r.note = r.caption(f, "note", MaxNote, "")
	handlers, ok := "", true
	if v, given := f["handlers"]; given {
		handlers, ok = r.handlers(v, base)
	}
	if v, given := f["scenario"]; given && ok {
		if text, ok := r.query(v, "scenario"); ok {
			r.scenario(text, handlers, v.line)
		}
	}
	for _, need := range r.texts(f["needs"], base, "needs") {
		if err := CheckSlug(need.text); err != nil {
			r.wrong(need.line, "needs: %v", err)
			continue
		}
		l.Needs = append(l.Needs, need.text)
	}
	l.Part = r.word(f, "part", Path, Parts)
	if v, ok := f["symptoms"]; ok {
		r.symptoms(v, base)
	}
	l.lines = map[string]int{}
	for key, v := range f {
		l.lines[key] = v.line
	}
}

// number gives a whole number from 1 on.
func (r *reader) number(v value, key string, most int) int {
	text, ok := r.scalar(v, key)
	if !ok {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > most {
		r.wrong(v.line, "%s: %s is not possible; it is a whole number from 1 to %d", key, show(text), most)
	}
	return n
}

// short gives a text of the front matter; empty when it is wrong.
func (r *reader) short(f fields, key string, most int) string {
	v, ok := f[key]
	if !ok {
		return ""
	}
	text, ok := r.scalar(v, key)
	if n := utf8.RuneCountInString(text); ok && n > most {
		r.wrong(v.line, "%s has %d characters; at most %d are possible", key, n, most)
		return ""
	}
	return strings.Join(strings.Fields(text), " ")
}

// caption reads words over the stage: none, the stage's own (auto), or the
// author's, which are given. The last value holds where there are none.
func (r *reader) caption(f fields, key string, most int, otherwise string) string {
	v, ok := f[key]
	if !ok {
		return otherwise
	}
	text, ok := r.scalar(v, key)
	text = strings.Join(strings.Fields(text), " ")
	switch n := utf8.RuneCountInString(text); {
	case !ok:
	case strings.EqualFold(text, captionNone):
		return captionNone
	case strings.EqualFold(text, captionAuto):
		return ""
	case n > most:
		r.wrong(v.line, "%s has %d characters; at most %d are possible. It is a text of your own, auto (what the stage says by itself) or none", key, n, most)
		return otherwise
	case strings.Contains(text, "{{"):
		r.wrong(v.line, "%s is plain text, and numbers of a run {{ … }} have no place in it; write them into the text of the step", key)
		return otherwise
	case markdown.MatchString(text):
		r.wrong(v.line, "%s is plain text: %s would stand there with its signs; leave those of Markdown away", key, show(text))
		return otherwise
	case oneOf(strings.ToLower(text), noWords):
		r.wrong(v.line, "%s: write none for no %s, or a text of your own; %s would be shown as it is", key, key, show(text))
		return otherwise
	}
	return text
}

// markdown is what nobody writes in a plain text: emphasis, code, a link, a title.
var markdown = regexp.MustCompile("`[^`]+`" + `|\*[^\s*][^*]*\*|(?:^|\s)_[^\s_][^_]*_(?:\s|$)|\[[^\]]+\]\([^)]+\)|^#+ `)

// query reads keys of a scenario, which are one text.
func (r *reader) query(v value, what string) (string, bool) {
	if _, isList := v.node.(*ast.SequenceNode); isList || isMapping(v) {
		r.wrong(v.line, "%s is one text, and not a list; its keys are joined with &: %s: mode=store&workers=3", what, what)
		return "", false
	}
	return r.scalar(v, what)
}

// noWords are what is meant as none and would be shown.
var noWords = []string{"no", "off", "false", "hidden"}

// scenario reads the scenario with which the lesson begins. The handlers of the
// front matter belong to it, empty where there are none.
func (r *reader) scenario(text, handlers string, line int) {
	keys, err := keysOf(text)
	if _, twice := keys[handlersKey]; err == nil && handlers != "" {
		if twice {
			err = fmt.Errorf("the front matter has the key %s already, so it has no place here", handlersKey)
		} else {
			keys[handlersKey] = handlers
		}
	}
	if err == nil {
		r.lesson.Scenario, err = scenario.FromMap(keys)
	}
	if err != nil {
		r.wrong(line, "scenario: %v", err)
		r.cause = line
		return
	}
	r.keys, r.lost, r.begun = keys, false, true
}

// joined is a key that follows another one, but not after an &.
var joined = regexp.MustCompile(`[,;\s]\s*([a-z-]+)=`)

// keysOf takes a scenario without commands apart into the keys that it gives.
// The error is a sentence; whether the values are right is for the grammar to
// say.
func keysOf(query string) (map[string]string, error) {
	keys := map[string]string{}
	for part := range strings.SplitSeq(query, "&") {
		if strings.TrimSpace(part) == "" {
			continue
		}
		key, value, found := strings.Cut(part, "=")
		key = strings.TrimSpace(unescape(key))
		if !found {
			return nil, fmt.Errorf("%s has no =; a scenario is written as key=value, with & between: workers=3&mode=store", show(part))
		}
		if _, twice := keys[key]; twice {
			return nil, fmt.Errorf("the key %s is given twice", show(key))
		}
		if key == "do" {
			return nil, errors.New("commands (do=) have no place here; write them in the sim block of a step: do: [6s crash 1]")
		}
		if !oneOf(key, scenario.Names()) {
			return nil, noKey(key)
		}
		if m := joined.FindStringSubmatch(value); m != nil && oneOf(m[1], scenario.Names()) {
			return nil, fmt.Errorf("after %s comes another key; keys are joined with &: mode=store&workers=3", show(key))
		}
		keys[key] = unescape(value)
	}
	return keys, nil
}

// noKey is the mistake of a key that scenarios do not have.
func noKey(key string) error {
	e := scenario.UnknownKey(key)
	return fmt.Errorf("there is no key %s; allowed: %s", show(key), e.Places.Fill(e.Allowed))
}

// unescape undoes the escapes of a query. What is no escape (50%) stands for itself.
func unescape(text string) string {
	if u, err := url.QueryUnescape(text); err == nil {
		return u
	}
	return strings.ReplaceAll(text, "+", " ")
}
