package problem_test

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"procession/server/fair"
	"procession/server/problem"
	"procession/server/wire"
	"procession/sim"
	"procession/sim/play"
	"procession/sim/scenario"
)

func TestOf(t *testing.T) {
	_, bad := scenario.Parse("workers=99")
	_, unknown := scenario.Parse("wokers=3")
	for _, c := range []struct {
		err     error
		code    wire.Code
		status  int
		retry   time.Duration
		ours    bool
		english string
		korean  string
	}{
		{bad, wire.BadScenario, 400, 0, false,
			`workers: "99" is not possible; allowed: 1 to 16, or max (as many as there are cores).`,
			`workers: "99" 값은 쓸 수 없어요. 쓸 수 있는 값: 1부터 16까지, 또는 max(코어 수만큼).`},
		{fmt.Errorf("somewhere: %w", bad), wire.BadScenario, 400, 0, false,
			`workers: "99" is not possible; allowed: 1 to 16, or max (as many as there are cores).`,
			`workers: "99" 값은 쓸 수 없어요. 쓸 수 있는 값: 1부터 16까지, 또는 max(코어 수만큼).`},
		{unknown, wire.BadScenario, 400, 0, false,
			`scenario: "wokers" is not possible; allowed: workers (did you mean this one?), and other keys, such as mode, cores, balancer, connection, visitors; "procession help scenario" has all of them.`,
			`scenario: "wokers" 값은 쓸 수 없어요. 쓸 수 있는 값: workers(이 키를 쓰려고 했나요?), 그리고 mode, cores, balancer, connection, visitors 같은 다른 키. 모든 키는 "procession help scenario"에 있어요.`},
		{&play.TooMany{Events: 5, At: 3e6}, wire.BadRange, 400, 0, false,
			"More than 5 events happen in this run before 3s; allowed: fewer visitors, a longer think or an earlier moment.",
			"3s 전에 이 실행에서 이벤트가 5개 넘게 일어나요. 방문자를 줄이거나, think를 늘리거나, 더 이른 시점을 고르세요."},
		{problem.New(wire.NotFound, ""), wire.NotFound, 404, 0, false, "Nothing is at this address; the stage is at /.", "이 주소에는 아무것도 없어요. 무대는 / 에 있어요."},
		{problem.New(wire.BadMethod, ""), wire.BadMethod, 405, 0, false, "This address can only be read, with GET or HEAD.", "이 주소는 GET이나 HEAD로 읽을 수만 있어요."},
		{problem.New(wire.TooFast, "", "n", 20), wire.TooFast, 429, 0, false,
			"That was too fast: at most 20 messages a second are heeded. Those beyond were dropped; please slow down.",
			"너무 빨라요. 메시지는 1초에 20개까지만 처리하고 나머지는 버려요. 조금 천천히 해 주세요."},
		{&fair.Busy{RetryAfter: 7 * time.Second}, wire.Busy, 503, 7 * time.Second, false,
			"The server has too much to do just now. Please try again in a moment.", "지금은 서버에 일이 너무 많아요. 잠시 뒤에 다시 시도해 주세요."},
		{context.DeadlineExceeded, wire.Busy, 503, 2 * time.Second, false,
			"The server has too much to do just now. Please try again in a moment.", "지금은 서버에 일이 너무 많아요. 잠시 뒤에 다시 시도해 주세요."},
		{&sim.Broken{Scenario: "mode=store", At: 1e6, Value: "secret"}, wire.RunFailed, 500, 0, true,
			"This run broke inside the simulator at 1s, which is a mistake of ours. Please report it with its link: /?mode=store",
			"시뮬레이터 안에서 1s에 실행이 망가졌어요. 저희 잘못이에요. 이 링크와 함께 알려 주세요: /?mode=store"},
		{errors.New("secret"), wire.Failed, 500, 0, true, "That was a mistake of ours, not of yours. Please try again.", "저희 잘못이에요. 다시 시도해 주세요."},
		{&wire.Error{Code: wire.BadMessage, Text: "Not JSON."}, wire.BadMessage, 400, 0, false, "Not JSON.", "서버가 읽을 수 없는 메시지예요. (Not JSON.)"},
	} {
		p := problem.Of(c.err)
		if p.Code != c.code || p.Status != c.status || p.RetryAfter != c.retry || p.Ours != c.ours {
			t.Errorf("%v: got %s, %d, after %v, ours %v", c.err, p.Code, p.Status, p.RetryAfter, p.Ours)
		}
		for lang, want := range map[string]string{"en": c.english, "ko": c.korean, "xx": c.english} {
			if got := p.Sentence(lang); got != want {
				t.Errorf("%v in %s:\ngot  %s\nwant %s", c.err, lang, got, want)
			}
		}
	}
}

