package lessons

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/vm"

	"procession/internal/written"
)

// expression is an expression over Facts, compiled.
type expression struct {
	source  string
	program *vm.Program
	parts   func() []part // the comparisons in it, from left to right; found when they are first asked for
}

// part is a comparison within an expression. It lets us say what was there
// instead of what was wanted.
type part struct {
	left  *expression // what is compared, and not a constant
	right *expression // with what
	holds *expression // the comparison itself
	time  bool        // it is compared with a duration
}

// builtins are the functions of expr that are useful here, and cannot make
// something large of something small.
var builtins = []string{"all", "none", "any", "one", "filter", "map", "find", "count", "sum", "len", "first",
	"abs", "ceil", "floor", "round", "int", "float", "string", "max", "min", "mean"}

// ofOne are the builtins that take no list, and so may stand within the
// condition of one.
var ofOne = []string{"len", "abs", "ceil", "floor", "round", "int", "float", "string"}

// options are how expressions are compiled.
var options = []expr.Option{
	expr.Env(&env{}),
	expr.MaxNodes(maxNodes),
	expr.Optimize(false),
	expr.DisableAllBuiltins(),
	expr.Function("s", durationOf(1e6), new(func(int) int), new(func(float64) int)),
	expr.Function("ms", durationOf(1e3), new(func(int) int), new(func(float64) int)),
	expr.Function("counted", func(args ...any) (any, error) {
		return countedOf(number(args[0]), args[1].(string), args[2].(string)), nil
	}, new(func(int, string, string) string), new(func(float64, string, string) string)),
	expr.Function("mb", func(args ...any) (any, error) { return formatMB(number(args[0])), nil }, new(func(int) string), new(func(float64) string)),
}

// optionsIn are the options with what writes for the readers of a language.
func optionsIn(lang string) []expr.Option {
	return append(slices.Clip(options),
		expr.Function("time", func(args ...any) (any, error) { return formatTime(number(args[0]), lang) }, new(func(int) string), new(func(float64) string)),
		expr.Function("percent", func(args ...any) (any, error) { return formatPercent(number(args[0]), lang) }, new(func(int) string), new(func(float64) string)))
}

func init() {
	for _, name := range builtins {
		options = append(options, expr.EnableBuiltin(name))
	}
}

// durationOf gives the function that makes µs of a number of units.
func durationOf(unit float64) func(...any) (any, error) {
	return func(args ...any) (any, error) { return int(math.Round(number(args[0]) * unit)), nil }
}

// countedOf writes a number with what is counted: one thing, or several.
func countedOf(n float64, one, several string) string {
	if n == 1 {
		return "1 " + one
	}
	return format(n) + " " + several
}

func number(v any) float64 {
	switch v := v.(type) {
	case int:
		return float64(v)
	case float64:
		return v
	}
	return math.NaN()
}

// compileCondition compiles what is true or false. The error is a sentence.
func compileCondition(source, lang string) (*expression, error) {
	e, err := compile(source, lang)
	if err != nil {
		return nil, err
	}
	if kind := e.kind(); kind != reflect.Bool {
		return nil, fmt.Errorf("this is %s, and a condition is needed, which is true or false: visitor(\"Ada\").logouts == 3", aboutKind(kind))
	}
	e.parts = sync.OnceValue(func() []part { return partsOf(e.program.Node(), lang) })
	return e, nil
}

// compileValue compiles what is a number or a text. The error is a sentence.
func compileValue(source, lang string) (*expression, error) {
	e, err := compile(source, lang)
	if err != nil {
		return nil, err
	}
	switch kind := e.kind(); kind {
	case reflect.Int, reflect.Float64, reflect.String, reflect.Invalid, reflect.Interface: // of the last two more is known in the run
		return e, nil
	default:
		return nil, fmt.Errorf("this is %s, and a number or a text is needed", aboutKind(kind))
	}
}

// compile compiles an expression of a lesson in a language. The error is a
// sentence.
func compile(source, lang string) (*expression, error) {
	if len(source) > maxExpr {
		return nil, fmt.Errorf("the expression has %d bytes; at most %d are possible", len(source), maxExpr)
	}
	program, err := expr.Compile(source, optionsIn(lang)...)
	if err != nil {
		return nil, cure(source, err)
	}
	if err := tame(program.Node()); err != nil {
		return nil, err
	}
	return &expression{source: source, program: program}, nil
}

// kind gives what an expression comes to.
func (e *expression) kind() reflect.Kind {
	if t := e.program.Node().Type(); t != nil {
		return t.Kind()
	}
	return reflect.Invalid
}

