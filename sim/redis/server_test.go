package redis_test

import (
	"bufio"
	"fmt"
	"net"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"procession/internal/testenv"
	"procession/sim/redis"
	"procession/sim/store"
)

// startRedis starts a real Redis server on a socket of its own, without
// persistence, and gives the socket.
func startRedis(t *testing.T) (socket string) {
	t.Helper()
	path := testenv.Tool(t, "redis-server")
	dir := t.TempDir()
	socket = filepath.Join(dir, "s")
	cmd := exec.Command(path, "--port", "0", "--unixsocket", socket, "--save", "", "--appendonly", "no", "--dir", dir)
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if strings.Contains(strings.ToLower(lines.Text()), "ready to accept connections") {
			return socket
		}
	}
	t.Fatal("redis-server ended before it was ready")
	return ""
}

// dialRedis gives the Store's own client, connected to a real server.
func dialRedis(t *testing.T, socket string) redis.Client {
	t.Helper()
	c := redis.NewClient(func() (net.Conn, error) { return net.Dial("unix", socket) })
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// TestLineIsWhatMonitorPrints proves with a real server's MONITOR that Line of
// the words that we show is what went over the wire.
func TestLineIsWhatMonitorPrints(t *testing.T) {
	socket := startRedis(t)
	c := dialRedis(t, socket)
	do(t, c, "PING") // connects, so that the greeting is not monitored

	monitor, err := net.Dial("unix", socket)
	must(t, err)
	defer monitor.Close()
	_, err = fmt.Fprint(monitor, "MONITOR\r\n")
	must(t, err)
	lines := bufio.NewReader(monitor)
	if first, err := lines.ReadString('\n'); first != "+OK\r\n" {
		t.Fatalf("MONITOR answered %q, %v", first, err)
	}

	var everyByte strings.Builder
	for b := range 256 {
		everyByte.WriteByte(byte(b))
	}
	value := `{"cookie":{"originalMaxAge":null},"user":"Zoë \"Z\""}`
	for _, words := range [][]string{
		{"SET", "sess:7f3a", value, "EX", "86400"},
		{"SET", "sess:bytes", everyByte.String(), "EX", "1"},
		{"GET", "sess:7f3a"},
		{"EXPIRE", "sess:7f3a", "86400"},
		{"DEL", "sess:7f3a"},
		{"PUBLISH", "a channel", ""},
	} {
		do(t, c, words...)
		line, err := lines.ReadString('\n')
		must(t, err)
		_, got, _ := strings.Cut(strings.TrimSuffix(line, "\r\n"), "] ")
		if want := store.Line(words...); got != want {
			t.Errorf("MONITOR saw %s, Line gives %s", got, want)
		}
	}
}
