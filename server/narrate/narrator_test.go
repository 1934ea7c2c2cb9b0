package narrate_test

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"procession/server/narrate"
	"procession/sim/trace"
	"procession/static"
)

func TestSentences(t *testing.T) {
	const local, before = trace.Memory(101), trace.Memory(102)
	threads := trace.Event{Kind: trace.WorkerStarting, Pid: 1, Mem: local, Threads: 4}
	second := trace.Event{Kind: trace.WorkerStarting, Pid: 2, Mem: trace.ProcessMemory(2, 2), Threads: 1}
	for _, c := range []struct {
		name    string
		earlier []trace.Event
		event   func(id func(string) trace.TextID) trace.Event
		want    string
	}{
		{"a miss", []trace.Event{second}, func(id func(string) trace.TextID) trace.Event {
			return trace.Event{Kind: trace.SessionRead, Visitor: id("Ada"), Pid: 2, Tid: 1, Mem: second.Mem, Sid: id("7f3a99"), Session: trace.Miss, Made: local, Home: local, Why: trace.WhyElsewhere}
		}, "Process 2 looks up 7f3a in its own memory and finds nothing: the session lives in process 1."},
		{"after a crash", []trace.Event{second}, func(id func(string) trace.TextID) trace.Event {
			return trace.Event{Kind: trace.SessionRead, Visitor: id("Ada"), Pid: 2, Tid: 1, Mem: second.Mem, Sid: id("7f3a99"), Session: trace.Miss, Made: before, Why: trace.WhyDied}
		}, "Process 2 looks up 7f3a in its own memory and finds nothing: an earlier life of process 2 had it, and its memory is gone."},
		{"threads share", []trace.Event{threads}, func(id func(string) trace.TextID) trace.Event {
			return trace.Event{Kind: trace.SessionRead, Visitor: id("Ada"), Pid: 1, Tid: 3, Mem: local, Sid: id("7f3a99"), Session: trace.Hit, Made: local, Home: local}
		}, "Thread 3 looks up 7f3a in the memory that all threads share and finds it."},
		{"the store", nil, func(id func(string) trace.TextID) trace.Event {
			return trace.Event{Kind: trace.SessionRead, Visitor: id("Ada"), Pid: 1, Tid: 1, Mem: trace.Store, Sid: id("7f3a99"), Session: trace.Hit, Made: trace.Store, Home: trace.Store}
		}, "Process 1 looks up 7f3a in the shared store and finds it."},
		{"no cookie", nil, func(id func(string) trace.TextID) trace.Event {
			return trace.Event{Kind: trace.RequestSent, Visitor: id("Ada"), Op: trace.Login}
		}, "Ada logs in."},
		{"a cookie", nil, func(id func(string) trace.TextID) trace.Event {
			return trace.Event{Kind: trace.RequestSent, Visitor: id("Ada"), Op: trace.Visit, Sid: id("7f3a99")}
		}, "Ada asks for a page and shows the cookie 7f3a."},
		{"set-cookie", nil, func(id func(string) trace.TextID) trace.Event {
			return trace.Event{Kind: trace.RequestAnswered, Visitor: id("Ada"), Op: trace.Login, Pid: 1, Status: 200, Session: trace.None, Cookie: trace.CookieSet, Sid: id("7f3a99")}
		}, "Process 1 logs Ada in and answers 200. The answer sets the cookie 7f3a."},
		{"asked to log in again", nil, func(id func(string) trace.TextID) trace.Event {
			return trace.Event{Kind: trace.RequestAnswered, Visitor: id("Ada"), Op: trace.Visit, Pid: 2, Status: 401, Session: trace.Miss}
		}, "Process 2 found no session, so Ada is asked to log in again: 401."},
		{"by chance", nil, func(id func(string) trace.TextID) trace.Event {
			return trace.Event{Kind: trace.RequestDone, Visitor: id("Ada"), Op: trace.Visit, Status: 401, Session: trace.Miss, Chance: 1}
		}, "Ada did nothing wrong and sees “Please log in”: logged out by chance."},
		{"reset", nil, func(id func(string) trace.TextID) trace.Event {
			return trace.Event{Kind: trace.RequestDone, Visitor: id("Ada"), Op: trace.Visit, Dur: 2_500_000}
		}, "Ada gets no answer, after 2.5 s."},
		{"a set", nil, func(id func(string) trace.TextID) trace.Event {
			return trace.Event{Kind: trace.ScenarioSet, Text: id("think=1.5s")}
		}, "From now on think is 1.5s."},
		{"a set with a sentence", nil, func(id func(string) trace.TextID) trace.Event {
			return trace.Event{Kind: trace.ScenarioSet, Text: id("connection=keep-alive")}
		}, "From now on each visitor's connection is kept open between requests."},
		{"crash", nil, func(func(string) trace.TextID) trace.Event {
			return trace.Event{Ts: 1_000_000, Kind: trace.WorkerCrashed, Pid: 1, Mem: local, Why: trace.WhyCrash, Until: 1_260_000}
		}, "Process 1 dies, and with it all that it kept in its memory. It will be started again, empty, in 260 ms."},
		{"crash for good", nil, func(func(string) trace.TextID) trace.Event {
			return trace.Event{Ts: 1_000_000, Kind: trace.WorkerCrashed, Pid: 1, Mem: local, Why: trace.WhyCrash}
		}, "Process 1 dies, and with it all that it kept in its memory."},
		{"a lock that is taken", []trace.Event{threads}, func(id func(string) trace.TextID) trace.Event {
			return trace.Event{Kind: trace.LockWaited, Pid: 1, Tid: 2, Mem: local, Text: id("sessions")}
		}, "Thread 2 finds the lock “sessions” taken and waits."},
		{"a lock after a wait", []trace.Event{threads}, func(id func(string) trace.TextID) trace.Event {
			return trace.Event{Kind: trace.LockAcquired, Pid: 1, Tid: 2, Mem: local, Text: id("sessions"), Dur: 60_000}
		}, "Thread 2 has the lock “sessions”, after waiting 60 ms."},
		{"a lock that is free", []trace.Event{threads}, func(id func(string) trace.TextID) trace.Event {
			return trace.Event{Kind: trace.LockAcquired, Pid: 1, Tid: 2, Mem: local, Text: id("sessions")}
		}, "Thread 2 takes the lock “sessions”."},
		{"a thread without a core", []trace.Event{threads}, func(func(string) trace.TextID) trace.Event {
			return trace.Event{Kind: trace.ThreadReady, Pid: 1, Tid: 2, Mem: local}
		}, "Thread 2 could go on, and waits for a core."},
		{"a counter of one's own", []trace.Event{second}, func(id func(string) trace.TextID) trace.Event {
			return trace.Event{Kind: trace.CounterCounted, Pid: 2, Tid: 1, Mem: second.Mem, Count: 7}
		}, "Process 2 writes 7 into the counter in its own memory."},
		{"a counter in the store", []trace.Event{second}, func(id func(string) trace.TextID) trace.Event {
			return trace.Event{Kind: trace.CounterCounted, Pid: 2, Tid: 1, Mem: trace.Store, Count: 8}
		}, "Process 2 writes 8 into the counter in the shared store."},
		{"a lost update", []trace.Event{second}, func(id func(string) trace.TextID) trace.Event {
			return trace.Event{Kind: trace.UpdateLost, Pid: 2, Mem: trace.Store, Text: id(`{"user":"Ada","cart":1}`)}
		}, `An update is lost: process 2 writes into the shared store ({"user":"Ada","cart":1}), over what another request has written since this one read.`},
		{"a circle of three", nil, func(id func(string) trace.TextID) trace.Event {
			return trace.Event{Kind: trace.LockDeadlocked, Pid: 1, Tid: 5, Text: id("a:2,b:11,c:5")}
		}, "Deadlock: thread 2 has “a” and waits for “b”, thread 11 has “b” and waits for “c”, thread 5 has “c” and waits for “a”, for ever."},
		{"who does not hear", []trace.Event{second}, func(id func(string) trace.TextID) trace.Event {
			return trace.Event{Kind: trace.ChatMissed, Visitor: id("Ada"), Pid: 2}
		}, "Ada does not hear of it: the websocket is on process 2, which never got the message."},
		{"a store that is killed", nil, func(func(string) trace.TextID) trace.Event {
			return trace.Event{Kind: trace.StoreDown, Why: trace.WhyCrash}
		}, "The shared store is killed. Its memory is gone; on its disk is what it had when it last saved."},
		{"a store that is told to end", nil, func(func(string) trace.TextID) trace.Event {
			return trace.Event{Kind: trace.StoreDown, Why: trace.WhyShutdown}
		}, "The shared store is shut down. It saved everything to disk first."},
		{"a session that lives again", []trace.Event{second}, func(id func(string) trace.TextID) trace.Event {
			return trace.Event{Kind: trace.SessionRevived, Pid: 2, Mem: trace.Store, Sid: id("7f3a99"), Text: id(`{"cart":1}`)}
		}, `A session lives again: process 2 saves 7f3a into the shared store ({"cart":1}), as it was before it was destroyed.`},
		{"a cookie that is replaced", []trace.Event{second}, func(id func(string) trace.TextID) trace.Event {
			return trace.Event{Kind: trace.CookieReplaced, Visitor: id("Ada"), Pid: 2, Sid: id("7f3a99"), Made: second.Mem, Text: id("abcd")}
		}, "A cookie is replaced: 7f3a takes the place of another one, which came to Ada's browser while this request was under way."},
		{"texts of the run are no templates", nil, func(id func(string) trace.TextID) trace.Event {
			return trace.Event{Kind: trace.CommandRefused, Text: id("login {visitor}"), Note: id("[[x|p1]] {text}")}
		}, "The command login {visitor} was refused: [[x|p1]] {text}."},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := narrator(t)
			l := trace.NewLog()
			for _, e := range c.earlier {
				plain(n, l, &e)
			}
			e := c.event(l.ID)
			if got := plain(n, l, &e); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// TestStoreOnDisk: a database keeps what it held; what kind the store is and
// what it has on disk, the narrator knows from the scenario and from what was set since.
func TestStoreOnDisk(t *testing.T) {
	n, l := narrator(t), trace.NewLog()
	for _, step := range []struct {
		kind trace.Kind
		text string
		why  trace.Why
		says string
	}{
		{trace.RunStarted, "mode=store&store-kind=database&seed=2", trace.WhyCrash, "What it holds is on disk"},
		{trace.ScenarioSet, "store-kind=redis", trace.WhyCrash, "when it last saved"},
		{trace.ScenarioSet, "store-persistence=aof", trace.WhyCrash, "Each change is on its disk"},
		{trace.ScenarioSet, "store-persistence=none", trace.WhyShutdown, "it has nothing on disk"},
		{trace.ScenarioSet, "store-persistence=rdb", trace.WhyShutdown, "It saved everything"},
		{trace.ScenarioSet, "store-kind=database", trace.WhyShutdown, "What it holds is on disk"},
	} {
		plain(n, l, &trace.Event{Kind: step.kind, Text: l.ID(step.text)})
		if got := plain(n, l, &trace.Event{Kind: trace.StoreDown, Why: step.why}); !strings.Contains(got, step.says) {
			t.Errorf("after %s: %s", step.text, got)
		}
	}
}

// TestAnswerAhead: a redirect leaves before the session is in the store, unless
// the app saves it first.
func TestAnswerAhead(t *testing.T) {
	n, l := narrator(t), trace.NewLog()
	for _, step := range []struct {
		kind  trace.Kind
		text  string
		ahead bool
	}{
		{trace.RunStarted, "login=redirect&mode=store", true},
		{trace.ScenarioSet, "save-first=true", false},
		{trace.ScenarioSet, "save-first=false", true},
		{trace.ScenarioSet, "mode=local", false},
	} {
		plain(n, l, &trace.Event{Kind: step.kind, Text: l.ID(step.text)})
		got := plain(n, l, &trace.Event{Kind: trace.RequestAnswered, Visitor: l.ID("Ada"), Op: trace.Login, Pid: 1, Tid: 1, Status: 302, Session: trace.None})
		if strings.Contains(got, "before the session is saved") != step.ahead || !strings.Contains(got, "logs Ada in and answers 302") {
			t.Errorf("after %s: %s", step.text, got)
		}
	}
}

// TestInk: a session wears the colour of the memory that made it, also in the
// room of another process.
func TestInk(t *testing.T) {
	n, l := narrator(t), trace.NewLog()
	e := trace.Event{Kind: trace.SessionRead, Pid: 2, Tid: 1, Mem: trace.ProcessMemory(2, 1), Sid: l.ID("7f3a99"),
		Session: trace.Miss, Made: trace.ProcessMemory(1, 1), Home: trace.ProcessMemory(1, 1), Why: trace.WhyElsewhere}
	want := []narrate.Part{{Text: "Process 2", Ink: "p2"}, {Text: " looks up "}, {Text: "7f3a", Ink: "p1"}, {Text: " in "},
		{Text: "its own memory", Ink: "p2"}, {Text: " and "}, {Text: "finds nothing", Ink: "miss"}, {Text: ": the session lives in "},
		{Text: "process 1", Ink: "p1"}, {Text: "."}}
	if got := n.Parts(l, &e); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestDurations(t *testing.T) {
	n, l := narrator(t), trace.NewLog()
	for us, want := range map[int64]string{
		0: "0 µs", 400: "400 µs", 999: "999 µs", 1_000: "1 ms", 1_250: "1.3 ms", 9_949: "9.9 ms", 9_960: "10 ms",
		12_499: "12 ms", 12_500: "13 ms", 1_000_000: "1 s", 1_004_999: "1 s", 1_005_000: "1.01 s", 2_500_000: "2.5 s", 86_400_000_000: "86400 s",
	} {
		e := trace.Event{Kind: trace.RequestDone, Op: trace.Visit, Status: 200, Visitor: l.ID("Ada"), Dur: us}
		if got := plain(n, l, &e); got != "Ada sees the page, still logged in, after "+want+"." {
			t.Errorf("%d µs: %s, want %s", us, got, want)
		}
	}
}

func TestNoSuchLanguage(t *testing.T) {
	if _, err := narrate.New("xx"); err == nil || !strings.Contains(err.Error(), `"xx"`) {
		t.Errorf("New(xx) = %v", err)
	}
}

// TestCatalogue holds the file to the rule: every kind has a sentence, every
// key can be found, every name stands for something that the kind has.
func TestCatalogue(t *testing.T) {
	catalogue := readCatalogue(t)
	kinds := map[string]trace.Kind{}
	for _, k := range trace.Kinds() {
		kinds[k.String()] = k
		if catalogue[k.String()] == "" {
			t.Errorf("no sentence for %s", k)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(catalogue)) {
		template := catalogue[key]
		checkInk(t, key, template)
		base, _, _ := strings.Cut(key, "+")
		parts := strings.Split(base, ".")
		if len(parts) < 2 {
			t.Errorf("%s is no key", key)
			continue
		}
		kind, isKind := kinds[parts[0]+"."+parts[1]]
		if !isKind {
			if !slices.Contains([]string{"who", "memory", "place", "circle"}, parts[0]) {
				t.Errorf("%s is neither a kind nor a phrase", key)
			}
			continue
		}
		checkNames(t, key, template, kind)
		if kind != trace.ScenarioSet {
			checkWords(t, key, parts[2:], kind)
		}
	}
}

var (
	names  = regexp.MustCompile(`\{([^}]*)\}`)
	inked  = regexp.MustCompile(`\[\[([^\[\]|]+)\|([^\[\]|]+)\]\]`)
	inkSet = regexp.MustCompile(`^(p([1-9]|1[0-6]|\{pid\}|\{n\})|store|hit|miss|none)$`)
)

func checkInk(t *testing.T, key, template string) {
	t.Helper()
	for _, m := range inked.FindAllStringSubmatch(template, -1) {
		if !inkSet.MatchString(m[2]) {
			t.Errorf("%s: no ink %q", key, m[2])
		}
	}
	if rest := inked.ReplaceAllString(template, ""); strings.ContainsAny(rest, "[]|") {
		t.Errorf("%s: broken ink in %q", key, template)
	}
}

func checkNames(t *testing.T, key, template string, kind trace.Kind) {
	t.Helper()
	needs := map[string][]trace.Field{
		"who": {trace.FPid}, "Who": {trace.FPid}, "memory": {trace.FPid, trace.FMem}, "place": {trace.FMem},
		"in": {trace.FUntil}, "key": {trace.FText}, "value": {trace.FText}, "circle": {trace.FText},
	}
	for _, f := range trace.Fields() {
		needs[f.String()] = []trace.Field{f}
	}
	for _, m := range names.FindAllStringSubmatch(template, -1) {
		fields, ok := needs[m[1]]
		if !ok {
			t.Errorf("%s: nothing is called {%s}", key, m[1])
		}
		for _, f := range fields {
			if !slices.Contains(kind.Fields(), f) {
				t.Errorf("%s: {%s} needs the field %s, which %s does not have", key, m[1], f, kind)
			}
		}
	}
}

func checkWords(t *testing.T, key string, words []string, kind trace.Kind) {
	t.Helper()
	for _, w := range words {
		ok := w == "bare" && kind == trace.RequestSent ||
			(w == "chance" || w == "changed") && slices.Contains(kind.Fields(), trace.FChance) ||
			w == "at-once" && (kind == trace.WorkerStarting || kind == trace.LockAcquired || kind == trace.SessionLocked) ||
			slices.Contains([]string{"database", "none", "aof"}, w) && kind == trace.StoreDown ||
			w == "own" && slices.Contains(kind.Fields(), trace.FOp) ||
			w == "disk" && kind == trace.ValueWritten ||
			w == "ahead" && kind == trace.RequestAnswered ||
			w == "for-good" && (kind == trace.WorkerCrashed || kind == trace.WorkerStopped) ||
			slices.Contains(kind.Fields(), trace.FStatus) && regexp.MustCompile(`^(0|[1-5]\d\d)$`).MatchString(w)
		for _, f := range []trace.Field{trace.FWhy, trace.FOp, trace.FSession} {
			ok = ok || slices.Contains(kind.Fields(), f) && slices.Contains(f.Words()[1:], w)
		}
		if !ok {
			t.Errorf("%s: the word %q never occurs in a %s", key, w, kind)
		}
	}
}

func narrator(t *testing.T) *narrate.Narrator {
	t.Helper()
	n, err := narrate.New("en")
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func readCatalogue(t *testing.T) map[string]string {
	t.Helper()
	file, err := static.FS.ReadFile("lang/en.json")
	if err != nil {
		t.Fatal(err)
	}
	var all struct{ Narrate map[string]string }
	if err := json.Unmarshal(file, &all); err != nil {
		t.Fatal(err)
	}
	return all.Narrate
}