// run evaluates an expression. The error is a sentence.
func (e *expression) run(f *Facts) (any, error) {
	machine := vm.VM{MemoryBudget: MaxEvents}
	v, err := machine.Run(e.program, &f.env)
	if err != nil {
		return nil, explain(err)
	}
	return v, nil
}

// truth says whether a condition holds.
func (e *expression) truth(f *Facts) (bool, error) {
	v, err := e.run(f)
	if err != nil {
		return false, err
	}
	holds, ok := v.(bool)
	if !ok {
		return false, fmt.Errorf("this came to %v, and not to true or false", v)
	}
	return holds, nil
}

// value gives what an expression comes to, as one writes it.
func (e *expression) value(f *Facts) (string, error) {
	v, err := e.run(f)
	if err != nil {
		return "", err
	}
	switch x := v.(type) {
	case int, string:
	case float64:
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return "", errors.New("this came to no number; is there a division by 0?")
		}
	default:
		return "", errors.New("this came to something that is neither a number nor a text")
	}
	return format(v), nil
}

// format writes a value for people.
func format(v any) string {
	switch v := v.(type) {
	case float64:
		return strconv.FormatFloat(math.Round(v*100)/100, 'f', -1, 64)
	case string:
		return v
	}
	return fmt.Sprint(v)
}

// found tells what was there instead of what a condition wants: "logouts is 2".
// Conditions without a comparison give nothing.
func (e *expression) found(f *Facts) string {
	var told []string
	for _, p := range e.parts() {
		if v, ok := p.value(f); ok {
			if one := p.left.source + " is " + v; !slices.Contains(told, one) {
				told = append(told, one)
			}
		}
	}
	return strings.Join(told, ", ")
}

// measured gives the value that a condition is about, for the readers of a
// language, and what it counts: of its first comparison that does not hold,
// else of its first one.
func (e *expression) measured(f *Facts, lang string) string {
	first := ""
	for i, p := range e.parts() {
		v, err := p.left.run(f)
		if err != nil {
			continue
		}
		if holds, err := p.holds.truth(f); err == nil && !holds {
			return p.counting(p.progress(f, v, lang), lang)
		}
		if i == 0 {
			first = p.counting(p.write(v, lang), lang)
		}
	}
	return first
}

// value gives what is compared, as one writes it.
func (p part) value(f *Facts) (string, bool) {
	v, err := p.left.run(f)
	if err != nil {
		return "", false
	}
	return p.write(v, ""), true
}

// progress writes a value, and to where it has yet to rise if it is a number,
// "5 / 12".
func (p part) progress(f *Facts, v any, lang string) string {
	goal, err := p.right.run(f)
	if err != nil || !(number(v) < number(goal)) {
		return p.write(v, lang)
	}
	us, ok1 := v.(int)
	least, ok2 := goal.(int)
	if p.time && ok1 && ok2 {
		return written.Progress(int64(us), int64(least), lang)
	}
	return p.write(v, lang) + " / " + p.write(goal, lang)
}

// write writes a value that is compared.
func (p part) write(v any, lang string) string {
	if us, ok := v.(int); ok && p.time {
		return written.Duration(int64(us), lang)
	}
	if text, ok := v.(string); ok {
		if _, err := strconv.Atoi(text); err != nil { // a setting that is a number is read as one
			return strconv.Quote(text)
		}
	}
	return format(v)
}

// comparisons are the operators of parts.
var comparisons = []string{"==", "!=", "<", "<=", ">", ">=", "in", "contains", "startsWith", "endsWith", "matches"}

// partsOf finds the comparisons in a condition, without those within the
// condition of a list.
func partsOf(node ast.Node, lang string) []part {
	switch n := node.(type) {
	case *ast.UnaryNode:
		return partsOf(n.Node, lang)
	case *ast.BinaryNode:
		if !oneOf(n.Operator, comparisons) {
			return append(partsOf(n.Left, lang), partsOf(n.Right, lang)...)
		}
		asked, against := n.Left, n.Right
		if constant(asked) {
			asked, against = against, asked
		}
		if constant(asked) {
			return nil
		}
		left, err1 := compile(asked.String(), lang)
		right, err2 := compile(against.String(), lang)
		holds, err3 := compile(n.String(), lang)
		if err1 != nil || err2 != nil || err3 != nil {
			return nil // written out, it is longer than an expression may be
		}
		return []part{{left, right, holds, isDuration(against)}}
	}
	return nil
}

