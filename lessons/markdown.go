package lessons

import (
	"bytes"
	"html/template"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	table "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// common is what all our Markdown has: CommonMark with tables, struck out
// text, places for numbers, and "\ " for nothing, which lets Korean end bold
// text before a particle.
func common() []goldmark.Option {
	return []goldmark.Option{
		goldmark.WithExtensions(
			extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute)),
			extension.Strikethrough,
			extension.NewCJK(extension.WithEscapedSpace())),
		goldmark.WithParserOptions(
			parser.WithAttribute(),
			parser.WithInlineParsers(util.Prioritized(placeParser{}, 50))),
		goldmark.WithRendererOptions(
			renderer.WithNodeRenderers(util.Prioritized(ours{}, 100))),
	}
}

var (
	// document reads a lesson or its notes.
	document = goldmark.New(common()...)
	// paragraph reads a text of a block: it has no headings, lists or code.
	// NB: the parser comes first, so that what is common is added to it.
	paragraph = goldmark.New(append([]goldmark.Option{goldmark.WithParser(parser.NewParser(
		parser.WithBlockParsers(util.Prioritized(parser.NewParagraphParser(), 1000)),
		parser.WithInlineParsers(parser.DefaultInlineParsers()...)))}, common()...)...)
)

// fragment is Markdown that stands somewhere in a file.
type fragment struct {
	text []byte
	line func(offset int) int // gives the line of the file
}

// lineOf gives the line on which a node begins.
func (f fragment) lineOf(node ast.Node) int {
	for n := node; n != nil; n = n.Parent() {
		if at := n.Pos(); at >= 0 {
			return f.line(at)
		}
		if first := n.FirstChild(); first != nil && first.Pos() >= 0 {
			return f.line(first.Pos())
		}
		if n.Type() == ast.TypeBlock && n.Lines().Len() > 0 {
			return f.line(n.Lines().At(0).Start)
		}
	}
	return f.line(0)
}

// html renders nodes.
func (f fragment) html(nodes ...ast.Node) template.HTML {
	var b bytes.Buffer
	for _, n := range nodes {
		// Only a writer can fail, and this one cannot.
		_ = document.Renderer().Render(&b, f.text, n)
	}
	return template.HTML(b.String())
}

// code gives what stands in a code block.
func (f fragment) code(node ast.Node) string {
	var b strings.Builder
	for i := range node.Lines().Len() {
		segment := node.Lines().At(i)
		b.Write(segment.Value(f.text))
	}
	return b.String()
}

// plain gives the text of nodes as one reads it, without code blocks.
func (f fragment) plain(nodes ...ast.Node) string {
	var b strings.Builder
	for _, node := range nodes {
		_ = ast.Walk(node, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
			switch n := n.(type) {
			case *ast.FencedCodeBlock, *ast.CodeBlock:
				return ast.WalkSkipChildren, nil
			case *ast.Text:
				if entering {
					raw := n.Segment.Value(f.text)
					if !n.IsRaw() && n.Parent().Kind() != ast.KindCodeSpan {
						raw = util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(raw)))
					}
					b.Write(raw)
					if n.SoftLineBreak() || n.HardLineBreak() {
						b.WriteByte(' ')
					}
				}
			case *ast.AutoLink:
				if entering {
					b.Write(n.Label(f.text))
				}
			case *place:
				if entering {
					b.WriteByte('0') // a number, which is one word
				}
			}
			if !entering && n.Type() == ast.TypeBlock {
				b.WriteByte(' ')
			}
			return ast.WalkContinue, nil
		})
	}
	return b.String()
}

// parseDocument parses Markdown.
func parseDocument(f fragment) ast.Node {
	return document.Parser().Parse(text.NewReader(f.text))
}

// idleStars gives the first stars of a text that were left over, and are
// neither escaped nor between spaces, as in 2 * 3.
func idleStars(source []byte, at text.Segment) string {
	blank := func(i int) bool { return i < 0 || i >= len(source) || source[i] == ' ' || source[i] == '\n' }
	for i := at.Start; i < at.Stop; i++ {
		if source[i] != '*' || (i > 0 && source[i-1] == '\\') {
			continue
		}
		end := i + 1
		for end < at.Stop && source[end] == '*' {
			end++
		}
		if end-i > 1 || !blank(i-1) || !blank(end) {
			return string(source[i:end])
		}
		i = end
	}
	return ""
}

