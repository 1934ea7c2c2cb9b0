package web

import (
	"cmp"
	"html"
	"html/template"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"procession/lessons"
	"procession/templates"
)

const (
	// foundMost is how many places are shown.
	foundMost = 20
	// wordsMost is how many words of a query count.
	wordsMost = 8
	// excerptLetters is about how long the text around a word is.
	excerptLetters = 170
)

// What a word is worth, by where it stands. In a text, a word that stands often
// counts more, up to textMost times; a word that begins a word, beginsMore more.
const (
	inTitle    = 12
	inHeading  = 8
	inText     = 2
	textMost   = 4
	beginsMore = 1
)

// place is a part of a lesson that can be found: the lesson as a whole, with
// its summary, or a step.
type place struct {
	lesson *lessons.Lesson
	step   *lessons.Step // nil: the lesson as a whole
	title  folded
	text   folded
}

// folded is a text with its letters as they are compared: one for each.
type folded struct{ letters, small []rune }

func fold(text string) folded {
	f := folded{letters: []rune(norm.NFC.String(text))}
	f.small = make([]rune, len(f.letters))
	for i, r := range f.letters {
		f.small[i] = unicode.ToLower(r)
	}
	return f
}

// find gives where a word stands, at most n times.
func (f folded) find(word []rune, n int) (at []int) {
	for i := 0; i+len(word) <= len(f.small) && len(at) < n; i++ {
		if slices.Equal(f.small[i:i+len(word)], word) {
			at = append(at, i)
			i += len(word) - 1
		}
	}
	return at
}

// begins says whether a word of the text begins here.
func (f folded) begins(i int) bool {
	return i == 0 || !unicode.IsLetter(f.small[i-1]) && !unicode.IsDigit(f.small[i-1])
}

// places gives what can be found in a language, made when it is first wanted.
func (c *course) places(tag string) []place {
	c.mu.Lock()
	defer c.mu.Unlock()
	if found, ok := c.index[tag]; ok {
		return found
	}
	all := []place{}
	for _, l := range c.Lessons[tag] {
		all = append(all, place{lesson: l, title: fold(l.Title), text: fold(aboutText(l))})
		for _, s := range l.Steps {
			all = append(all, place{lesson: l, step: s, title: fold(s.Title), text: fold(plainText(s))})
		}
	}
	c.index[tag] = all
	return all
}

// aboutText is what a lesson as a whole says: its summary, and its symptoms.
func aboutText(l *lessons.Lesson) string {
	text := l.Summary
	for _, s := range l.Symptoms {
		text += " · " + s.Say
	}
	return text
}

// plainText is what a step says, without what gives its answers away.
func plainText(s *lessons.Step) string {
	var parts []string
	for _, b := range s.Blocks {
		switch b := b.(type) {
		case lessons.Prose:
			parts = append(parts, strip(b.HTML))
		case *lessons.Predict:
			parts = append(parts, strip(b.Ask))
			for _, c := range b.Choices {
				parts = append(parts, strip(c.Say))
			}
		case *lessons.Challenge:
			parts = append(parts, strip(b.Goal))
			for _, m := range b.Meet {
				parts = append(parts, strip(m.Say))
			}
		}
	}
	return strings.Join(parts, " ")
}

var (
	blockTag = regexp.MustCompile(`</?(p|li|ul|ol|pre|h[1-6]|blockquote|table|thead|tbody|tr|td|th|hr|br|div)\b[^>]*>`)
	number   = regexp.MustCompile(`<data[^>]*></data>`) // that comes from a run
	anyTag   = regexp.MustCompile(`<[^>]*>`)
)

// strip takes the tags out of what the Markdown gave, in which every other <
// and > is escaped.
func strip(markup template.HTML) string {
	text := number.ReplaceAllString(blockTag.ReplaceAllString(string(markup), " "), "…")
	return strings.Join(strings.Fields(html.UnescapeString(anyTag.ReplaceAllString(text, ""))), " ")
}

// search finds the places of all words of a query, or of some where none has
// all of them; the best first.
func (c *course) search(tag, query string) *templates.Search {
	var words [][]rune
	for _, w := range strings.Fields(query) {
		if f := fold(w); len(words) < wordsMost {
			words = append(words, f.small)
		}
	}
	type hit struct {
		place
		words, score int
	}
	var hits []hit
	most := 0
	for _, p := range c.places(tag) {
		h := hit{place: p}
		for _, w := range words {
			if score := p.score(w); score > 0 {
				h.words++
				h.score += score
			}
		}
		if h.words > 0 {
			hits = append(hits, h)
			most = max(most, h.words)
		}
	}
	hits = slices.DeleteFunc(hits, func(h hit) bool { return h.words < most })
	slices.SortStableFunc(hits, func(a, b hit) int { return cmp.Compare(b.score, a.score) })
	found := &templates.Search{Query: query, More: len(hits) > foundMost}
	for _, h := range hits[:min(len(hits), foundMost)] {
		found.Found = append(found.Found, h.found(words))
	}
	return found
}

// score is what a word is worth here.
func (p place) score(word []rune) (score int) {
	worth := inHeading
	if p.step == nil {
		worth = inTitle
	}
	for _, at := range p.title.find(word, 1) {
		score += worth
		if p.title.begins(at) {
			score += beginsMore
		}
	}
	for _, at := range p.text.find(word, textMost) {
		score += inText
		if p.text.begins(at) {
			score += beginsMore
		}
	}
	return score
}

// found shows a place.
func (p place) found(words [][]rune) templates.Found {
	f := templates.Found{URL: lessonURL(p.lesson), Lesson: p.lesson.Title, Number: p.lesson.Number, Excerpt: p.text.excerpt(words)}
	if p.step != nil {
		f.Step, f.Title = p.step.Number, p.step.Title
		f.URL = stepURL(p.lesson, p.step.Number)
	}
	return f
}

// excerpt gives some of the text around the first of the words, all of them
// marked; the beginning where none stands in it.
func (f folded) excerpt(words [][]rune) template.HTML {
	type span struct{ from, to int }
	var spans []span
	first := len(f.letters)
	for _, w := range words {
		for _, at := range f.find(w, 50) {
			spans = append(spans, span{at, at + len(w)})
			first = min(first, at)
		}
	}
	if len(spans) == 0 {
		first = 0
	}
	from := max(0, first-excerptLetters/3)
	for from > 0 && from < first && f.letters[from-1] != ' ' {
		from++ // to the beginning of a word
	}
	to := min(len(f.letters), from+excerptLetters)
	for to < len(f.letters) && to > first+excerptLetters/3 && f.letters[to] != ' ' {
		to--
	}
	slices.SortFunc(spans, func(a, b span) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(b.to, a.to)) })
	var b strings.Builder
	if from > 0 {
		b.WriteString("… ")
	}
	at := from
	for _, s := range spans {
		if s.from < at || s.from >= to {
			continue
		}
		end := min(s.to, to)
		b.WriteString(template.HTMLEscapeString(string(f.letters[at:s.from])))
		b.WriteString("<mark>" + template.HTMLEscapeString(string(f.letters[s.from:end])) + "</mark>")
		at = end
	}
	b.WriteString(template.HTMLEscapeString(string(f.letters[at:to])))
	if to < len(f.letters) {
		b.WriteString(" …")
	}
	return template.HTML(b.String())
}