// constant says whether a node asks nothing of the run.
func constant(node ast.Node) bool {
	switch n := node.(type) {
	case *ast.IntegerNode, *ast.FloatNode, *ast.StringNode, *ast.BoolNode:
		return true
	case *ast.UnaryNode:
		return constant(n.Node)
	case *ast.ArrayNode:
		return !slices.ContainsFunc(n.Nodes, func(n ast.Node) bool { return !constant(n) })
	}
	return isDuration(node)
}

// isDuration says whether a node is a number of seconds or milliseconds.
func isDuration(node ast.Node) bool {
	call, ok := node.(*ast.CallNode)
	if !ok {
		return false
	}
	name, ok := call.Callee.(*ast.IdentifierNode)
	return ok && (name.Value == "s" || name.Value == "ms")
}

// tame refuses what could take long or grow large: variables, ranges, lists
// within the conditions of lists, and questions to the run for each entry.
func tame(root ast.Node) error {
	var err error
	var walk func(node ast.Node, inList bool)
	walk = func(node ast.Node, inList bool) {
		if err != nil || node == nil {
			return
		}
		switch n := node.(type) {
		case *ast.VariableDeclaratorNode, *ast.SequenceNode:
			err = errors.New("variables (let) and several expressions (;) are not possible")
		case *ast.IdentifierNode:
			if n.Value == "$env" {
				err = errors.New("$env is not possible; ask for what is in it by its name")
			}
		case *ast.BuiltinNode:
			// Those with a condition are not refused when they are disabled.
			if !oneOf(n.Name, builtins) {
				err = fmt.Errorf("%s is not possible; for lists there is %s", n.Name, list(builtins))
			} else if inList && !oneOf(n.Name, ofOne) {
				err = fmt.Errorf("%s stands within the condition of another list; one list at a time", n.Name)
			}
		case *ast.CallNode:
			if name, ok := n.Callee.(*ast.IdentifierNode); ok && inList && !oneOf(name.Value, []string{"s", "ms", "time"}) {
				err = fmt.Errorf("%s(…) stands within the condition of a list, which can only ask for the fields of its entries", name.Value)
			}
		case *ast.BinaryNode:
			if n.Operator == ".." {
				err = errors.New("ranges (..) are not possible")
			}
		}
		_, predicate := node.(*ast.PredicateNode)
		for _, child := range children(node) {
			walk(child, inList || predicate)
		}
	}
	walk(root, false)
	return err
}

// children gives the parts of a node.
func children(node ast.Node) []ast.Node {
	switch n := node.(type) {
	case *ast.UnaryNode:
		return []ast.Node{n.Node}
	case *ast.BinaryNode:
		return []ast.Node{n.Left, n.Right}
	case *ast.ChainNode:
		return []ast.Node{n.Node}
	case *ast.MemberNode:
		return []ast.Node{n.Node, n.Property}
	case *ast.SliceNode:
		return []ast.Node{n.Node, n.From, n.To}
	case *ast.CallNode:
		return append([]ast.Node{n.Callee}, n.Arguments...)
	case *ast.BuiltinNode:
		return append(slices.Clone(n.Arguments), n.Map)
	case *ast.PredicateNode:
		return []ast.Node{n.Node}
	case *ast.ConditionalNode:
		return []ast.Node{n.Cond, n.Exp1, n.Exp2}
	case *ast.ArrayNode:
		return n.Nodes
	case *ast.MapNode:
		return n.Pairs
	case *ast.PairNode:
		return []ast.Node{n.Key, n.Value}
	}
	return nil
}

var (
	unknownName  = regexp.MustCompile(`^unknown name (\S+)$`)
	unknownField = regexp.MustCompile(`^type (\S+) has no (?:field|method) (\S+)$`)
	typeNames    = strings.NewReplacer(
		"[]lessons.happen", "a list of events", "lessons.happen", "an event", "lessons.visitor", "a visitor",
		"[]lessons.workerFacts", "a list of workers", "lessons.workerFacts", "a worker", "lessons.window", "requests",
		"[]lessons.core", "a list of cores", "lessons.", "", "interface {}", "anything", "float64", "number", "int", "number", "string", "text", "bool", "true or false")
	// of are the types with names that expressions ask for.
	of = map[string]reflect.Type{}
)

func init() {
	for _, v := range []any{env{}, latency{}, core{}, switches{}, locks{}, store{}, memory{}, workerFacts{}, visitor{}, window{}, happen{}} {
		t := reflect.TypeOf(v)
		of[t.String()] = t
	}
}

