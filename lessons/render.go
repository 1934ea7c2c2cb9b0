package lessons

import (
	"html/template"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// ours renders what is not rendered as goldmark would: code in colours, options
// of commands in one piece, and places for numbers.
type ours struct{}

// RegisterFuncs is part of renderer.NodeRenderer.
func (ours) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(ast.KindFencedCodeBlock, renderCode)
	reg.Register(ast.KindCodeBlock, renderCode)
	reg.Register(ast.KindCodeSpan, renderCodeSpan)
	reg.Register(kindPlace, func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			_, _ = w.WriteString(n.(*place).open())
		}
		return ast.WalkContinue, nil
	})
}

func renderCode(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkSkipChildren, nil
	}
	language := ""
	if fenced, ok := n.(*ast.FencedCodeBlock); ok {
		language = string(fenced.Language(source))
	}
	code := fragment{text: source}.code(n)
	_, _ = w.WriteString(`<pre class="code"><code`)
	if knownLanguage(language) {
		_, _ = w.WriteString(` class="language-` + template.HTMLEscapeString(language) + `"`)
	}
	_ = w.WriteByte('>')
	_, _ = w.WriteString(colour(language, code))
	_, _ = w.WriteString("</code></pre>\n")
	return ast.WalkSkipChildren, nil
}

// option matches an option of a command, with its number if it has one: -i 3,
// --wait-ready. Longer ones may be broken: a phone has no line for them.
var option = regexp.MustCompile(`(^| )(-{1,2}[A-Za-z][A-Za-z-]{0,20}(?: [0-9]{1,4})?)\b`)

// renderCodeSpan renders code within a text. NB: a browser breaks a line behind
// each -, which would leave an option without its sign.
func renderCodeSpan(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkSkipChildren, nil
	}
	code := ""
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if text, ok := c.(*ast.Text); ok {
			code += string(text.Segment.Value(source))
		}
	}
	code = template.HTMLEscapeString(strings.ReplaceAll(code, "\n", " "))
	_, _ = w.WriteString("<code>" + option.ReplaceAllString(code, `$1<span class="option">$2</span>`) + "</code>")
	return ast.WalkSkipChildren, nil
}
