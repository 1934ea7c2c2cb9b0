package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"procession/lessons/yamltext"
	"procession/sim"
	"procession/sim/scenario"
)

// lists has the keys whose values may be lists, and what the grammar puts
// between their items.
var lists = map[string]string{"visitors": ",", "script": ",", "do": "; "}

// parseYAML reads a scenario from YAML with the keys of the flat grammar. Its
// errors name the line.
func (d defaults) parseYAML(text []byte) (sim.Scenario, error) {
	body, wrong := yamltext.Parse(string(text), yamlRules)
	if wrong != nil {
		return sim.Scenario{}, wrong
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
		line := yamltext.Line(e.Key)
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
			return sim.Scenario{}, fmt.Errorf("line %d: %w", max(line, yamltext.Line(e.Value)), err)
		}
	}
	sc, err := d.fromMap(values)
	var key *scenario.Error
	if errors.As(err, &key) && lines[key.Key] > 0 {
		return sim.Scenario{}, fmt.Errorf("line %d: %w", lines[key.Key], err)
	}
	return sc, err
}

// yamlRules are what the YAML of a scenario may have: a list in braces is of
// depth 2.
var yamlRules = yamltext.Rules{
	MaxDepth: 8,
	TooDeep:  "this is nested too deep; a scenario is written as lines of key: value",
	Second:   "a second document begins; a file holds one scenario",
}

// entriesOf gives the keys and values of a document.
func entriesOf(body ast.Node) ([]*ast.MappingValueNode, error) {
	switch n := body.(type) {
	case *ast.MappingNode:
		return n.Values, nil
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{n}, nil
	}
	return nil, fmt.Errorf("line %d: a scenario is written as lines of key: value, such as workers: 2", yamltext.Line(body))
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