// inspect refuses what a lesson must not have, and makes links and places
// ready. It says whether all is well.
func (r *reader) inspect(f fragment, root ast.Node) {
	depth := 0
	_ = ast.Walk(root, func(node ast.Node, entering bool) (ast.WalkStatus, error) {
		nests := node.Kind() == ast.KindBlockquote || node.Kind() == ast.KindListItem || node.Kind() == ast.KindEmphasis
		if !entering {
			if nests {
				depth--
			}
			return ast.WalkContinue, nil
		}
		if nests {
			if depth++; depth == maxNesting+1 {
				r.wrong(f.lineOf(node), "quotes, lists and emphasis are nested more than %d deep here", maxNesting)
			}
		}
		switch n := node.(type) {
		case *ast.HTMLBlock, *ast.RawHTML:
			r.wrong(f.lineOf(n), "HTML is not possible in a lesson; write Markdown, and code between backticks")
		case *ast.Image:
			r.wrong(f.lineOf(n), "images are not possible in a lesson; the stage is the picture")
		case *ast.Heading:
			if n.Level > 2 && len(n.Attributes()) > 0 {
				r.wrong(f.lineOf(n), "attributes in braces are only possible at the title of a step: {.machine} or {.questions}")
				n.RemoveAttributes()
			}
		case *ast.Link:
			n.Destination = []byte(r.link(string(n.Destination), f.lineOf(n)))
		case *ast.AutoLink:
			r.autoLink(string(n.URL(f.text)), f.lineOf(n))
		case *place:
			r.place(n, f.lineOf(n))
		case *table.Table:
			r.table(n, f.lineOf(n))
		case *ast.Text:
			if stars := idleStars(f.text, n.Segment); stars != "" && n.Parent().Kind() != ast.KindCodeSpan {
				r.wrong(f.lineOf(n), "%[1]s emphasizes nothing here; between a closing %[1]s after a bracket or other punctuation and the next letter write \"\\ \" (it does not show), and for a star \\*", stars)
			}
		case *ast.FencedCodeBlock:
			r.fenced(n, f)
		}
		return ast.WalkContinue, nil
	})
}

// table refuses tables that are too large.
func (r *reader) table(n *table.Table, line int) {
	columns := len(n.Alignments)
	if rows := n.ChildCount(); rows > maxRows || columns > maxColumns {
		r.wrong(line, "this table has %d rows and %d columns; at most %d and %d are possible", rows, columns, maxRows, maxColumns)
	}
}

// fenced refuses blocks of ours that do not stand by themselves, and code in a
// language that nobody knows, which may be a misspelt block.
func (r *reader) fenced(n *ast.FencedCodeBlock, f fragment) {
	language := string(n.Language(f.text))
	switch {
	case oneOf(language, blockNames):
		if n.Parent().Kind() != ast.KindDocument {
			r.wrong(f.lineOf(n), "the block %s must stand by itself, not in a list or a quote", language)
		}
	case language != "" && !knownLanguage(language):
		r.wrong(f.lineOf(n), "%s is neither a block%s nor a language of code; blocks are %s, and languages %s",
			show(language), meant(language, append(blockNames[:len(blockNames):len(blockNames)], languages()...)), list(blockNames), list(languages()))
	}
}

// inline reads a text of a block: one paragraph, with emphasis, code, links
// and places.
func (r *reader) inline(v value, what string) template.HTML {
	source, ok := r.scalar(v, what)
	if !ok {
		return ""
	}
	if len(source) > maxLine {
		r.wrong(v.line, "%s has %d bytes; at most %d are possible", what, len(source), maxLine)
		return ""
	}
	f := fragment{[]byte(source), func(int) int { return v.line }}
	root := paragraph.Parser().Parse(text.NewReader(f.text))
	if root.ChildCount() != 1 {
		r.wrong(v.line, "%s must be one paragraph", what)
		return ""
	}
	r.inspect(f, root)
	html := strings.TrimSpace(string(f.html(root)))
	return template.HTML(strings.TrimSuffix(strings.TrimPrefix(html, "<p>"), "</p>"))
}
