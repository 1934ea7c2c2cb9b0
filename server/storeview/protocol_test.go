package storeview_test

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"procession/server/storeview"
)

// patience is how long an answer may take on a slow machine.
const patience = 30 * time.Second

// dial connects to a server.
func dial(t *testing.T, network, addr string) net.Conn {
	t.Helper()
	conn, err := net.Dial(network, addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	if err := conn.SetDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	return conn
}

// last is a command, and its reply, after which nothing comes.
const (
	last      = "*2\r\n$4\r\nECHO\r\n$8\r\nthat-was\r\n"
	lastReply = "$8\r\nthat-was\r\n"
)

// answers sends bytes and gives what comes back: up to the reply to a last
// command, or up to the end of the connection.
func answers(t *testing.T, conn net.Conn, sent string) (got string, closed bool) {
	t.Helper()
	go io.WriteString(conn, sent+last) // fails where the server closes before
	var all bytes.Buffer
	buf := make([]byte, 4096)
	for {
		n, err := conn.Read(buf)
		all.Write(buf[:n])
		if before, ok := strings.CutSuffix(all.String(), lastReply); ok {
			return before, false
		}
		if errors.Is(err, io.EOF) || errors.Is(err, syscall.ECONNRESET) {
			return all.String(), true
		}
		if err != nil {
			t.Fatalf("%q: after %q: %v", sent, all.String(), err)
		}
	}
}

// startRedis starts a real server with the session of show, and gives its socket.
func startRedis(t *testing.T) (socket string) {
	t.Helper()
	dir := t.TempDir()
	socket = filepath.Join(dir, "s")
	cmd := exec.Command(tool(t, "redis-server"), "--port", "0", "--unixsocket", socket, "--save", "", "--appendonly", "no", "--dir", dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if strings.Contains(strings.ToLower(lines.Text()), "ready to accept connections") {
			conn := dial(t, "unix", socket)
			if got, _ := answers(t, conn, `SET sess:7f3a '{"user":"Ada"}' EX 86400`+"\n"); got != "+OK\r\n" {
				t.Fatalf("SET answered %q", got)
			}
			return socket
		}
	}
	t.Fatal("redis-server ended before it was ready")
	return ""
}

// TestLikeRedis sends the same bytes to a real server, and wants the same back.
func TestLikeRedis(t *testing.T) {
	socket := startRedis(t)
	_, server := show(t)
	for _, sent := range []string{
		"", "PING\r\n", "ping\n", "PING hello\r\n", "\r\n", "\n\n\n", "   \r\n",
		"*0\r\n", "*-1\r\n", "*-3\r\n", "*0\r\n*0\r\nPING\r\n", "*1\r\n$4\r\nPING\r\n",
		"*2\r\n$3\r\nGET\r\n$9\r\nsess:7f3a\r\n", "GET sess:7f3a\r\nGET none\r\nTTL none\r\n", "DBSIZE\nEXISTS sess:7f3a sess:7f3a x\n",
		"*2\r\n$3\r\nGET\r\n$0\r\n\r\n", "STRLEN sess:7f3a\r\n", "TYPE sess:7f3a\r\n", "TYPE none\r\n", "KEYS *\r\n", "KEYS s?ss:[0-9]*\r\n", "KEYS none\r\n", "MGET sess:7f3a none\r\n",
		"SCAN 0 MATCH none*\r\n", "GET\r\n", "GET a b\r\n", "KEYS\r\n", "TTL\r\n", "SELECT 0\r\n",
		// Mistakes in the protocol end the connection.
		"*x\r\n", "*\r\n", "*01\r\n", "*+1\r\n", "*9999999999\r\n", "*99999999999999999999\r\n", "*1\r\nPING\r\n", "*1\r\n:4\r\n", "*1\r\n$-1\r\n", "*1\r\n$x\r\n", "*1\r\n$04\r\nPING\r\n", "*1\r\n$\r\n",
		"*1\r\n$99999999999\r\n", `ECHO "never closed` + "\r\n", `ECHO "a"b` + "\r\n", `ECHO 'a` + "\r\n", "PING\r\n*x\r\nPING\r\n",
		// The words of a line.
		`ECHO "a b"` + "\r\n", `ECHO 'a b'` + "\r\n", `ECHO "\x41\x4a\n\r\t\a\b\q\""` + "\r\n", `ECHO "\x4"` + "\r\n", `ECHO 'it\'s \n'` + "\r\n", `ECHO a"b c"` + "\r\n", `ECHO ""` + "\r\n",
		"ECHO\ta\r\n", "ECHO \v\fa\r\n", "ECHO a\vb\r\n", "ECHO \xff\xfe\r\n", "ECHO 한글\r\n",
		// What a web page can make a browser send.
		"POST / HTTP/1.1\r\nHost: localhost:6390\r\n\r\n", "post\r\n", "Host: x\r\n", "HOST:\r\nPING\r\n", "*1\r\n$4\r\nPOST\r\n", "QUIT\r\n", "quit now\r\nPING\r\n",
	} {
		want, wantClosed := answers(t, dial(t, "unix", socket), sent)
		got, closed := answers(t, dial(t, "tcp", server.Addr()), sent)
		if same(got) != same(want) || closed != wantClosed {
			t.Errorf("%q: got %q, closed %v; redis-server gives %q, closed %v", sent, got, closed, want, wantClosed)
		}
	}
}

// same makes the words equal in which a real server and ours say that a number
// is too large, which is another one.
func same(reply string) string {
	if strings.Contains(reply, "-ERR Protocol error: a command has at most 64 words here") {
		return "-ERR Protocol error: invalid multibulk length\r\n"
	}
	if strings.Contains(reply, "-ERR Protocol error: a word has at most 16 KB here") {
		return "-ERR Protocol error: invalid bulk length\r\n"
	}
	return reply
}

// TestBounds: a command that is larger than any that makes sense is refused
// before it is there.
func TestBounds(t *testing.T) {
	_, server := show(t)
	word := func(n string, bytes int) string { return "$" + n + "\r\n" + strings.Repeat("x", bytes) + "\r\n" }
	for _, c := range []struct{ what, sent, want string }{
		{"a word of 400 MB", "*2\r\n$3\r\nGET\r\n$419430400\r\n" + strings.Repeat("x", 1<<20), "-ERR Protocol error: a word has at most 16 KB here, and one of 419430400 bytes was sent\r\n"},
		{"a word that is just too large", "*2\r\n$3\r\nGET\r\n" + word("16385", 16385), "-ERR Protocol error: a word has at most 16 KB here, and one of 16385 bytes was sent\r\n"},
		{"many large words", "*64\r\n" + strings.Repeat(word("16384", 16384), 64), "-ERR Protocol error: a command has at most 64 KB here\r\n"},
		{"many words", "*65\r\n", "-ERR Protocol error: a command has at most 64 words here, and one of 65 was sent\r\n"},
		{"many words in a line", strings.Repeat("a ", 65) + "\r\n", "-ERR Protocol error: a command has at most 64 words here, and one of 65 was sent\r\n"},
		{"a line without an end", strings.Repeat("a", 1<<20), "-ERR Protocol error: too big inline request\r\n"},
		{"a number without an end", "*" + strings.Repeat("1", 1<<20), "-ERR Protocol error: too big mbulk count string\r\n"},
		{"a size without an end", "*1\r\n$" + strings.Repeat("1", 1<<20), "-ERR Protocol error: too big bulk count string\r\n"},
	} {
		got, closed := answers(t, dial(t, "tcp", server.Addr()), c.sent)
		if got != c.want || !closed {
			t.Errorf("%s: got %q, closed %v, want %q", c.what, got, closed, c.want)
		}
	}
	// The largest that pass.
	for _, c := range []struct{ what, sent, want string }{
		{"a word", "*2\r\n$3\r\nGET\r\n" + word("16384", 16384), "$-1\r\n"},
		{"a line", "GET " + strings.Repeat("a", 16384-len("GET \r\n")) + "\r\n", "$-1\r\n"},
		{"words", "EXISTS" + strings.Repeat(" a", 63) + "\r\n", ":0\r\n"},
	} {
		if got, closed := answers(t, dial(t, "tcp", server.Addr()), c.sent); got != c.want || closed {
			t.Errorf("%s: got %.100q, closed %v, want %q", c.what, got, closed, c.want)
		}
	}
}

// TestHTTPIsCutOff: a page of somebody else's cannot talk to the store through
// the reader's browser, whatever the kind of request.
func TestHTTPIsCutOff(t *testing.T) {
	_, server := show(t)
	for _, sent := range []string{
		"GET / HTTP/1.1\r\nHost: localhost:6390\r\n\r\n",
		"OPTIONS / HTTP/1.1\r\nHost: localhost:6390\r\n\r\n",
		"PUT /x HTTP/1.1\r\nHost: localhost:6390\r\nContent-Length: 9\r\n\r\nKEYS *\r\n",
		"POST / HTTP/1.1\r\nHost: localhost:6390\r\n\r\nFLUSHALL\r\n",
	} {
		if got, closed := answers(t, dial(t, "tcp", server.Addr()), sent); got != "" || !closed {
			t.Errorf("%q: got %q, closed %v", sent, got, closed)
		}
	}
}

// FuzzReader reads any bytes as a client may send them, and looks whether what comes
// out is bounded.
func FuzzReader(f *testing.F) {
	for _, seed := range []string{"PING\r\n", "*2\r\n$3\r\nGET\r\n$1\r\na\r\n", "*0\r\n", "*-1\r\n*1\r\n$4\r\nPING\r\n", "ECHO \"a\\x41\"\n", "'", "*3\r\n$3\r\n", "\x00\n", "a\x00b\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, sent []byte) {
		commands, err := storeview.Commands(bytes.NewReader(sent))
		if err == nil {
			t.Fatal("the reader never comes to the end")
		}
		for _, words := range commands {
			all := 0
			for _, w := range words {
				all += len(w)
				if len(w) > 16<<10 {
					t.Errorf("a word has %d bytes", len(w))
				}
			}
			if len(words) > 64 || all > 64<<10 {
				t.Errorf("a command has %d words and %d bytes", len(words), all)
			}
		}
	})
}
