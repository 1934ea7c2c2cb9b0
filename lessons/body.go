package lessons

import (
	"bytes"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// body reads what comes after the front matter: steps with their blocks.
func (r *reader) body(from int) {
	// The front matter becomes empty lines, so that places in the Markdown are
	// places in the file.
	source := bytes.Clone(r.text)
	for i := range from {
		if source[i] != '\n' {
			source[i] = ' '
		}
	}
	f := fragment{source, r.lineAt}
	var prose []ast.Node
	for n := parseDocument(f).FirstChild(); n != nil; n = n.NextSibling() {
		if h, ok := n.(*ast.Heading); ok && h.Level <= 2 {
			r.prose(f, prose)
			prose = nil
			r.heading(h, f)
			continue
		}
		if p, ok := n.(*ast.Paragraph); ok && r.isUnspaced(p, f) {
			r.prose(f, prose)
			prose = nil
			r.unspaced(p, f)
			continue
		}
		fenced, ok := n.(*ast.FencedCodeBlock)
		if ok && r.open(fenced, f) {
			r.prose(f, prose)
			prose = nil
			r.endless(fenced, f)
			continue
		}
		if !ok || !oneOf(string(fenced.Language(source)), blockNames) {
			prose = append(prose, n)
			continue
		}
		r.prose(f, prose)
		prose = nil
		r.block(fenced, f)
	}
	r.prose(f, prose)
	r.endStep()
	if len(r.lesson.Steps) == 0 {
		r.wrong(r.lineAt(len(r.text)-1), "there is no step; a step begins with a line ## and its title")
	}
}

// titleSign is a line that was to be the title of a step, or a smaller one.
var titleSign = regexp.MustCompile(`^(##+)([^#\s].*?)\s*(\{.*\})?\s*$`)

// isUnspaced says whether a line of a paragraph was to be a title.
func (r *reader) isUnspaced(p *ast.Paragraph, f fragment) bool {
	return slices.ContainsFunc(p.Lines().Sliced(0, p.Lines().Len()), func(at text.Segment) bool { return titleSign.Match(at.Value(f.text)) })
}

// unspaced tells which titles lack their space, and begins their steps, so that
// this is the one mistake that they make.
func (r *reader) unspaced(p *ast.Paragraph, f fragment) {
	for _, at := range p.Lines().Sliced(0, p.Lines().Len()) {
		m := titleSign.FindStringSubmatch(string(at.Value(f.text)))
		if m == nil {
			continue
		}
		line := f.line(at.Start)
		r.wrong(line, "a space is missing after %s; write %s %s", m[1], m[1], m[2])
		if m[1] == "##" {
			r.endStep()
			r.step = &Step{Number: len(r.lesson.Steps) + 1, Title: m[2], Kind: Kind(strings.Trim(m[3], "{.}")), Line: line}
			r.lesson.Steps = append(r.lesson.Steps, r.step)
		}
		r.add(&Broken{Line: line})
	}
}

// open says whether the end of a block is missing: then what follows it is in it.
func (r *reader) open(n *ast.FencedCodeBlock, f fragment) bool {
	line := f.lineOf(n)
	sign := fenceOf(r.source(line))
	for i := range n.Lines().Len() {
		inner := r.source(line + 1 + i)
		name := strings.TrimLeft(strings.TrimSpace(inner), sign[:1])
		if strings.HasPrefix(fenceOf(inner), sign) && (oneOf(name, blockNames) || knownLanguage(name)) {
			return true // the next one begins
		}
	}
	last := strings.TrimSpace(r.source(line + 1 + n.Lines().Len()))
	return !strings.HasPrefix(last, sign) || strings.Trim(last, sign[:1]) != ""
}

// endless tells that a block has no end.
func (r *reader) endless(n *ast.FencedCodeBlock, f fragment) {
	name, line := string(n.Language(f.text)), f.lineOf(n)
	sign := fenceOf(r.source(line))
	if len(sign) > shownLen {
		sign = "like its first one"
	}
	r.wrong(line, "this block is not closed; put a line %s after its last line", sign)
	if r.step != nil && oneOf(name, blockNames) {
		r.first(name)
		if name == "sim" {
			r.lost, r.step.lost = true, line
		}
	}
	r.add(&Broken{Line: line})
}

// fenceOf gives the signs with which a line begins or ends a block.
func fenceOf(line string) string {
	line = strings.TrimLeft(line, " ")
	for _, sign := range []string{"`", "~"} {
		if n := len(line) - len(strings.TrimLeft(line, sign)); n >= 3 {
			return line[:n]
		}
	}
	return "```"
}

// source gives a line of the file, from 1; empty when there is none.
func (r *reader) source(line int) string {
	if line < 1 || line > len(r.starts) {
		return ""
	}
	text, _, _ := bytes.Cut(r.text[r.starts[line-1]:], []byte("\n"))
	return string(text)
}

// heading begins a step.
func (r *reader) heading(h *ast.Heading, f fragment) {
	line := f.lineOf(h)
	if h.Level == 1 {
		r.wrong(line, "the title of a lesson stands in its front matter; steps begin with ##, and smaller headings with ###")
		return
	}
	r.endStep()
	if len(r.lesson.Steps) == maxSteps {
		r.wrong(line, "there are more than %d steps", maxSteps)
	}
	r.step = nil // no places in a title
	r.inspect(f, h)
	title := strings.Join(strings.Fields(f.plain(h)), " ")
	if n := utf8.RuneCountInString(title); n == 0 || n > maxTitle {
		r.wrong(line, "the title of a step has 1 to %d characters; this one has %d", maxTitle, n)
		title = strconv.Itoa(len(r.lesson.Steps) + 1)
	}
	r.step = &Step{Number: len(r.lesson.Steps) + 1, Title: title, Kind: r.kind(h, line), Line: line}
	r.lesson.Steps = append(r.lesson.Steps, r.step)
}

// kind reads what a step is for from the attributes of its title.
func (r *reader) kind(h *ast.Heading, line int) Kind {
	attributes := h.Attributes()
	if len(attributes) == 0 {
		return Act
	}
	class, ok := h.AttributeString("class")
	if name, isText := class.([]byte); ok && isText && len(attributes) == 1 {
		if kind := Kind(name); kind == Machine || kind == Questions {
			return kind
		}
	}
	r.wrong(line, "the braces after the title of a step say {.machine} or {.questions}, and nothing else")
	return Act
}

// prose adds text to the step, or to the introduction, without what is wrong in
// it.
func (r *reader) prose(f fragment, nodes []ast.Node) {
	begin := 0
	for i, n := range nodes {
		if !r.sound(func() { r.inspect(f, n) }) {
			r.passage(f, nodes[begin:i])
			r.add(&Broken{Line: f.lineOf(n)})
			begin = i + 1
		}
	}
	r.passage(f, nodes[begin:])
}

// passage adds text in which nothing is wrong.
func (r *reader) passage(f fragment, nodes []ast.Node) {
	if len(nodes) == 0 {
		return
	}
	p := Prose{HTML: f.html(nodes...), Line: f.lineOf(nodes[0]), Words: len(strings.Fields(f.plain(nodes...)))}
	p.Numbers = openPlace.MatchString(string(p.HTML))
	if r.step != nil {
		r.words += p.Words
		r.step.Code = append(r.step.Code, codeIn(f, nodes)...)
		if r.step.Kind == Questions {
			r.step.questions += countItems(nodes)
		}
	}
	r.add(p)
}

// add adds a block to the step, or to the introduction.
func (r *reader) add(b Block) {
	if r.step == nil {
		r.lesson.Intro = append(r.lesson.Intro, b)
		return
	}
	r.step.Blocks = append(r.step.Blocks, b)
}

// countItems counts the items of lists that are not within others.
func countItems(nodes []ast.Node) int {
	count := 0
	for _, n := range nodes {
		if n.Kind() == ast.KindList {
			count += n.ChildCount()
		}
	}
	return count
}

// codeIn gives the blocks of code that are not within lists or quotes.
func codeIn(f fragment, nodes []ast.Node) []Code {
	var all []Code
	for _, n := range nodes {
		if fenced, ok := n.(*ast.FencedCodeBlock); ok {
			all = append(all, Code{string(fenced.Language(f.text)), f.code(fenced), f.lineOf(fenced)})
		}
	}
	return all
}

// block reads one of our blocks. What is wrong with it costs the block alone.
func (r *reader) block(n *ast.FencedCodeBlock, f fragment) {
	name, line := string(n.Language(f.text)), f.lineOf(n)
	if r.step == nil {
		r.wrong(line, "the block %s stands before the first step; a step begins with a line ## and its title", name)
		return
	}
	before := len(r.step.Blocks)
	if !r.sound(func() { r.content(n, f, name, line) }) {
		r.step.Blocks = append(r.step.Blocks[:before], &Broken{Line: line})
	}
}

// content reads what stands in a block.
func (r *reader) content(n *ast.FencedCodeBlock, f fragment, name string, line int) {
	if rest := strings.TrimSpace(strings.TrimPrefix(string(n.Info.Value(f.text)), name)); rest != "" {
		r.wrong(line, "after ```%s comes a new line; %s is not expected", name, show(rest))
	}
	text := f.code(n)
	if name == "notes" {
		r.notes(text, line)
		return
	}
	if name != "check" && !r.first(name) {
		r.wrong(line, "this step has a second block %s; a step has one, since it has one idea", name)
		return
	}
	v, wrong := parseYAML(text, line)
	if wrong == nil && v.node == nil {
		wrong = flawf(line, "the block %s is empty", name)
	}
	if r.flawed(wrong) {
		if name == "sim" {
			r.lost, r.step.lost = true, line
		}
		return
	}
	switch name {
	case "sim":
		r.sim(v, line)
	case "predict":
		r.predict(v, line)
	case "challenge":
		r.challenge(v, line)
	case "check":
		r.check(v, line)
	}
}

// first notes that a block of the step has come, and after how many words. It
// says whether it is the first of its name.
func (r *reader) first(name string) bool {
	s := r.step
	if _, twice := s.before[name]; twice {
		return false
	}
	if s.before == nil {
		s.before = map[string]int{}
	}
	s.before[name] = r.words
	return true
}

// notes reads what is for the presenter alone.
func (r *reader) notes(text string, line int) {
	inner := []byte(text)
	if strings.TrimSpace(text) == "" {
		r.wrong(line, "the block notes is empty")
		return
	}
	f := fragment{inner, func(offset int) int { return line + 1 + bytes.Count(inner[:min(offset, len(inner))], []byte("\n")) }}
	root := parseDocument(f)
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		if fenced, ok := n.(*ast.FencedCodeBlock); ok && oneOf(string(fenced.Language(inner)), blockNames) {
			r.wrong(f.lineOf(n), "notes are text; the block %s has no place in them", string(fenced.Language(inner)))
		}
	}
	r.inspect(f, root)
	r.step.Blocks = append(r.step.Blocks, Notes{HTML: f.html(root), Line: line})
}

// endStep completes a step.
func (r *reader) endStep() {
	if s := r.step; s != nil {
		r.end(s)
	}
	r.step, r.words = nil, 0
}
