package code_test

import (
	"fmt"
	"strings"
	"testing"

	"procession/server/code"
	"procession/sim"
	"procession/sim/trace"
)

// light follows a run as a page does, and says which line of a file an event
// lights.
type light struct {
	file  *code.File
	log   *trace.Log
	ops   map[int32]string // of the requests
	read  map[int32]bool   // requests whose session was looked up
	held  map[int32]int    // locks that they hold
	threw map[int32]bool   // requests whose handler threw
}

func newLight(f *code.File, log *trace.Log) *light {
	return &light{f, log, map[int32]string{}, map[int32]bool{}, map[int32]int{}, map[int32]bool{}}
}

// lines gives the lines of an event, nil when the thread stays where it is.
func (l *light) lines(e *trace.Event) []int {
	if e.Kind == trace.RequestSent {
		l.ops[e.Req] = e.Op.String()
		return nil
	}
	key := e.Kind.String() + "." + l.ops[e.Req]
	if lines := l.file.Marks[key+"."+l.detail(e)]; lines != nil {
		return lines
	}
	return l.file.Marks[key]
}

func (l *light) detail(e *trace.Event) string {
	noun, _, _ := strings.Cut(e.Kind.String(), ".")
	switch {
	case e.Kind == trace.RequestStarted: // again, by another worker
		l.read[e.Req], l.held[e.Req] = false, 0
	case e.Kind == trace.SessionRead:
		l.read[e.Req] = true
		return e.Session.String()
	case e.Kind == trace.CounterCounted, e.Kind == trace.UpdateLost, e.Kind == trace.ValueWritten:
		if e.Mem == trace.Store {
			return "store"
		}
		return "memory"
	case e.Kind == trace.HandlerThrew:
		l.threw[e.Req] = true
	case e.Kind == trace.RequestAnswered && l.threw[e.Req]:
		return "thrown"
	case e.Kind == trace.RequestAnswered:
		if e.Status == 500 && e.Session == 0 {
			return "unread"
		}
		return fmt.Sprint(e.Status)
	case noun == "store":
		word, _, _ := strings.Cut(l.log.Text(e.Text), " ")
		return strings.ToLower(strings.Trim(word, `"`))
	case noun == "lock":
		if e.Kind == trace.LockReleased {
			l.held[e.Req]--
		}
		others := l.held[e.Req]
		if e.Kind == trace.LockAcquired {
			l.held[e.Req]++
		}
		if l.ops[e.Req] == "transfer" {
			return [2]string{"first", "second"}[min(others, 1)]
		}
		if l.ops[e.Req] == "own" && l.log.Text(e.Text) == "values" {
			return "values"
		}
		if l.read[e.Req] {
			return "write"
		}
		return "read"
	}
	return ""
}

// runs cover every operation in every mode, and what else changes the way
// through a handler.
var runs = []string{
	"script=login,visit,cart,report,count,chat,transfer,logout,visit",
	"script=login,visit,cart,visit,logout,visit&save-uninitialized=true&views=true&rolling=true&resave=true&max-age=2s",
	"mode=store&script=login,visit,cart,report,count*3,chat,transfer,logout,visit",
	"mode=store&script=login,visit,count,chat&counter=atomic&chat=pubsub&regenerate=true",
	"mode=store&script=login,visit*9,count,chat,logout&chat=pubsub&do=3s+store+down;20s+store+up",
	"mode=store&script=login,visit*9,logout&store-client=no-offline-queue&do=3s+store+down;9s+store+up",
	"mode=store&visitors=1&script=login*9&regenerate=true&store-client=no-offline-queue&do=5.2s+store+down",
	"mode=threads&workers=3&visitors=6&script=login,visit,cart,report,count*3,chat,transfer*3,logout,visit",
	"mode=threads&workers=3&visitors=6&lock=none&script=login,visit,cart,count*3,transfer,logout",
	"mode=threads&workers=2&lock-order=opposite&visitors=4&script=login,transfer*5",
	"mode=store&workers=1&connection=browser&session-lock=true&cart-delay=2s&script=login,cart,visit,login,logout&do=4s cart Ada; 4.1s visit Ada; 4.2s login Ada; 4.3s logout Ada",
	"mode=cookie&script=login,visit,cart,logout,visit&regenerate=true",
	"mode=store&script=login,visit,login,visit&login=redirect",
	"mode=store&script=login,visit,login,visit&login=redirect&save-first=true&regenerate=true",
	"script=login,visit,login,visit&login=redirect&save-delay=1s&views=true",
	"workers=3&balancer=least-connections&visitors=9&script=login,visit*5,cart*2,logout&do=4s+crash+1",
	"workers=3&script=poll*5&think=100ms",
	"workers=2&visitors=2&script=chat*2&transport=polling&connection=keep-alive",
	"workers=1&visitors=1&script=poll*2&do=0s+crash+1+handler",
	"mode=store&visitors=2&script=login,cart,count,visit,logout&do=3s+store+full",
	"script=login,visit*9&think=100ms&do=2s+crash+1+handler;5s+crash+2+handler",
	"visitors=4&script=login,page,vote*2,stock*2,keep,vote&think=100ms&max-age=2s&handlers=page: read session user, answer 401 if missing | vote: read memory votes, pause 300ms, add 1, write memory votes | stock: read store stock, pause 300ms, add 1, write store stock, incr sold | keep: read session kept, add 1, write session kept",
	"mode=store&script=login,keep,look&think=100ms&handlers=keep: read session kept, add 1, write session kept, incr sold | look: read store sold, read session kept",
	"mode=store&script=login,keep*3&store-client=no-offline-queue&do=2s store down&handlers=keep: read session kept, add 1, write session kept, write store kept",
	"mode=store&script=login,keep*9&do=3s store full&handlers=keep: put 1, write store kept",
	"mode=threads&workers=3&visitors=6&script=login,vote*9&think=1ms&handlers=vote: read memory votes, add 1, write memory votes",
	"mode=threads&script=count*2,report*2,chat*2,transfer*2&do=1s+crash+1+handler;4s+crash+1+handler;9s+crash+1+handler",
}

