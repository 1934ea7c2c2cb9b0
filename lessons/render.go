package lessons

import (
	"html/template"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// ours renders what is not rendered as goldmark would: code in colours, and
// places for numbers.
type ours struct{}

// RegisterFuncs is part of renderer.NodeRenderer.
func (ours) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(ast.KindFencedCodeBlock, renderCode)
	reg.Register(ast.KindCodeBlock, renderCode)
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
