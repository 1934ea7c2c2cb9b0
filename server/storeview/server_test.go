package storeview_test

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"procession/server/storeview"
	"procession/sim/redis"
)

// show gives a store with one session and a server that shows it.
func show(t *testing.T) (*redis.Store, *storeview.Server) {
	t.Helper()
	store := redis.New()
	t.Cleanup(store.Close)
	if _, err := store.Do("SET", "sess:7f3a", `{"user":"Ada"}`, "EX", "86400"); err != nil {
		t.Fatal(err)
	}
	server := open(t, storeview.Options{})
	server.SetSource(store.View())
	return store, server
}

// open gives a server that shows no store yet.
func open(t *testing.T, o storeview.Options) *storeview.Server {
	t.Helper()
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	server, err := storeview.New("127.0.0.1:0", o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	})
	return server
}

func TestWithGoRedis(t *testing.T) {
	store, server := show(t)
	client := goredis.NewClient(&goredis.Options{Addr: server.Addr(), MaxRetries: -1})
	defer client.Close()
	ctx := context.Background()
	if got, err := client.Get(ctx, "sess:7f3a").Result(); got != `{"user":"Ada"}` || err != nil {
		t.Errorf("GET = %q, %v", got, err)
	}
	if got, err := client.TTL(ctx, "sess:7f3a").Result(); got != 24*time.Hour || err != nil {
		t.Errorf("TTL = %v, %v", got, err)
	}
	if got, err := client.Keys(ctx, "*").Result(); len(got) != 1 || err != nil {
		t.Errorf("KEYS = %v, %v", got, err)
	}
	if err := client.Ping(ctx).Err(); err != nil {
		t.Error(err)
	}
	for _, err := range []error{
		client.Set(ctx, "sess:7f3a", "x", 0).Err(),
		client.Del(ctx, "sess:7f3a").Err(),
		client.FlushAll(ctx).Err(),
		client.Eval(ctx, "return 1", nil).Err(),
	} {
		if err == nil || !strings.HasPrefix(err.Error(), "READONLY ") {
			t.Errorf("a command that writes: %v, want READONLY", err)
		}
	}
	if got, err := store.Do("GET", "sess:7f3a"); got != `{"user":"Ada"}` || err != nil {
		t.Errorf("the store after that: %v, %v", got, err)
	}
}

func TestWithoutARoom(t *testing.T) {
	store, server := show(t)
	client := goredis.NewClient(&goredis.Options{Addr: server.Addr(), MaxRetries: -1})
	defer client.Close()
	server.SetSource(nil)
	if err := client.Get(context.Background(), "x").Err(); err == nil || !strings.Contains(err.Error(), "no room is open") {
		t.Errorf("GET without a room = %v", err)
	}
	server.SetSource(store.View())
	store.Close()
	if err := client.Get(context.Background(), "x").Err(); err == nil || !strings.Contains(err.Error(), "is over") {
		t.Errorf("GET of a run that is over = %v", err)
	}
}

func TestAddressTaken(t *testing.T) {
	_, server := show(t)
	if _, err := storeview.New(server.Addr(), storeview.Options{}); err == nil || !strings.Contains(err.Error(), "another program listens there") {
		t.Errorf("New on a taken port = %v", err)
	}
	if _, err := storeview.New("nonsense", storeview.Options{}); err == nil || !strings.Contains(err.Error(), "-store-addr") {
		t.Errorf("New(nonsense) = %v", err)
	}
}

// TestMonitor also ends the server while a client monitors.
func TestMonitor(t *testing.T) {
	store, server := show(t)
	conn, err := net.Dial("tcp", server.Addr())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprint(conn, "MONITOR\r\n")
	lines := bufio.NewReader(conn)
	if got, err := lines.ReadString('\n'); got != "+OK\r\n" {
		t.Fatalf("MONITOR answered %q, %v", got, err)
	}
	store.SetTime(1_500_000)
	if _, err := store.Do("GET", "sess:7f3a"); err != nil {
		t.Fatal(err)
	}
	want := `+1767225602.000000 [0 in-process] "GET" "sess:7f3a"` + "\r\n"
	if got, err := lines.ReadString('\n'); got != want {
		t.Errorf("got %q, %v, want %q", got, err, want)
	}
}

// tool finds a program, skips the test when it is not installed, and fails it
// where PROCESSION_REQUIRE_TOOLS=1 says that it must be.
func tool(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil && os.Getenv("PROCESSION_REQUIRE_TOOLS") == "1" {
		t.Fatalf("%s is required (PROCESSION_REQUIRE_TOOLS=1) and not installed", name)
	}
	if err != nil {
		t.Skipf("%s is not installed", name)
	}
	return path
}

func TestWithRedisCLI(t *testing.T) {
	path := tool(t, "redis-cli")
	_, server := show(t)
	host, port, _ := net.SplitHostPort(server.Addr())
	for _, c := range []struct{ command, want string }{
		{"GET sess:7f3a", `{"user":"Ada"}`},
		{"KEYS *", "sess:7f3a"},
		{"TTL sess:7f3a", "86400"},
		{"--scan", "sess:7f3a"},
		{"PING", "PONG"},
		{"INFO", "read_only:1"},
		{"DEL sess:7f3a", "READONLY this door is for looking only"},
		{"-n 3 GET x", "there is only database 0"},
		{"-a secret GET sess:7f3a", "there is no password here"},
		{"ZSCAN x -3", "DBSIZE ECHO EXISTS"},
		{"KEYS [^]", "confuses the simulated store"},
	} {
		args := append([]string{"-h", host, "-p", port}, strings.Fields(c.command)...)
		out, _ := exec.Command(path, args...).CombinedOutput()
		if got := string(out); !strings.Contains(got, c.want) {
			t.Errorf("redis-cli %s printed %q, want %q in it", c.command, got, c.want)
		}
	}
}
