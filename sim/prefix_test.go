package sim_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"strings"
	"testing"

	"procession/internal/testenv"
	"procession/sim/scenario"
	"procession/sim/trace"
)

// randomScenario draws a scenario with commands, hostile to nobody but varied:
// every key of the grammar, and every command, comes up.
func randomScenario(seed uint64) string {
	rng := rand.New(rand.NewPCG(seed, 0))
	pick := func(words ...string) string { return words[rng.IntN(len(words))] }
	var q []string
	add := func(key string, words ...string) { q = append(q, key+"="+pick(words...)) }
	add("mode", "local", "local", "store", "store", "threads", "cookie")
	add("workers", "1", "2", "3", "5", "max")
	add("cores", "1", "2", "4")
	add("balancer", "round-robin", "round-robin", "random", "least-connections", "ip-hash", "cookie-hash", "sticky-cookie")
	add("connection", "per-request", "keep-alive", "browser")
	add("visitors", "1", "2", "3", "7", "Ada,Zoë,O'Neil")
	add("think", "0", "20ms", "800ms", "7s")
	add("jitter", "0", "50")
	add("save-uninitialized", "true", "false")
	add("resave", "true", "false")
	add("rolling", "true", "false")
	add("views", "true", "false", "false")
	add("clear-cookie", "true", "false")
	add("secret", "shared", "shared", "per-process")
	add("session-lock", "true", "false", "false")
	add("max-age", "none", "none", "1500ms", "5s")
	add("relogin", "true", "false")
	add("turns", "true", "false", "false")
	add("lock", "mutex", "mutex", "none")
	add("addresses", "each", "one")
	add("costs", "teaching", "measured")
	add("quantum", "preset", "inf", "40ms")
	add("counter", "plain", "atomic")
	add("chat", "local", "pubsub")
	add("regenerate", "true", "false", "false")
	add("login", "answer", "redirect", "redirect")
	add("save-first", "true", "false", "false")
	add("save-delay", "preset", "0", "300ms", "3s")
	add("cookies", "kept", "kept", "dropped")
	add("graceful", "true", "true", "false")
	add("kill-timeout", "1.6s", "100ms", "5s")
	add("pm2", "auto", "auto", "cluster")
	add("store-client", "node-redis", "node-redis", "no-offline-queue", "timeout", "no-error-handler", "ioredis")
	add("store-connect", "first", "background")
	add("store-kind", "redis", "redis", "database")
	add("store-persistence", "rdb", "none", "aof")
	add("lock-order", "same", "opposite")
	add("weights", "none", "3,1", "1,2,5")
	add("cart-delay", "preset", "0", "100ms")
	q = append(q, fmt.Sprintf("seed=%d", rng.IntN(1000)))
	if rng.IntN(3) == 0 {
		add("script", "login,visit*5,cart,report,logout,visit*2", "visit,login,cart*3,visit*4", "login,visit*30", "count*8,login,cart*2", "chat*3,login,chat*3", "login,transfer*6,count*4,visit")
	}
	name := func() string { return pick("Ada", "Grace", "Linus", "Zoë", "O'Neil", "Newcomer") }
	var do []string
	for range rng.IntN(9) {
		cmd := pick("crash 1", "crash 2", "crash 1 handler", "restart 1", "reload", "reload", "store down", "store shutdown", "store up", "store slow",
			"join Newcomer", "leave "+name(), "login "+name(), "visit "+name(), "cart "+name(), "report "+name(), "logout "+name(), "count "+name(), "chat "+name(), "transfer "+name(), "restart",
			"set mode="+pick("local", "store", "threads", "cookie"), "set workers="+pick("1", "2", "3", "4", "max"), "set cores="+pick("1", "2", "3"),
			"set balancer="+pick("round-robin", "random", "least-connections", "ip-hash", "cookie-hash", "sticky-cookie"),
			"set connection="+pick("per-request", "keep-alive", "browser"), "set costs="+pick("teaching", "measured"), "set max-age="+pick("none", "2s"), "set lock="+pick("mutex", "none"),
			"set store-client="+pick("node-redis", "no-offline-queue", "timeout", "no-error-handler", "ioredis"), "set chat="+pick("local", "pubsub"), "set store-kind="+pick("redis", "database"),
			"set store-connect="+pick("first", "background"), "set store-persistence="+pick("rdb", "none", "aof"),
			"set pm2="+pick("auto", "fork", "cluster"), "set graceful="+pick("true", "false"), "set secret="+pick("shared", "per-process"))
		do = append(do, fmt.Sprintf("%dms %s", rng.IntN(20_000), cmd))
	}
	if len(do) > 0 {
		q = append(q, "do="+strings.Join(do, "; "))
	}
	return strings.Join(q, "&")
}

// modelRuns is how many random runs the model is held against.
func modelRuns() int { return testenv.Runs(8, 20) }

// prefixEvents is how many events of a run the model is checked against.
const prefixEvents = 1500

// TestModelIsTruth feeds the browser's model with the trace: after every event
// it must equal the simulator's own picture.
func TestModelIsTruth(t *testing.T) {
	testenv.Unraced(t)
	node := testenv.Tool(t, "node")
	t.Run("stopped", func(t *testing.T) {
		t.Parallel()
		holdAgainst(t, node, "../static/test/prefix-check.mjs", endsWhatItHas, prefixEvents, 1)
	})
	t.Run("reloaded", func(t *testing.T) {
		t.Parallel()
		holdAgainst(t, node, "../static/test/prefix-check.mjs", endsBeside, prefixEvents, 1)
	})
	for seed := range uint64(modelRuns()) {
		query := randomScenario(seed)
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			holdAgainst(t, node, "../static/test/prefix-check.mjs", query, prefixEvents, 1)
		})
	}
}

// holdAgainst gives a program for Node the first events of a run, and the
// simulator's own picture before them, after every so many and after the last.
func holdAgainst(t *testing.T, node, program, query string, events, stride int) {
	t.Helper()
	run := begin(t, query)
	var in bytes.Buffer
	snapshot := func() {
		b, err := json.Marshal(map[string]any{"snapshot": run.Snapshot()})
		if err != nil {
			t.Fatal(err)
		}
		in.Write(append(b, '\n'))
	}
	snapshot()
	log, n := run.Log(), 0
	log.Hook = func(e *trace.Event) {
		if n++; n > events {
			return
		}
		in.WriteString(`{"event":`)
		in.Write(log.AppendJSON(nil, e))
		in.WriteString("}\n")
		if n%stride == 0 {
			snapshot()
		}
	}
	for ts, ok := run.Next(); ok && n < events && ts < scenario.MaxTime; ts, ok = run.Next() {
		run.Advance(ts)
	}
	if err := run.Err(); err != nil {
		t.Error(err)
	}
	if n < events && n%stride != 0 {
		snapshot()
	}
	cmd := exec.Command(node, program)
	cmd.Stdin = &in
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%s: %v\n%.4000s", query, err, out)
	}
}
