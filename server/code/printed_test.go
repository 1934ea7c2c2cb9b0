package code_test

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"procession/internal/testenv"
	"procession/server/code"
	"procession/sim"
	"procession/sim/cluster"
	"procession/sim/scenario/scenariotest"
	"procession/sim/trace"
)

var rewrite = flag.Bool("rewrite", false, "write what comes out now into the files of testdata")

// printed gives app.js with handlers.
func printed(t *testing.T, handlers string) *code.File {
	t.Helper()
	sc, err := sim.Parse("handlers=" + handlers)
	if err != nil {
		t.Fatal(err)
	}
	f, err := code.Printed(sc.Handlers)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// TestPrinted compares what is added to app.js for handlers with testdata/printed.txt:
// after a line with the handlers come the lines which are not in the file without them.
func TestPrinted(t *testing.T) {
	const name = "testdata/printed.txt"
	file, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var now strings.Builder
	for part := range strings.SplitSeq(strings.TrimSuffix(string(file), "\n"), "\n\n== ") {
		handlers, _, _ := strings.Cut(strings.TrimPrefix(part, "== "), "\n")
		if now.Len() > 0 {
			now.WriteString("\n")
		}
		fmt.Fprintf(&now, "== %s\n%s", handlers, added(files(t)["app.js"].Lines, printed(t, handlers).Lines))
	}
	if *rewrite {
		if err := os.WriteFile(name, []byte(now.String()), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(file), now.String()); diff != "" {
		t.Errorf("-rewrite writes what comes out now (-want +got):\n%s", diff)
	}
}

// added gives the lines that are not in the file before.
func added(before, now []string) string {
	var b strings.Builder
	for _, line := range now {
		if len(before) > 0 && strings.HasPrefix(before[0], "const client =") && strings.HasPrefix(line, "const client =") {
			if line != before[0] {
				b.WriteString(line + "\n")
			}
			before = before[1:]
			continue
		}
		if len(before) > 0 && line == before[0] {
			before = before[1:]
			continue
		}
		b.WriteString(line + "\n")
	}
	return b.String()
}

// TestPrintedWithoutHandlers: then it is app.js, and nothing more.
func TestPrintedWithoutHandlers(t *testing.T) {
	f, err := code.Printed(nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(files(t)["app.js"], f); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestPrintedIsJavaScript has Node read handlers that were drawn at random.
func TestPrintedIsJavaScript(t *testing.T) {
	node := testenv.Tool(t, "node")
	seen := 0
	for seed := uint64(1); seen < testenv.Runs(12, 100); seed++ {
		sc, err := sim.Parse(scenariotest.Random(seed))
		if err != nil {
			t.Fatal(err)
		}
		if len(sc.Handlers) == 0 {
			continue
		}
		seen++
		f, err := code.Printed(sc.Handlers)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Join(t.TempDir(), "app.cjs")
		if err := os.WriteFile(name, []byte(strings.Join(f.Lines, "\n")), 0o666); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.Command(node, "--check", name).CombinedOutput(); err != nil {
			t.Errorf("%s: %v:\n%s", sc, err, out)
		}
	}
}

// ownRuns have handlers of every kind of step.
var ownRuns = []string{
	"visitors=4&script=login,page,vote*2,stock*2,keep,vote,limit*3&think=100ms&handlers=page: read session user, answer 401 if missing | vote: read memory votes, pause 300ms, add 1, write memory votes, answer 202 over 3 | stock: read store stock, pause 300ms, add 1, write store stock, incr sold | keep: read session kept, add 1, write session kept | limit",
	"mode=store&script=login,keep*2,look,mix&think=100ms&handlers=keep: read session kept, add 1, write session kept, incr sold | look: read store sold, read store other, read session kept, answer 204 over 0 | mix: read memory a, write store b, compute 5ms, incr a, write memory a, answer 500",
	"mode=store&script=login,keep*3&store-client=no-offline-queue&do=2s store down&handlers=keep: read session kept, add 1, write session kept, write store kept",
	"script=vote*9&do=2s crash 1 handler&handlers=vote: incr votes",
	"mode=store&script=login,keep*9&do=3s store full&handlers=keep: put 1, write store kept",
}

// TestPrintedIsLit follows requests down the printed app: each event of a
// handler lights lines of its route, or of what stands around it, and the
// answer is the line that gives its status.
func TestPrintedIsLit(t *testing.T) {
	for _, query := range ownRuns {
		run := minute(t, query)
		defer run.Close()
		f, err := code.Printed(run.Scenario().Handlers)
		if err != nil {
			t.Fatal(err)
		}
		log := run.Log()
		l := newLight(f, log)
		names, at, answered := map[int32]string{}, map[int32]int{}, 0
		for seq := 1; seq <= log.Len(); seq++ {
			e := log.At(seq)
			if e.Kind == trace.RequestSent {
				l.ops[e.Req] = e.Op.String()
				if e.Op.IsOwn() {
					names[e.Req] = log.OpWord(e.Op)
				}
				continue
			}
			name := names[e.Req]
			detail := l.detail(e)
			if name == "" || !handles(f, e.Kind) || e.Kind == trace.RequestAnswered && e.Pid == 0 {
				continue
			}
			where := fmt.Sprintf("%s: %s", query, log.AppendJSON(nil, e))
			lines := look(f.Marks, e.Kind.String()+"."+name, detail, numberOf(log, e))
			if len(lines) == 0 {
				t.Errorf("%s: lights no line", where)
				continue
			}
			if e.Kind == trace.RequestStarted {
				at[e.Req] = 0
			}
			if slices.Max(lines) < at[e.Req] {
				t.Errorf("%s: goes back from line %d to %v", where, at[e.Req], lines)
			}
			at[e.Req] = slices.Min(lines)
			if e.Kind != trace.RequestAnswered {
				continue
			}
			answered++
			for _, n := range lines {
				if line := f.Lines[n-1]; e.Status != 200 && !strings.Contains(line, fmt.Sprintf("tatus(%d)", e.Status)) || e.Status == 200 && !strings.Contains(line, "res.") {
					t.Errorf("%s: is line %d: %s", where, n, line)
				}
			}
		}
		if answered == 0 {
			t.Errorf("%s: no handler has answered", query)
		}
	}
}

// handles says whether events of a kind are a handler's.
func handles(f *code.File, kind trace.Kind) bool {
	for key := range f.Marks {
		if strings.HasPrefix(key, kind.String()+".") {
			return true
		}
	}
	return false
}

// look finds lines as a page does, the most exact first.
func look(marks map[string][]int, key, detail, number string) []int {
	for _, k := range []string{key + "." + detail + "." + number, key + "." + detail, key} {
		if lines := marks[k]; lines != nil {
			return lines
		}
	}
	return nil
}

// numberOf gives the name of the number that an event is about.
func numberOf(log *trace.Log, e *trace.Event) string {
	text := log.Text(e.Text)
	if _, command, _ := strings.Cut(text, `" "`); strings.HasPrefix(e.Kind.String(), "store.") {
		name, _, _ := strings.Cut(command, `"`)
		return name
	}
	return text
}

// TestPrintedLines: each step of a handler lights the line that does the same.
func TestPrintedLines(t *testing.T) {
	f := printed(t, "vote: read memory votes, pause 300ms, add 1, write memory votes, incr sum, answer 202 over 3")
	line := func(part string) int {
		t.Helper()
		n := slices.IndexFunc(f.Lines, func(l string) bool { return strings.Contains(l, part) })
		if n < 0 {
			t.Fatalf("there is no line with %s", part)
		}
		return n + 1
	}
	for key, want := range map[string][]int{
		"value.written.vote.memory.votes": {line("memory.set('votes', n)")},
		"store.sent.vote.incr.sum":        {line("client.incr('sum')")},
		"value.written.vote.store.sum":    {line("client.incr('sum')")},
		"request.answered.vote.202":       {line("if (n > 3) return res.status(202)")},
		"request.answered.vote.200":       {line("client.incr('sum')") + 2},
		"request.answered.vote.unread":    {line("error: err.message")},
		"request.started.vote":            {line("express.urlencoded")},
	} {
		if diff := cmp.Diff(want, f.Marks[key]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", key, diff)
		}
	}
	read := line("let n = memory.get('votes') ?? 0")
	for key, want := range map[string][]int{
		"request.started.vote":            {read, read + 1, read + 2},
		"value.written.vote.memory.votes": {line("client.incr('sum')")},
		"store.executed.vote.incr.sum":    {line("client.incr('sum')") + 1, line("client.incr('sum')") + 2},
	} {
		if diff := cmp.Diff(want, f.After[key]); diff != "" {
			t.Errorf("after %s (-want +got):\n%s", key, diff)
		}
	}
	if f.First != read-1 {
		t.Errorf("it is read from line %d on, want %d", f.First, read-1)
	}
}

// TestHandlersFindTheirPlaces: app.js has the lines at which handlers are put in.
func TestHandlersFindTheirPlaces(t *testing.T) {
	source, err := cluster.Source("app.js")
	if err != nil {
		t.Fatal(err)
	}
	f := printed(t, "vote: incr votes | page: read session user")
	text := strings.Join(f.Lines, "\n")
	before, after, _ := strings.Cut(text, "app.use(session(")
	if !strings.Contains(before, "app.post('/vote'") || !strings.Contains(after, "app.get('/page'") || strings.Index(after, "app.get('/page'") > strings.Index(after, "app.use((err") {
		t.Error("a handler without a session stands before the session middleware, one with it behind, and before the errors")
	}
	if strings.Contains(source, "memory.") {
		t.Error("app.js has a variable memory of its own")
	}
}