// names gives the names that a type has for expressions.
func names(t reflect.Type) []string {
	var all []string
	for i := range t.NumField() {
		all = append(all, t.Field(i).Tag.Get("expr"))
	}
	return all
}

// signs are what people write who know another language.
var signs = []struct{ found, sentence string }{
	{`Operator("=")`, `to compare one writes ==, <= or >=, as in visitor("Ada").logouts == 3`},
	{`Operator("&")`, "for and one writes && (or the word)"},
	{`Operator("|")`, "for or one writes || (or the word)"},
}

// straight makes curly quotes straight.
var straight = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "‟", `"`, "«", `"`, "»", `"`, "‘", "'", "’", "'", "‚", "'")

// cure makes a sentence of an error of expr, and says what helps where that is known.
func cure(source string, err error) error {
	if better := straight.Replace(source); better != source {
		return fmt.Errorf("the quotes of an expression are straight; write %s", better)
	}
	if open := unclosed(source); open != nil {
		return open
	}
	if at, ok := errors.AsType[*file.Error](err); ok {
		for _, s := range signs {
			if strings.Contains(at.Message, s.found) {
				return fmt.Errorf("the expression cannot be understood at its character %d: %s", at.Column+1, s.sentence)
			}
		}
	}
	return explain(err)
}

// closing is what closes each bracket.
var closing = map[rune]rune{'(': ')', '[': ']', '{': '}'}

// unclosed gives the sentence for a bracket that is opened and not closed, or
// the other way round, and for a text without its second quote; nil: there is none.
func unclosed(source string) error {
	type bracket struct {
		sign rune
		at   int // the number of the character, from 1
	}
	var open []bracket
	quote, escaped := bracket{}, false
	for i, c := range []rune(source) {
		here := bracket{c, i + 1}
		switch {
		case escaped:
			escaped = false
		case quote.sign != 0:
			escaped = c == '\\' && quote.sign != '`'
			if c == quote.sign {
				quote.sign = 0
			}
		case strings.ContainsRune("\"'`", c):
			quote = here
		case closing[c] != 0:
			open = append(open, here)
		case strings.ContainsRune(")]}", c):
			if len(open) == 0 || closing[open[len(open)-1].sign] != c {
				return fmt.Errorf("the expression has a %c at its character %d that nothing opens", c, here.at)
			}
			open = open[:len(open)-1]
		}
	}
	if quote.sign != 0 {
		return fmt.Errorf("the expression has a text that begins with %c at its character %d and has none at its end", quote.sign, quote.at)
	}
	if len(open) > 0 {
		last := open[len(open)-1]
		return fmt.Errorf("the expression opens a %c at its character %d and never closes it; a %c is missing", last.sign, last.at, closing[last.sign])
	}
	return nil
}

// explain makes a sentence of an error of expr.
func explain(err error) error {
	at, ok := errors.AsType[*file.Error](err)
	if !ok {
		return err
	}
	if at.Prev != nil {
		return at.Prev // of our own functions
	}
	if m := unknownName.FindStringSubmatch(at.Message); m != nil {
		known := append(names(of["lessons.env"]), "s", "ms", "time", "percent", "mb", "counted")
		return fmt.Errorf("there is nothing called %s%s; there is %s, and for lists %s", m[1], meant(m[1], known), list(known), list(builtins))
	}
	if m := unknownField.FindStringSubmatch(at.Message); m != nil {
		t := of[strings.TrimLeft(m[1], "[]*")]
		if t == nil {
			return fmt.Errorf("%s has no .%s", typeNames.Replace(m[1]), m[2])
		}
		if strings.HasPrefix(m[1], "[]") {
			return fmt.Errorf("%s has no .%s; take one of the list, such as [0], or count(…, .%s …)", typeNames.Replace(m[1]), m[2], m[2])
		}
		return fmt.Errorf("%s has no .%s%s; there is .%s", strings.TrimPrefix(typeNames.Replace(m[1]), "*"), m[2], meant(m[2], names(t)), strings.Join(names(t), ", ."))
	}
	return fmt.Errorf("the expression cannot be understood at its character %d: %s", at.Column+1, typeNames.Replace(at.Message))
}

// aboutKind says what a value is.
func aboutKind(k reflect.Kind) string {
	switch k {
	case reflect.Int, reflect.Float64:
		return "a number"
	case reflect.String:
		return "a text"
	case reflect.Bool:
		return "true or false"
	case reflect.Slice, reflect.Array:
		return "a list"
	case reflect.Struct:
		return "a thing with several values; ask for one of them with a point and its name"
	}
	return "something whose kind is not known before the run"
}
