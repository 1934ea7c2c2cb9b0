package narrate_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"slices"
	"testing"

	"procession/server/narrate"
	"procession/sim"
	"procession/sim/trace"
)

var rewrite = flag.Bool("rewrite", false, "write what the runs say now into testdata/sentences.ndjson")

// goldenRuns are scenarios in which nearly everything happens that can.
var goldenRuns = []string{
	"visitors=2&do=5s crash 1; 8s join Linus; 12s set mode=store; 16s store down; 24s store up; 30s set connection=keep-alive; 32s set workers=3; 34s leave Linus; 36s reload; 40s set workers=1; 42s crash 1; 44s restart 1",
	"mode=threads&workers=4&visitors=4&cores=2&clear-cookie=true&script=visit,login,visit,cart,report,logout,visit&do=4s set lock=none; 9s set lock=mutex; 14s logout Ada",
	"mode=store&max-age=1s&think=2s&visitors=2&script=login,visit*2,cart,logout,visit&balancer=random&do=3s store slow",
	"mode=threads&workers=4&visitors=6&cores=1&quantum=20ms&think=100ms&lock-order=opposite&script=login,count*2,cart*2,transfer*3",
	"mode=threads&workers=4&visitors=8&think=0&lock=none&script=login,count*3,visit*4&do=12s set lock-order=opposite; 13s set counter=atomic",
	"visitors=3&jitter=20&script=chat*8&do=6s crash 1; 12s restart; 17s leave Ada; 20s set chat=pubsub; 22s set graceful=true; 25s reload; 32s set workers=1",
	"visitors=3&graceful=true&cart-delay=4s&think=200ms&script=login,chat,cart*3&do=3s crash 1 handler; 8s restart; 14s set kill-timeout=9s; 15s set pm2=cluster; 16s reload; 30s set pm2=auto; 40s set workers=1; 41s set pm2=fork",
	"mode=store&store-kind=database&visitors=3&regenerate=true&script=login,count*3,login,chat*3,visit*9&think=300ms&chat=pubsub&do=12s store down; 15s crash 2; 19s store up; 30s set store-client=no-error-handler; 33s store down; 40s store up; 41s set weights=3,1",
	"mode=store&store-client=no-offline-queue&visitors=2&think=200ms&balancer=least-connections&do=4s store down; 6s set store-client=timeout; 8s store up; 9s store down; 11s set store-client=ioredis; 13s store up",
	"mode=store&visitors=2&store-client=no-error-handler&store-connect=background&do=6s store down; 20s store up; 25s set store-persistence=aof; 27s store shutdown; 30s store up; 35s set store-persistence=none; 38s store down; 41s store up",
	"mode=store&visitors=Ada&costs=measured&cart-delay=400ms&traffic=none&do=0s login Ada; 0s cart Ada; 1s visit Ada; 2s login Ada; 3s cart Ada; 3.1s logout Ada; 4s cart Ada; 4.1s cart Ada; 5s store shutdown; 6s store up; 7s set store-connect=background; 8s set store-persistence=rdb",
	"costs=measured&workers=1&visitors=1&traffic=none&do=300ms crash 1; 600ms crash 1; 900ms crash 1; 1200ms crash 1; 1500ms crash 1; 1800ms crash 1; 2100ms crash 1; 2400ms crash 1; 2700ms crash 1; 3000ms crash 1; 3300ms crash 1; 3600ms crash 1; 3900ms crash 1; 4200ms crash 1; 4500ms crash 1; 4800ms crash 1; 6s visit Ada",
	"mode=threads&workers=2&visitors=2&lock=none&script=transfer*2",
	"mode=store&login=redirect&save-delay=3s&visitors=Ada&traffic=none&do=0s login Ada; 8s logout Ada; 12s set save-delay=0; 12s cart Ada; 16s set save-delay=9s; 16s login Ada; 20s crash 1; 20s crash 2; 25s set save-first=true; 26s set save-delay=preset; 32s set login=answer; 33s set save-first=false; 35s set login=redirect; 36s login Ada",
	"mode=store&visitors=Eve,Ada&traffic=none&do=0s cart Eve; 2s plant Eve on Ada; 3s login Ada; 6s visit Eve; 8s plant Eve on Nobody",
	"workers=2&visitors=Ada&costs=measured&script=login,poll*6,chat*2&think=1s&do=4.5s crash 1; 7.2s set transport=polling; 12s set connection=http2; 13s set transport=websocket",
	"mode=store&visitors=Ada,Bob,Cid&costs=measured&traffic=none&do=0s login Ada; 1s store full; 2s cart Ada; 3s login Bob; 4s visit Bob; 5s set maxmemory-policy=allkeys-lru; 6s login Cid; 7s visit Ada; 8s set maxmemory-policy=noeviction; 9s store up",
	"mode=store&visitors=2&secret=per-process&session-lock=true&script=login,visit*2,cart,visit&do=6s cart Ada; 6.2s cart Ada; 7s set secret=shared; 8s set mode=cookie; 12s set secret=per-process; 13s set session-lock=false; 14s set session-lock=true",
	"workers=2&visitors=2&timer=each&timer-every=2s&store-persistence=aof&handlers=limit | price | reprice | vote: read store votes, pause 900ms, add 1, write store votes | page: read session user, answer 401 if missing" +
		"&script=page,login,page,vote*2,price,reprice,price,limit*12&think=100ms&do=9s set timer=store; 14s set timer-every=1s; 16s set timer=first; 18s store shutdown; 20s store up; 22s set timer=none",
}

