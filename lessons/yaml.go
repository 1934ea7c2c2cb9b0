package lessons

import (
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"

	"procession/internal/plain"
	"procession/lessons/yamltext"
)

// value is a value of YAML and the line of the file on which it stands.
type value struct {
	node ast.Node
	line int
}

// fields are the keys of a mapping with their values.
type fields map[string]value

// flaw is what is wrong with a text, at a line of the file.
type flaw struct {
	line     int
	sentence string
}

func flawf(line int, format string, args ...any) *flaw {
	return &flaw{line, fmt.Sprintf(format, args...)}
}

// yamlRules are what the YAML of a lesson may have: blocks need a depth of 3.
// Anchors, aliases and tags are no use in a lesson, and can be dangerous.
var yamlRules = yamltext.Rules{
	MaxDepth: 6,
	TooDeep:  "this YAML is nested too deep; a block has keys, lists, and keys in lists",
	Second:   "a second YAML document begins here; there is room for one",
	Refuse: func(t *token.Token) string {
		switch t.Type {
		case token.AnchorType, token.AliasType, token.TagType, token.MergeKeyType:
			return show(strings.TrimSpace(t.Value)) + " begins an anchor, an alias or a tag of YAML, which lessons do not have; put the value in quotes"
		case token.DirectiveType:
			return "a directive of YAML (%) is not possible here; put the value in quotes"
		}
		return ""
	},
}

// parseYAML reads a text of one document. What it begins with stands on the
// line after base. An empty text is a value without a node.
func parseYAML(text string, base int) (value, *flaw) {
	body, wrong := yamltext.Parse(text, yamlRules)
	if wrong != nil {
		return value{}, &flaw{base + max(1, wrong.Line), wrong.Message}
	}
	return valueAt(body, base), nil
}

// valueAt finds the line of a node.
func valueAt(node ast.Node, base int) value { return value{node, base + max(1, yamltext.Line(node))} }

// fields gives the keys of a mapping. what names it for people; only the
// allowed keys are possible. Mistakes are told, and the rest is given.
func (r *reader) fields(v value, base int, what string, allowed []string) fields {
	got := fields{}
	r.guessed = r.guessed[:0]
	entries, ok := pairs(v, base)
	if !ok {
		r.wrong(v.line, "%s is written as lines of key: value; the keys are %s", what, list(allowed))
		return got
	}
	for _, e := range entries {
		if !slices.Contains(allowed, e.key) {
			hint := meant(e.key, allowed)
			r.guessed = append(r.guessed, hint)
			r.wrong(e.line, "%s: there is no key %s%s; the keys are %s", what, show(e.key), hint, list(allowed))
			continue
		}
		if r.once(got, e, what) {
			got[e.key] = e.value
		}
	}
	return got
}

// once says whether a key is not yet among those that were read.
func (r *reader) once(got fields, e pair, what string) bool {
	first, twice := got[e.key]
	if twice {
		r.wrong(e.line, "%s: the key %s stands on line %d already; each key once", what, e.key, first.line)
	}
	return !twice
}

// pair is a key of a mapping, the line on which it stands, and its value.
type pair struct {
	key   string
	line  int
	value value
}

// pairs gives the keys of a mapping with their values, in order; !ok: it is none.
func pairs(v value, base int) (all []pair, ok bool) {
	var entries []*ast.MappingValueNode
	switch n := v.node.(type) {
	case nil:
	case *ast.MappingNode:
		entries = n.Values
	case *ast.MappingValueNode:
		entries = []*ast.MappingValueNode{n}
	default:
		return nil, false
	}
	for _, e := range entries {
		p := pair{line: base + max(1, yamltext.Line(e.Key)), value: valueAt(e.Value, base)}
		if t := e.Key.GetToken(); t != nil {
			p.key = t.Value
		}
		p.value.line = max(p.value.line, p.line)
		all = append(all, p)
	}
	return all, true
}

// scalar gives a plain value as it is written.
func (r *reader) scalar(v value, what string) (string, bool) {
	text := ""
	switch n := v.node.(type) {
	case *ast.LiteralNode:
		text = strings.TrimSpace(n.Value.Value)
	case *ast.StringNode:
		text = strings.TrimSpace(n.Value)
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		text = v.node.GetToken().Value
	case nil, *ast.NullNode:
	default:
		r.wrong(v.line, "%s must be a single value, not a list and not keys", what)
		return "", false
	}
	if text == "" {
		r.wrong(v.line, "%s is empty", what)
		return "", false
	}
	// Quotes of YAML can write what the file itself must not have.
	if c, bad := plain.Unwanted(text); bad {
		r.wrong(v.line, "%s has the character U+%04X, which no text needs", what, c)
		return "", false
	}
	return text, true
}

// items gives the values of a list; a single value is a list of one.
func (r *reader) items(v value, base int, what string) []value {
	switch n := v.node.(type) {
	case nil, *ast.NullNode:
		return nil
	case *ast.SequenceNode:
		if len(n.Values) > maxEntries {
			r.wrong(v.line, "%s has %d entries; at most %d are possible", what, len(n.Values), maxEntries)
			return nil
		}
		all := make([]value, len(n.Values))
		for i, item := range n.Values {
			all[i] = valueAt(item, base)
		}
		return all
	}
	return []value{v}
}

// entries gives the values of what must be a list.
func (r *reader) entries(v value, base int, what string) []value {
	switch v.node.(type) {
	case nil, *ast.NullNode, *ast.SequenceNode:
		return r.items(v, base, what)
	}
	r.wrong(v.line, "%s is a list; each of its entries begins with -", what)
	return nil
}

// texts gives the values of a list of plain values.
func (r *reader) texts(v value, base int, what string) []located {
	var all []located
	for _, item := range r.items(v, base, what) {
		if text, ok := r.scalar(item, what); ok {
			all = append(all, located{text, item.line})
		}
	}
	return all
}

// located is a text and the line of the file on which it stands.
type located struct {
	text string
	line int
}

// isMapping says whether a value has keys.
func isMapping(v value) bool {
	switch v.node.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		return true
	}
	return false
}
