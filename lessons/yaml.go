package lessons

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
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

// maxDepth is how deep brackets and dashes of YAML may be nested; blocks need
// 3. The parser takes half a minute for 64 KiB of "[[[[…".
const maxDepth = 6

// parseYAML reads a text of one document. What it begins with stands on the
// line after base. An empty text is a value without a node.
func parseYAML(text string, base int) (v value, wrong *flaw) {
	// The parser is not ours, and what people feed it is not either: whatever
	// it trips over is their mistake, not our end.
	defer func() {
		if r := recover(); r != nil {
			v, wrong = value{}, flawf(base+1, "this is not YAML that can be read")
		}
	}()
	tokens := lexer.Tokenize(text)
	if wrong := refused(tokens, base); wrong != nil {
		return value{}, wrong
	}
	// Keys that stand twice are for us to find: our sentence is the better one.
	file, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		return value{}, syntax(err, base)
	}
	v.line = base + 1
	for _, doc := range file.Docs {
		switch doc.Body.(type) {
		case nil, *ast.NullNode, *ast.CommentGroupNode:
			continue
		}
		if v.node != nil {
			return value{}, flawf(base+rawLine(doc.Body), "a second YAML document begins here; there is room for one")
		}
		v = valueAt(doc.Body, base)
	}
	return v, nil
}

// refused looks for what is no use in a lesson and can be dangerous.
func refused(tokens token.Tokens, base int) *flaw {
	line, brackets, dashes := 0, 0, 0
	for _, t := range tokens {
		if t.Position.Line != line {
			line, dashes = t.Position.Line, 0
		}
		switch t.Type {
		case token.AnchorType, token.AliasType, token.TagType, token.MergeKeyType:
			return flawf(base+line, "%s begins an anchor, an alias or a tag of YAML, which lessons do not have; put the value in quotes", show(strings.TrimSpace(t.Value)))
		case token.DirectiveType:
			return flawf(base+line, "a directive of YAML (%%) is not possible here; put the value in quotes")
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
			return flawf(base+line, "this YAML is nested too deep; a block has keys, lists, and keys in lists")
		}
	}
	return nil
}

// syntax says what the parser did not understand, and where.
func syntax(err error, base int) *flaw {
	var at interface {
		GetToken() *token.Token
		GetMessage() string
	}
	const hint = "; put a text that has \": \", \" #\" or a quote in it between quotes"
	if errors.As(err, &at) && at.GetToken() != nil && at.GetToken().Position != nil {
		return flawf(base+at.GetToken().Position.Line, "this is not YAML that can be read: %s%s", at.GetMessage(), hint)
	}
	what, _, _ := strings.Cut(err.Error(), "\n") // what follows is a drawing
	return flawf(base+1, "this is not YAML that can be read: %s%s", what, hint)
}

// valueAt finds the line of a node.
func valueAt(node ast.Node, base int) value { return value{node, base + max(1, rawLine(node))} }

// rawLine gives the line of a node within its text, from 1; 0: it has none.
func rawLine(node ast.Node) int {
	for {
		switch n := node.(type) {
		case *ast.MappingNode:
			if len(n.Values) > 0 && !n.IsFlowStyle {
				node = n.Values[0]
				continue
			}
		case *ast.MappingValueNode:
			node = n.Key
			continue
		}
		break
	}
	if node == nil || node.GetToken() == nil || node.GetToken().Position == nil {
		return 0
	}
	return node.GetToken().Position.Line
}

// fields gives the keys of a mapping. what names it for people; only the
// allowed keys are possible. Mistakes are told, and the rest is given.
func (r *reader) fields(v value, base int, what string, allowed []string) fields {
	got := fields{}
	var entries []*ast.MappingValueNode
	switch n := v.node.(type) {
	case nil:
	case *ast.MappingNode:
		entries = n.Values
	case *ast.MappingValueNode:
		entries = []*ast.MappingValueNode{n}
	default:
		r.wrong(v.line, "%s is written as lines of key: value; the keys are %s", what, list(allowed))
		return got
	}
	for _, e := range entries {
		key, line := "", base+max(1, rawLine(e.Key))
		if t := e.Key.GetToken(); t != nil {
			key = t.Value
		}
		if !slices.Contains(allowed, key) {
			r.wrong(line, "%s: there is no key %s%s; the keys are %s", what, show(key), meant(key, allowed), list(allowed))
			continue
		}
		if first, twice := got[key]; twice {
			r.wrong(line, "%s: the key %s stands on line %d already; each key once", what, key, first.line)
			continue
		}
		at := valueAt(e.Value, base)
		at.line = max(at.line, line)
		got[key] = at
	}
	return got
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
	if c, bad := unwanted(text); bad {
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
