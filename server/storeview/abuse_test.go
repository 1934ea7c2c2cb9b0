package storeview_test

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"procession/server/storeview"
	"procession/sim/redis"
)

// safeBuffer is a log that is written and read at the same time.
type safeBuffer struct {
	mu  sync.Mutex
	all bytes.Buffer
}

func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.all.Write(p)
}

func (b *safeBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.all.String()
}

// TestAPanicCostsAReply: the one who asked is told, the log has it once, and
// everybody goes on, the run too.
func TestAPanicCostsAReply(t *testing.T) {
	log := &safeBuffer{}
	server := open(t, storeview.Options{Logger: slog.New(slog.NewTextHandler(log, nil))})
	store := redis.New()
	defer store.Close()
	server.SetSource(store.View())
	conn := dial(t, "tcp", server.Addr())
	for range 3 {
		got, closed := answers(t, conn, "KEYS [^]\r\n")
		if !strings.HasPrefix(got, "-ERR this KEYS confuses the simulated store") || closed {
			t.Errorf("got %q, closed %v", got, closed)
		}
	}
	if n := strings.Count(log.String(), "level=ERROR"); n != 1 || !strings.Contains(log.String(), "KEYS panicked") {
		t.Errorf("%d errors in the log, want 1: %s", n, log)
	}
	if _, err := store.Do("SET", "sess:a", "1", "EX", "60"); err != nil {
		t.Error(err)
	}
	if got, _ := answers(t, dial(t, "tcp", server.Addr()), "GET sess:a\r\n"); got != "$1\r\n1\r\n" {
		t.Errorf("GET after that = %q", got)
	}
}

// TestTheIdleMakeRoom: those who say nothing do not shut everybody out.
func TestTheIdleMakeRoom(t *testing.T) {
	_, server := show(t)
	var idle []net.Conn
	for range 40 {
		conn := dial(t, "tcp", server.Addr())
		if got, _ := answers(t, conn, "PING\r\n"); got != "+PONG\r\n" {
			t.Fatalf("client %d: got %q", len(idle)+1, got)
		}
		idle = append(idle, conn)
	}
	for i, conn := range idle {
		if _, err := conn.Write([]byte("PING\r\n")); err == nil {
			_, err = io.ReadFull(conn, make([]byte, len("+PONG\r\n")))
			if (err == nil) != (i >= 8) {
				t.Errorf("client %d of 40, of whom 32 may stay: %v", i+1, err)
			}
		}
	}
}

// TestIdleLimit: who says nothing for long is let go, and who monitors is not.
func TestIdleLimit(t *testing.T) {
	server := open(t, storeview.Options{Idle: 50 * time.Millisecond})
	store := redis.New()
	defer store.Close()
	server.SetSource(store.View())
	monitor := dial(t, "tcp", server.Addr())
	fmt.Fprint(monitor, "MONITOR\r\n")
	if _, err := io.ReadFull(monitor, make([]byte, len("+OK\r\n"))); err != nil {
		t.Fatal(err)
	}
	for _, sent := range []string{"", "*2\r\n$3\r\nGET\r\n$100\r\nnot all of it"} {
		conn := dial(t, "tcp", server.Addr())
		fmt.Fprint(conn, sent)
		if _, err := conn.Read(make([]byte, 1)); err != io.EOF {
			t.Errorf("after %q and nothing more: %v, want the end", sent, err)
		}
	}
	if _, err := store.Do("SET", "sess:a", "1", "EX", "60"); err != nil {
		t.Fatal(err)
	}
	if n, err := monitor.Read(make([]byte, 10)); n == 0 {
		t.Errorf("who monitors hears no more: %v", err)
	}
}

// TestWhoDoesNotReadIsLetGo: 600 replies of all keys do not pile up.
func TestWhoDoesNotReadIsLetGo(t *testing.T) {
	server := open(t, storeview.Options{Patience: 50 * time.Millisecond})
	store := redis.New()
	defer store.Close()
	for i := range 5000 {
		if _, err := store.Do("SET", fmt.Sprintf("sess:%0100d", i), "1", "EX", "60"); err != nil {
			t.Fatal(err)
		}
	}
	server.SetSource(store.View())
	before := heap()
	conn := dial(t, "tcp", server.Addr())
	fmt.Fprint(conn, strings.Repeat("KEYS *\r\n", 600))
	// The server reads on until its own replies find no room, and then waits no
	// longer than it has patience.
	one := make([]byte, 1)
	for gone := false; !gone; {
		if grown := heap() - before; grown > 32<<20 {
			t.Fatalf("%d MB more are held", grown>>20)
		}
		_, err := conn.Write([]byte("PING\r\n"))
		gone = err != nil
		runtime.Gosched()
	}
	_, _ = conn.Read(one)
	if got, _ := answers(t, dial(t, "tcp", server.Addr()), "PING\r\n"); got != "+PONG\r\n" {
		t.Errorf("PING of another client = %q", got)
	}
}

// heap gives the bytes that the program holds.
func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