// TestRequestsGoDownTheFile: a handler has no loops, so on its way through it
// a request lights lines from above to below, from the first to an answer.
func TestRequestsGoDownTheFile(t *testing.T) {
	all := files(t)
	for _, name := range []string{"handler.go", "app.js"} {
		answered := map[string]bool{}
		for _, query := range runs {
			follow(t, all[name], query, answered)
		}
		for op := trace.Login; op <= trace.Ops; op++ { // the last one stands for the handlers of an author's own
			if !answered[op.String()] && (!op.IsOwn() || name == "handler.go") {
				t.Errorf("%s: no request of %s was followed to its answer", name, op)
			}
		}
	}
}

// minute plays a run for a minute; close it.
func minute(t *testing.T, query string) *sim.Run {
	t.Helper()
	sc, err := sim.Parse(query)
	if err != nil {
		t.Fatal(err)
	}
	run := sim.New(sc)
	run.Advance(60_000_000)
	return run
}

func follow(t *testing.T, f *code.File, query string, answered map[string]bool) {
	t.Helper()
	r := minute(t, query)
	defer r.Close()
	log := r.Log()
	l := newLight(f, log)
	at := map[int32]int{} // the line of each request
	for seq := 1; seq <= log.Len(); seq++ {
		e := log.At(seq)
		lines := l.lines(e)
		if e.Req == 0 || lines == nil {
			continue
		}
		op := l.ops[e.Req]
		where := fmt.Sprintf("%s: %s: %s", f.Name, query, log.AppendJSON(nil, e))
		if len(lines) != 1 {
			t.Errorf("%s: lights the lines %v, want one", where, lines)
		}
		if e.Kind == trace.ChatDelivered || e.Kind == trace.ChatMissed {
			continue // app.js has that in a function of its own
		}
		switch {
		case e.Kind == trace.RequestStarted:
			at[e.Req] = 0
		case at[e.Req] == 0:
			t.Errorf("%s: the request has not started", where)
		case lines[0] < at[e.Req]:
			t.Errorf("%s: goes back from line %d to %d", where, at[e.Req], lines[0])
		}
		at[e.Req] = lines[0]
		if e.Kind == trace.RequestAnswered {
			answered[op] = true
		}
	}
}

// TestDetailFilesAreLit: each of the other files has a run that shows it.
func TestDetailFilesAreLit(t *testing.T) {
	for name, f := range files(t) {
		lit := map[int]bool{}
		for _, query := range runs {
			r := minute(t, query)
			l := newLight(f, r.Log())
			for seq := 1; seq <= r.Log().Len(); seq++ {
				for _, n := range l.lines(r.Log().At(seq)) {
					lit[n] = true
				}
			}
			r.Close()
		}
		for key, lines := range f.Marks {
			for _, n := range lines {
				if !lit[n] {
					t.Errorf("%s: no run lights line %d (%s): %s", name, n, key, strings.TrimSpace(f.Lines[n-1]))
					lit[n] = true // said once
				}
			}
		}
	}
}