// TestPlaces: what somebody wrote is never taken for a place of a sentence.
func TestPlaces(t *testing.T) {
	_, err := scenario.Parse("{allowed}=1&{keys}=2")
	for _, lang := range []string{"en", "ko"} {
		if got := problem.Of(err).Sentence(lang); !strings.Contains(got, `"{allowed}"`) {
			t.Errorf("%s: got %s", lang, got)
		}
	}
}

func TestPage(t *testing.T) {
	for _, c := range []struct {
		err                     error
		lang, title, link, text string
	}{
		{problem.New(wire.NotFound, ""), "en", "There is no such page", "/", "Go to the stage"},
		{problem.New(wire.NotFound, ""), "ko", "그런 페이지는 없어요", "/", "무대로 가기"},
		{problem.Say(wire.NotFound, "no-lesson", "lesson", "name", "x"), "en", "There is no such lesson", "/lessons", "See all lessons"},
		{problem.Say(wire.Failed, "untold", "", "title", "Two copies", "reason", "x"), "en", "This lesson cannot be shown: Two copies", "/lessons", "See all lessons"},
		{problem.Say(wire.RunFailed, "run-stuck", "", "reason", "x"), "en", "This run broke", "/", "Go to the stage"},
		{problem.New(wire.RunEnded, ""), "en", "That did not work", "/", "Go to the stage"},
	} {
		p := problem.Of(c.err)
		link, text := p.Link(c.lang)
		if got := p.Title(c.lang); got != c.title || link != c.link || text != c.text {
			t.Errorf("%v in %s: got %q, %q to %s", c.err, c.lang, got, text, link)
		}
	}
}

// literals are the texts that source files give as what is allowed: to the
// field Allowed, as a constant, or as the second argument of a function that is
// called wrong.
func literals(t *testing.T, files ...string) (all []string) {
	t.Helper()
	take := func(e ast.Expr) {
		if lit, ok := e.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			text, err := strconv.Unquote(lit.Value)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, text)
		}
	}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), "../../sim/"+name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.KeyValueExpr:
				if key, ok := n.Key.(*ast.Ident); ok && key.Name == "Allowed" {
					take(n.Value)
				}
			case *ast.CallExpr:
				if f, ok := n.Fun.(*ast.Ident); ok && f.Name == "wrong" && len(n.Args) > 1 {
					take(n.Args[1])
				}
			case *ast.ValueSpec:
				for i, v := range n.Values {
					if strings.HasSuffix(n.Names[i].Name, "Allowed") {
						take(v)
					}
				}
			}
			return true
		})
	}
	return all
}

// places are the names in braces of a text.
func places(text string) string {
	names := regexp.MustCompile(`\{\w+`).FindAllString(text, -1) // with a particle behind it or without
	slices.Sort(names)
	return strings.Join(names, " ")
}

// TestAllowed: every language has the phrases of the simulator, and no others.
func TestAllowed(t *testing.T) {
	wanted := map[string]bool{}
	for _, k := range scenario.Keys() {
		if k.Words == nil { // words are the same everywhere
			wanted[k.Values] = true
		}
	}
	found := literals(t, "run.go", "cluster/command.go", "scenario/scenario.go", "scenario/beside.go", "scenario/command.go", "scenario/handler.go", "scenario/nokey.go", "scenario/script.go", "scenario/visitors.go", "scenario/key.go")
	if len(found) < 15 {
		t.Fatalf("only %d phrases were found: %q", len(found), found)
	}
	for _, text := range found {
		if text != "down, shutdown, up, slow, full" {
			wanted[text] = true
		}
	}
	for lang, has := range problem.Phrases() {
		for text := range wanted {
			if has[text] == "" {
				t.Errorf("%s: no translation of %q", lang, text)
			}
			if got, want := places(has[text]), places(text); got != want {
				t.Errorf("%s: %q has the places %s, want %s", lang, text, got, want)
			}
		}
		for text := range has {
			if !wanted[text] {
				t.Errorf("%s: nobody says %q", lang, text)
			}
		}
	}
}

// TestCodes: every code has a status, and a sentence.
func TestCodes(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "../wire/error.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	ast.Inspect(file, func(node ast.Node) bool {
		spec, ok := node.(*ast.ValueSpec)
		if !ok {
			return true
		}
		for _, v := range spec.Values {
			code, err := strconv.Unquote(v.(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			n++
			p := problem.Of(problem.New(wire.Code(code), ""))
			if p.Status < 400 || p.Text == "" {
				t.Errorf("%s: got the status %d and %q", code, p.Status, p.Text)
			}
		}
		return true
	})
	if n < 20 {
		t.Errorf("only %d codes were found", n)
	}
}
