package lessons

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"procession/internal/own"
	"procession/sim"
	"procession/sim/scenario"
)

// handlersKey is the key of the front matter, and that of the scenario which it stands for.
const handlersKey = "handlers"

// handlers reads the handlers of the front matter. What they do becomes the
// value of the scenario's key, which is checked by the scenario's own rules;
// what the author says of them belongs to the lesson.
func (r *reader) handlers(v value, base int) (text string, ok bool) {
	all, isMap := pairs(v, base)
	if !isMap || len(all) == 0 {
		r.wrong(v.line, "handlers has a line for each, with its steps: vote: [incr votes]. As one text it belongs to the scenario: scenario: \"workers=2&handlers=vote: incr votes\"")
		r.cause = v.line
		return "", false
	}
	seen := fields{}
	var texts []string
	for _, p := range all {
		before := r.mistakes
		if r.once(seen, p, "handlers") {
			seen[p.key] = p.value
			texts = append(texts, r.handler(p, base))
		}
		if r.mistakes > before && r.cause == 0 {
			r.cause = p.line
		}
	}
	if r.cause > 0 {
		return "", false
	}
	text = strings.Join(texts, " | ")
	if _, err := scenario.FromMap(map[string]string{handlersKey: text}); err != nil {
		r.wrong(v.line, "%v", err)
		r.cause = v.line
		return "", false
	}
	return text, true
}

// handler reads one: nothing behind a name that is ready-made, its steps, or
// its steps and what is said of it.
func (r *reader) handler(p pair, base int) (text string) {
	steps, f := p.value, fields{}
	if isMapping(p.value) {
		if !r.sound(func() { f = r.fields(p.value, base, "handler "+show(p.key), handlerKeys) }) {
			return ""
		}
		steps = f["steps"]
	}
	word := r.ownWord(f)
	text, ok := r.steps(p, r.texts(steps, base, "steps"))
	if !ok {
		return ""
	}
	h, err := scenario.ParseHandler(text)
	if err != nil {
		r.wrong(p.line, "%v", err)
		return ""
	}
	words := own.Words{Name: h.Name, Word: word}
	if v, ok := f["says"]; ok {
		words.Says = r.says(v, base, &h)
	}
	if words.Word != "" || words.Says != nil {
		r.lesson.Handlers = append(r.lesson.Handlers, words)
	}
	return text
}

// steps joins the steps of a handler, each of which is checked by itself, so
// that what is wrong is told at its line.
func (r *reader) steps(p pair, steps []located) (text string, ok bool) {
	if len(steps) == 0 {
		return p.key, true
	}
	if _, err := scenario.ParseHandler(p.key + ": put 0"); err != nil {
		r.wrong(p.line, "%v", err)
		return "", false
	}
	ok = true
	var all []string
	for _, s := range steps {
		if _, err := scenario.ParseHandler(p.key + ": " + s.text); err != nil {
			r.wrong(s.line, "%v", err)
			ok = false
		}
		all = append(all, s.text)
	}
	return p.key + ": " + strings.Join(all, ", "), ok
}

// ownWord reads what people call a handler; empty: its name.
func (r *reader) ownWord(f fields) string {
	v, ok := f["word"]
	if !ok {
		return ""
	}
	word, ok := r.plain(v, "word")
	if !ok {
		return ""
	}
	if err := own.CheckWord(word); err != nil {
		r.wrong(v.line, "word: %s %v", show(word), err)
		return ""
	}
	return word
}

// says reads what is told of a handler's answers: one sentence for all, or one
// for each status.
func (r *reader) says(v value, base int, h *scenario.Handler) map[int]string {
	said := map[int]string{}
	statuses := h.Statuses()
	if !isMapping(v) {
		text, ok := r.sentence(v, h)
		if !ok {
			return nil
		}
		for _, status := range statuses {
			said[status] = text
		}
		return said
	}
	all, _ := pairs(v, base)
	seen := fields{}
	for _, p := range all {
		if !r.once(seen, p, "says") {
			continue
		}
		seen[p.key] = p.value
		status, err := strconv.Atoi(p.key)
		if err != nil || !slices.Contains(statuses, status) {
			r.wrong(p.line, "says: %s is no status that %s answers with; there is %s", show(p.key), h.Name, strings.Trim(fmt.Sprint(statuses), "[]"))
			continue
		}
		if text, ok := r.sentence(p.value, h); ok {
			said[status] = text
		}
	}
	return said
}

// sentence reads what is told of an answer.
func (r *reader) sentence(v value, h *scenario.Handler) (string, bool) {
	text, ok := r.plain(v, "says")
	if !ok {
		return "", false
	}
	if err := own.CheckSays(text); err != nil {
		r.wrong(v.line, "says: %s %v", show(text), err)
		return "", false
	}
	if own.Has(text, own.Value) && !h.Shows() {
		r.wrong(v.line, "says: %s has {value}, and no step of %s reads a number that its answer could show", show(text), h.Name)
		return "", false
	}
	return text, true
}

// plain gives a value that is plain text, in one line.
func (r *reader) plain(v value, what string) (string, bool) {
	text, ok := r.scalar(v, what)
	if ok && markdown.MatchString(text) {
		r.wrong(v.line, "%s is plain text: %s would stand there with its signs; leave those of Markdown away", what, show(text))
		return "", false
	}
	return strings.Join(strings.Fields(text), " "), ok
}

// spoken says which handlers have a word or a sentence, for the comparison of
// two languages.
func spoken(all []own.Words) string {
	var parts []string
	for _, w := range all {
		part := w.Name
		if w.Word != "" {
			part += " with a word"
		}
		for _, status := range slices.Sorted(maps.Keys(w.Says)) {
			part += " " + strconv.Itoa(status)
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, "; ")
}

// WordsOf gives the words for the handlers that a scenario has.
func (l *Lesson) WordsOf(sc sim.Scenario) []own.Words {
	names := sc.OwnWords()
	return slices.DeleteFunc(slices.Clone(l.Handlers), func(w own.Words) bool { return !slices.Contains(names, w.Name) })
}
