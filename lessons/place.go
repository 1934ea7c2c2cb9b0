package lessons

import (
	"fmt"
	"html/template"
	"regexp"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// place is {{ expression }} in Markdown: what it comes to in the run is
// written there.
type place struct {
	ast.BaseInline
	expr   string
	closed bool
	index  int // in the step's places
}

// kindPlace is the kind of places.
var kindPlace = ast.NewNodeKind("Place")

// Kind is part of ast.Node.
func (*place) Kind() ast.NodeKind { return kindPlace }

// Dump is part of ast.Node.
func (p *place) Dump(source []byte, level int) {
	ast.DumpHelper(p, source, level, map[string]string{"expr": p.expr}, nil)
}

// placeParser finds places. It comes before code and links, so that an
// expression may have quotes and brackets.
type placeParser struct{}

// Trigger is part of parser.InlineParser.
func (placeParser) Trigger() []byte { return []byte{'{'} }

// Parse is part of parser.InlineParser.
func (placeParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, _ := block.PeekLine()
	rest, ok := strings.CutPrefix(string(line), "{{")
	if !ok {
		return nil
	}
	n := endOfPlace(rest)
	if n < 0 {
		block.Advance(2)
		return &place{}
	}
	block.Advance(2 + n + 2)
	return &place{expr: strings.TrimSpace(rest[:n]), closed: true}
}

// endOfPlace finds the first }} outside quotes, -1 when there is none.
func endOfPlace(s string) int {
	quote := byte(0)
	for i := range len(s) {
		switch c := s[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '}' && i+1 < len(s) && s[i+1] == '}':
			return i
		}
	}
	return -1
}

// filling is a place of a step with its expression.
type filling struct {
	expr *expression
	line int
}

// place compiles a place and gives it a number.
func (r *reader) place(p *place, line int) {
	if !p.closed {
		r.wrong(line, "this place for a number has no end: {{ … }} stands on one line; in a table write `or` for ||")
		return
	}
	if r.step == nil {
		r.wrong(line, "numbers of a run {{ … }} can stand in the text of steps, but not in titles, and not before the first step")
		return
	}
	expr, err := compileValue(p.expr, r.lesson.Language)
	if err != nil {
		r.wrong(line, "{{ %s }}: %v", p.expr, err)
		return
	}
	p.index = len(r.step.places)
	r.step.places = append(r.step.places, filling{expr, line})
}

// open is a place in HTML, still without its number.
func (p *place) open() string { return fmt.Sprintf(`<data value="%d"></data>`, p.index) }

var openPlace = regexp.MustCompile(`<data value="(\d+)"></data>`)

// withoutNumbers writes dots for the numbers of a text of which there is no run.
func withoutNumbers(b Block) Block {
	dots := func(html template.HTML) template.HTML {
		return template.HTML(openPlace.ReplaceAllString(string(html), "…"))
	}
	switch b := b.(type) {
	case Prose:
		b.HTML = dots(b.HTML)
		return b
	case Notes:
		b.HTML = dots(b.HTML)
		return b
	}
	return b
}

// fill writes the numbers of a run into HTML. Nobody else can have written
// such an element, since HTML is refused.
func (s *Step) fill(html template.HTML, f *Facts) (template.HTML, []flaw) {
	var wrong []flaw
	filled := openPlace.ReplaceAllStringFunc(string(html), func(at string) string {
		i, err := strconv.Atoi(openPlace.FindStringSubmatch(at)[1])
		if err != nil || i >= len(s.places) {
			return ""
		}
		p := s.places[i]
		v, err := p.expr.value(f)
		if err != nil {
			wrong = append(wrong, *flawf(p.line, "{{ %s }}: %v", p.expr.source, err))
			return ""
		}
		return template.HTMLEscapeString(v)
	})
	return template.HTML(filled), wrong
}
