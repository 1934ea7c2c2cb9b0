package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"procession/sim"
	"procession/sim/scenario"
)

// lists has the keys whose values may be lists, and what the grammar puts
// between their items.
var lists = map[string]string{"visitors": ",", "script": ",", "do": "; "}

// parseYAML reads a scenario from YAML with the keys of the flat grammar. Its
// errors name the line.
func (d defaults) parseYAML(text []byte) (sim.Scenario, error) {
	body, err := parseBody(text)
	if err != nil {
		return sim.Scenario{}, err
	}
	if body == nil {
		return d.parse("")
	}
	entries, err := entriesOf(body)
	if err != nil {
		return sim.Scenario{}, err
	}
	values, lines := map[string]string{}, map[string]int{}
	for _, e := range entries {
		line := lineOf(e.Key)
		key := e.Key.GetToken().Value
		if !slices.Contains(scenario.Names(), key) {
			_, err := scenario.FromMap(map[string]string{key: ""})
			return sim.Scenario{}, fmt.Errorf("line %d: %w", line, err)
		}
		if first, twice := lines[key]; twice {
			return sim.Scenario{}, fmt.Errorf("line %d: %s stands on line %d already; each key once", line, key, first)
		}
		lines[key] = line
		if values[key], err = valueOf(key, e.Value); err != nil {
			return sim.Scenario{}, fmt.Errorf("line %d: %w", max(line, lineOf(e.Value)), err)
		}
	}
	sc, err := d.fromMap(values)
	var wrong *scenario.Error
	if errors.As(err, &wrong) && lines[wrong.Key] > 0 {
		return sim.Scenario{}, fmt.Errorf("line %d: %w", lines[wrong.Key], err)
	}
	return sc, err
}

// parseBody gives the one document of a text, nil when it is empty.
func parseBody(text []byte) (body ast.Node, err error) {
	// The parser is not ours, and what people feed it is not either: whatever
	// it trips over is their mistake, not our end.
	defer func() {
		if r := recover(); r != nil {
			body, err = nil, errors.New("this is not YAML that can be read")
		}
	}()
	tokens := lexer.Tokenize(string(text))
	if line, deep := tooDeep(tokens); deep {
		return nil, fmt.Errorf("line %d: this is nested too deep; a scenario is written as lines of key: value", line)
	}
	// Keys that stand twice are for us to find: our sentence is the better one.
	file, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		return nil, syntax(err)
	}
	for _, doc := range file.Docs {
		if doc.Body == nil {
			continue
		}
		if _, isNull := doc.Body.(*ast.NullNode); isNull {
			continue
		}
		if _, isComment := doc.Body.(*ast.CommentGroupNode); isComment {
			continue
		}
		if body != nil {
			return nil, fmt.Errorf("line %d: a second document begins; a file holds one scenario", lineOf(doc.Body))
		}
		body = doc.Body
	}
	return body, nil
}

// maxDepth is how deep brackets and dashes may be nested: a list in braces is
// 2. The parser takes half a minute for the 64 KiB of "[[[[…" that it could be given.
const maxDepth = 8

// tooDeep finds the line on which a text is nested deeper than maxDepth.
func tooDeep(tokens token.Tokens) (line int, deep bool) {
	brackets, dashes := 0, 0
	for _, t := range tokens {
		if t.Position.Line != line {
			line, dashes = t.Position.Line, 0
		}
		switch t.Type {
		case token.SequenceStartType, token.MappingStartType:
			brackets++
		case token.SequenceEndType, token.MappingEndType:
			brackets--
		case token.SequenceEntryType, token.MappingKeyType, token.MappingValueType:
			if brackets == 0 { // within, they are side by side
				dashes++
			}
		}
		if brackets > maxDepth || dashes > maxDepth {
			return line, true
		}
	}
	return 0, false
}

// syntax says what the parser did not understand, and where.
func syntax(err error) error {
	var at interface {
		GetToken() *token.Token
		GetMessage() string
	}
	if errors.As(err, &at) && at.GetToken() != nil && at.GetToken().Position != nil {
		return fmt.Errorf("line %d: this is not YAML that can be read: %s", at.GetToken().Position.Line, at.GetMessage())
	}
	what, _, _ := strings.Cut(err.Error(), "\n") // what follows is a drawing
	return fmt.Errorf("this is not YAML that can be read: %s", what)
}

// entriesOf gives the keys and values of a document.
func entriesOf(body ast.Node) ([]*ast.MappingValueNode, error) {
	switch n := body.(type) {
	case *ast.MappingNode:
		return n.Values, nil
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{n}, nil
	}
	return nil, fmt.Errorf("line %d: a scenario is written as lines of key: value, such as workers: 2", lineOf(body))
}

// valueOf gives a value in the words of the flat grammar.
func valueOf(key string, node ast.Node) (string, error) {
	sequence, isList := node.(*ast.SequenceNode)
	if !isList {
		return scalarOf(key, node)
	}
	between, ok := lists[key]
	if !ok {
		return "", fmt.Errorf("%s: a list is not possible; only visitors, script and do may be lists", key)
	}
	items := make([]string, len(sequence.Values))
	for i, item := range sequence.Values {
		var err error
		if items[i], err = scalarOf(key, item); err != nil {
			return "", err
		}
	}
	return strings.Join(items, between), nil
}

// scalarOf gives a single value as it is written. Anchors, aliases, tags and
// what is nested are refused: the grammar is flat, and so nothing can grow.
func scalarOf(key string, node ast.Node) (string, error) {
	switch n := node.(type) {
	case *ast.LiteralNode:
		return strings.TrimSpace(n.Value.Value), nil
	case *ast.StringNode:
		return n.Value, nil
	case *ast.NullNode:
		return "", nil // an empty value; the grammar says what is allowed
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode:
		return node.GetToken().Value, nil
	}
	return "", fmt.Errorf("%s: only a plain value is possible, or for visitors, script and do a list of them", key)
}

// lineOf gives the line on which something begins, from 1.
func lineOf(node ast.Node) int {
	if node == nil || node.GetToken() == nil || node.GetToken().Position == nil {
		return 0
	}
	return node.GetToken().Position.Line
}
