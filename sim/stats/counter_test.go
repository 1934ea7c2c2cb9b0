package stats_test

import (
	"encoding/json"
	"strings"
	"testing"

	"procession/sim/trace"
)

func TestSummary(t *testing.T) {
	l := trace.NewLog()
	ada, grace := l.ID("Ada"), l.ID("Grace")
	add := func(e trace.Event) { l.Append(e) }
	add(trace.Event{Kind: trace.RunStarted, Text: l.ID("workers=3")})
	for pid := range int16(2) {
		add(trace.Event{Kind: trace.WorkerStarting, Pid: pid + 1, Threads: 1})
	}
	add(trace.Event{Kind: trace.VisitorJoined, Visitor: grace})
	add(trace.Event{Kind: trace.VisitorJoined, Visitor: ada})
	for range 10 {
		add(trace.Event{Kind: trace.RequestSent, Visitor: ada})
	}
	done := func(e trace.Event) {
		e.Kind = trace.RequestDone
		add(e)
	}
	done(trace.Event{Visitor: ada, Op: trace.Login, Pid: 1, Status: 200, Session: trace.None, Dur: 10})
	done(trace.Event{Visitor: ada, Op: trace.Visit, Pid: 2, Status: 401, Session: trace.Miss, Chance: 1, Dur: 30})
	done(trace.Event{Visitor: ada, Op: trace.Visit, Pid: 1, Status: 200, Session: trace.Hit, Dur: 20})
	done(trace.Event{Visitor: ada, Op: trace.Visit, Pid: 1, Status: 500, Dur: 5_000_000})
	done(trace.Event{Visitor: grace, Op: trace.Visit, Status: 0, Dur: 40})
	done(trace.Event{Visitor: grace, Op: trace.Logout, Pid: 1, Status: 200, Session: trace.Hit, Dur: 20})
	add(trace.Event{Kind: trace.StoreExecuted})
	add(trace.Event{Kind: trace.WorkerCrashed, Pid: 2})
	add(trace.Event{Kind: trace.RunEnded, Ts: 7_000_000})

	got, err := json.Marshal(sum(l))
	if err != nil {
		t.Fatal(err)
	}
	want := `{"scenario":"workers=3","duration":7000000,"ended":true,"requests":6,"inFlight":4,"hits":2,"misses":1,"hitRatio":0.6667,
"logouts":1,"welcome":1,"denied":1,"errors":1,"resets":1,"commands":1,"crashes":1,"lostUpdates":0,"replacedCookies":0,"revivedSessions":0,"deadlocks":0,"heard":0,"unheard":0,"jobs":0,
"throughput":0.86,"latency":{"p50":20,"p95":5000000,"p99":5000000},
"cores":[{"core":1,"busy":0,"switching":0,"idle":1},{"core":2,"busy":0,"switching":0,"idle":1}],
"switches":{"processes":0,"threads":0,"none":0},"locks":{"taken":0,"waits":0,"total":0,"max":0},"store":{"trips":0,"mean":0},
"memory":{"copies":2,"threads":2,"resident":116048,"own":62048},
"workers":[{"pid":1,"requests":4,"hits":2,"misses":0,"crashes":0,"run":0,"ready":0,"switching":0,"blocked":7000000},
{"pid":2,"requests":1,"hits":0,"misses":1,"crashes":1,"run":0,"ready":0,"switching":0,"blocked":0}],
"visitors":[{"name":"Grace","requests":2,"hits":1,"misses":0,"logouts":0},{"name":"Ada","requests":4,"hits":1,"misses":1,"logouts":1}]}`
	if want = strings.ReplaceAll(want, "\n", ""); string(got) != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestSummaryOfNothing(t *testing.T) {
	got, err := json.Marshal(sum(trace.NewLog()))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"hitRatio":null`, `"workers":[]`, `"visitors":[]`, `"latency":{"p50":0,"p95":0,"p99":0}`} {
		if !strings.Contains(string(got), want) {
			t.Errorf("%s has no %s", got, want)
		}
	}
}
