package yamltext

import (
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// Rules are what a kind of text may have, and what its readers are told.
type Rules struct {
	// MaxDepth is how deep brackets and dashes may be nested. The parser
	// takes half a minute for 64 KiB of "[[[[…".
	MaxDepth int
	// TooDeep and Second are the sentences for what is nested deeper, and for
	// a second document.
	TooDeep, Second string
	// Refuse gives a sentence for a token that is not wanted, "" for any
	// other. nil refuses nothing.
	Refuse func(*token.Token) string
}

// Error is what is wrong with a text. Line counts from 1; it is 0 when the
// parser did not say where.
type Error struct {
	Line    int
	Message string
}

func (e *Error) Error() string {
	if e.Line == 0 {
		return e.Message
	}
	return fmt.Sprintf("line %d: %s", e.Line, e.Message)
}

// unreadable begins the sentence for what is not YAML at all.
const unreadable = "this is not YAML that can be read"

// Parse gives the one document of a text, nil when there is nothing but
// comments in it. A key that stands twice is for the caller to find.
func Parse(text string, rules Rules) (body ast.Node, wrong *Error) {
	// The parser is not ours, and what people feed it is not either: whatever
	// it trips over is their mistake, not our end.
	defer func() {
		if r := recover(); r != nil {
			body, wrong = nil, &Error{Message: unreadable}
		}
	}()
	tokens := lexer.Tokenize(text)
	if wrong := rules.refused(tokens); wrong != nil {
		return nil, wrong
	}
	file, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		return nil, syntax(err, strings.Split(text, "\n"))
	}
	for _, doc := range file.Docs {
		switch doc.Body.(type) {
		case nil, *ast.NullNode, *ast.CommentGroupNode:
			continue
		}
		if body != nil {
			return nil, &Error{Line(doc.Body), rules.Second}
		}
		body = doc.Body
	}
	return body, nil
}

// refused looks for what the rules do not allow.
func (rules Rules) refused(tokens token.Tokens) *Error {
	line, brackets, dashes := 0, 0, 0
	for _, t := range tokens {
		if t.Position.Line != line {
			line, dashes = t.Position.Line, 0
		}
		if rules.Refuse != nil {
			if sentence := rules.Refuse(t); sentence != "" {
				return &Error{line, sentence}
			}
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
		if max(brackets, dashes) > rules.MaxDepth {
			return &Error{line, rules.TooDeep}
		}
	}
	return nil
}

// cures say what helps, by what stands in the parser's message.
var cures = []struct{ in, sentence string }{
	{"tab character", "there is a tab here; indent with spaces"},
	{"'\t'", "there is a tab here; indent with spaces"},
	{"flow map", "a value that begins with { stands in quotes, as in \"{{ hits }} of them\""},
	{"']'", "a list that begins with [ is not closed; put ] after its last entry"},
	{"'}'", "what begins with { is not closed; put } after its last value"},
	{"end character of", "a text that begins with a quote here has none at its end"},
}

// told gives a message of the parser with what helps.
func told(message string) string {
	for _, c := range cures {
		if strings.Contains(message, c.in) {
			return unreadable + ": " + c.sentence
		}
	}
	return unreadable + ": " + message + "; put a text that has \": \", \" #\" or a quote in it between quotes"
}

// syntax says what the parser did not understand, and where; lines are the text.
func syntax(err error, lines []string) *Error {
	var at interface {
		GetToken() *token.Token
		GetMessage() string
	}
	if errors.As(err, &at) && at.GetToken() != nil && at.GetToken().Position != nil {
		line := at.GetToken().Position.Line
		if wrong := written(lines, line); wrong != nil && strings.Contains(at.GetMessage(), "not allowed in this context") {
			return wrong
		}
		return &Error{line, told(at.GetMessage())}
	}
	what, _, _ := strings.Cut(err.Error(), "\n") // what follows is a drawing
	return &Error{Message: told(what)}
}

// Line gives the line on which a node begins, from 1; 0: it has none.
func Line(node ast.Node) int {
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
