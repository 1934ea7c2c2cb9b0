package code_test

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"

	"procession/internal/testenv"
	"procession/server/code"
	"procession/sim/trace"
)

// packages are what the printed app needs, in the versions with which the
// simulator was compared.
var packages = []string{"express@5.3.0", "express-session@1.19.0", "redis@6.3.1", "connect-redis@9.0.0", "ws@8.18.3"}

// TestPrintedIsReal runs printed apps with Node and Express, and asks them the
// same as the simulator: each answer has the same status and the same number.
func TestPrintedIsReal(t *testing.T) {
	testenv.Long(t)
	node, npm := testenv.Tool(t, "node"), testenv.Tool(t, "npm")
	folder := t.TempDir()
	install := exec.Command(npm, append([]string{"install", "--prefer-offline", "--no-audit", "--no-fund", "--prefix", folder}, packages...)...)
	if out, err := install.CombinedOutput(); err != nil {
		t.Fatalf("npm install: %v\n%s", err, out)
	}
	for seed := range uint64(6) {
		dice := rand.New(rand.NewPCG(seed, 0))
		var handlers, script []string
		for i := range 8 {
			handlers = append(handlers, fmt.Sprintf("h%d: %s", i, strings.Join(drawSteps(dice), ", ")))
		}
		for range 60 {
			script = append(script, fmt.Sprintf("h%d", dice.IntN(8)))
		}
		script[20] = "login" // and what is asked before, somebody asks who is not logged in
		query := "workers=1&visitors=Ada&costs=measured&think=1ms&traffic=script&script=" + strings.Join(script, ",") + "&handlers=" + strings.Join(handlers, " | ")
		t.Run(fmt.Sprint(seed), func(t *testing.T) { compareApp(t, node, folder, query, script) })
	}
}

// drawSteps draws the steps of a handler that take no time.
func drawSteps(dice *rand.Rand) (steps []string) {
	pick := func(words ...string) string { return words[dice.IntN(len(words))] }
	for range 3 + dice.IntN(8) {
		place := pick("memory", "store", "session") + " " + pick("a", "b", "long-name")
		step := pick("read "+place, "read "+place, "write "+place, "write "+place, "read session user", "incr "+pick("a", "b"), "add 1", "add 3", "add -2", "add -2", "put 3", "pause 1ms", "compute 1ms",
			"answer 429", "answer 503", "answer 401")
		if dice.IntN(3) == 0 || strings.HasPrefix(step, "answer") && dice.IntN(8) > 0 {
			step += pick(" over 2", " under 2", " over 9", " under -5", " if missing")
		}
		steps = append(steps, step)
	}
	return steps
}

// compareApp runs one app and one scenario.
func compareApp(t *testing.T, node, folder, query string, script []string) {
	run := minute(t, query)
	defer run.Close()
	f, err := code.Printed(run.Scenario().Handlers)
	if err != nil {
		t.Fatal(err)
	}
	ask := startApp(t, node, folder, f)
	log, i := run.Log(), 0
	for seq := 1; seq <= log.Len(); seq++ {
		e := log.At(seq)
		if e.Kind != trace.RequestDone {
			continue
		}
		status, n := ask(script[i])
		want := log.Text(e.Text)
		if status != int(e.Status) || want != "" && n != want {
			t.Fatalf("request %d, %s: the app says %d and %q, the simulator %d and %q\n%s", i, script[i], status, n, e.Status, want, strings.Join(f.Lines, "\n"))
		}
		i++
	}
	if i != len(script) {
		t.Errorf("the simulator answered %d requests of %d", i, len(script))
	}
}

// startApp runs an app with a store of its own, and gives what asks it: the
// status of the answer, and its number.
func startApp(t *testing.T, node, folder string, f *code.File) func(what string) (status int, n string) {
	t.Helper()
	redis := miniredis.RunT(t)
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := free.Addr().String()
	free.Close()
	text := strings.Join(f.Lines, "\n")
	file := filepath.Join(folder, "app.cjs")
	own := strings.Replace(text, "createClient()", fmt.Sprintf("createClient({ url: 'redis://%s' })", redis.Addr()), 1)
	if err := os.WriteFile(file, []byte(own), 0o666); err != nil {
		t.Fatal(err)
	}
	out, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	said := func() string {
		text, _ := os.ReadFile(out.Name())
		return string(text)
	}
	app := exec.Command(node, file)
	_, port, _ := net.SplitHostPort(address)
	app.Env = append(os.Environ(), "PORT="+port)
	app.Stdout, app.Stderr = out, out
	if err := app.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		app.Process.Kill()
		app.Wait()
	})
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Jar: jar, Timeout: 20 * time.Second}
	awaitApp(t, address, said)
	return func(what string) (int, string) {
		t.Helper()
		method := "POST"
		if strings.Contains(text, "app.get('/"+what+"'") {
			method = "GET"
		}
		req, err := http.NewRequestWithContext(t.Context(), method, "http://"+address+"/"+what, strings.NewReader(url.Values{"user": {"Ada"}}.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		resp, err := client.Do(req)
		if err != nil {
			t.Fatalf("%s: %v\n%s", what, err, said())
		}
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		var answer struct {
			N json.Number `json:"n"`
		}
		json.Unmarshal(body, &answer) // "OK" has none
		return resp.StatusCode, answer.N.String()
	}
}

// awaitApp waits until an app listens: each try lasts as long as the system
// takes to say no.
func awaitApp(t *testing.T, address string, said func() string) {
	t.Helper()
	ctx := t.Context()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for range 1000 {
		conn, err := new(net.Dialer).DialContext(ctx, "tcp", address)
		if err == nil {
			conn.Close()
			return
		}
		<-tick.C
	}
	t.Fatalf("the app does not listen:\n%s", said())
}
