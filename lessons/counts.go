package lessons

import (
	"strings"

	"github.com/expr-lang/expr/ast"
)

// counts says what numbers of conditions count, so that "6" is not read as
// progress: with one, with another number (%), and in Korean. Numbers that are
// not here stand alone.
var counts = map[string][3]string{
	"streak":   {"% in a row since the last logout or error", "% in a row since the last logout or error", "마지막 로그아웃이나 오류 뒤로 연속 %건"},
	"requests": {"% request", "% requests", "요청 %건"},
	"logouts":  {"% random logout", "% random logouts", "까닭 없는 로그아웃 %번"},
	"welcome":  {"% visit logged in", "% visits logged in", "로그인된 방문 %번"},
	"denied":   {"% visit asked to log in", "% visits asked to log in", "로그인하라고 한 방문 %번"},
	"errors":   {"% error", "% errors", "오류 %번"},
	"resets":   {"% request without an answer", "% requests without an answer", "응답 없는 요청 %건"},
	"hits":     {"% session found", "% sessions found", "찾은 세션 %개"},
	"misses":   {"% session not found", "% sessions not found", "찾지 못한 세션 %개"},
	"crashes":  {"% crash", "% crashes", "충돌 %번"},
	"busy":     {"% process that answered", "% processes that answered", "응답한 프로세스 %개"},
}

// counting writes a value of a part, or how far it is, with what it counts.
func (p part) counting(value, lang string) string {
	words, ok := counts[nameOf(p.left.program.Node())]
	if !ok || p.time {
		return value
	}
	which := 1
	switch {
	case lang == "ko":
		which = 2
	case value == "1":
		which = 0
	}
	return strings.ReplaceAll(words[which], "%", value)
}

// nameOf gives the fact that an expression asks for, streak or
// last(10).logouts; empty for what is worked out of several.
func nameOf(node ast.Node) string {
	switch n := node.(type) {
	case *ast.IdentifierNode:
		return n.Value
	case *ast.MemberNode:
		if property, ok := n.Property.(*ast.StringNode); ok {
			return property.Value
		}
	case *ast.ChainNode:
		return nameOf(n.Node)
	}
	return ""
}