// sentence is a line of testdata/sentences.ndjson: an event as the trace writes
// it and what is said about it. The browser's narrator is held to the same
// file. "run" counts the runs: each begins with a new narrator.
type sentence struct {
	Run   int             `json:"run"`
	Event json.RawMessage `json:"event"`
	Parts []part          `json:"parts"`
}

type part struct {
	Text string `json:"text"`
	Ink  string `json:"ink"`
}

// TestGolden keeps of each run the first two events of every kind and outcome,
// and every event that a narrator must remember.
func TestGolden(t *testing.T) {
	var now bytes.Buffer
	for i, query := range goldenRuns {
		sc, err := sim.Parse(query)
		if err != nil {
			t.Fatal(err)
		}
		run := sim.New(sc)
		defer run.Close()
		run.Advance(60_000_000)
		n, l := narrator(t), run.Log()
		seen := map[string]int{}
		for seq := 1; seq <= l.Len(); seq++ {
			e := l.At(seq)
			parts := n.Parts(l, e)
			like := e.Kind.String() + e.Op.String() + e.Session.String() + e.Why.String() + e.Cookie.String() + string(rune(e.Status))
			if seen[like]++; seen[like] > 2 && e.Kind != trace.WorkerStarting {
				continue
			}
			now.Write(line(t, i, l, e, parts))
		}
	}
	const path = "testdata/sentences.ndjson"
	if *rewrite {
		if err := os.WriteFile(path, now.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	gotLines, wantLines := bytes.Split(now.Bytes(), []byte("\n")), bytes.Split(want, []byte("\n"))
	for i := range max(len(gotLines), len(wantLines)) {
		if i >= len(gotLines) || i >= len(wantLines) || !slices.Equal(gotLines[i], wantLines[i]) {
			t.Fatalf("line %d of %s is not what is said now (-rewrite writes that):\n%s", i+1, path, at(gotLines, i))
		}
	}
}

func line(t *testing.T, run int, l *trace.Log, e *trace.Event, parts []narrate.Part) []byte {
	t.Helper()
	s := sentence{Run: run, Event: l.AppendJSON(nil, e)}
	for _, p := range parts {
		s.Parts = append(s.Parts, part(p))
	}
	b, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return append(b, '\n')
}

func at(lines [][]byte, i int) []byte {
	if i < len(lines) {
		return lines[i]
	}
	return []byte("nothing")
}
