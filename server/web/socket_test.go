package web_test

import (
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// patience is how long a test waits for what must come.
const patience = 20 * time.Second

// peer is a browser's side of a websocket.
type peer struct {
	t    *testing.T
	conn *websocket.Conn
}

func (s *site) dial(t *testing.T, query string) *peer {
	t.Helper()
	conn, _, err := websocket.DefaultDialer.Dial(strings.Replace(s.URL, "http", "ws", 1)+"/ws?"+query, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return &peer{t, conn}
}

func (p *peer) send(kind int, message string) {
	p.t.Helper()
	if err := p.conn.WriteMessage(kind, []byte(message)); err != nil {
		p.t.Fatal(err)
	}
}

// message is what the tests look at.
type message struct {
	Type, Code, Key, Text, Scenario, Room string
	Epoch, Seq, Now                       int64
	Playing                               bool
	World, Position                       int
	Worlds                                []string
	State                                 struct{ Seq int64 }
}

// until reads up to the next message of a type, and for an error of a code.
func (p *peer) until(kind, code string) message {
	p.t.Helper()
	for {
		if m := p.next(); m.Type == kind && m.Code == code {
			return m
		}
	}
}

// next reads a message.
func (p *peer) next() (m message) {
	p.t.Helper()
	_ = p.conn.SetReadDeadline(time.Now().Add(patience))
	_, data, err := p.conn.ReadMessage()
	if err != nil {
		p.t.Fatal(err)
	}
	if err := json.Unmarshal(data, &m); err != nil {
		p.t.Fatalf("got %.200s: %v", data, err)
	}
	return m
}

// listened waits until the server reads what comes, which it does when it has
// counted the socket. Nothing else can be read from the peer after that.
func (p *peer) listened() {
	p.t.Helper()
	pong := make(chan struct{})
	p.conn.SetPongHandler(func(string) error { close(pong); return nil })
	go func() { _, _, _ = p.conn.ReadMessage() }()
	if err := p.conn.WriteControl(websocket.PingMessage, nil, time.Now().Add(patience)); err != nil {
		p.t.Fatal(err)
	}
	select {
	case <-pong:
	case <-time.After(patience):
		p.t.Fatal("the server does not listen")
	}
}

// closed reads up to the end and gives the code with which the server closed.
func (p *peer) closed() int {
	p.t.Helper()
	_ = p.conn.SetReadDeadline(time.Now().Add(patience))
	for {
		if _, _, err := p.conn.ReadMessage(); err != nil {
			var e *websocket.CloseError
			if !errors.As(err, &e) {
				p.t.Fatalf("got the error %v, want the connection to be closed properly", err)
			}
			return e.Code
		}
	}
}

func TestSocket(t *testing.T) {
	s := newSite(t, 10)
	p := s.dial(t, "workers=3")
	p.send(websocket.TextMessage, `{"type":"open","playing":true,"speed":8}`)
	p.until("welcome", "")
	first := p.until("snapshot", "")
	if first.Scenario != "workers=3" || !first.Playing {
		t.Errorf("got the snapshot %+v", first)
	}
	if f := p.until("frame", ""); f.Seq <= first.State.Seq || f.Now <= 0 {
		t.Errorf("got the frame %+v", f)
	}
	p.send(websocket.TextMessage, `{"type":"do","text":"crash 1"}`)
	p.send(websocket.TextMessage, `{"type":"resync"}`)
	if got := p.until("snapshot", "").Position; got != 1 {
		t.Errorf("after a command: got a picture of %d commands", got)
	}
}

// TestSocketBeats: who watches a run that stands still hears that the server is there.
func TestSocketBeats(t *testing.T) {
	s := newSite(t, 10)
	p := s.dial(t, "")
	p.send(websocket.TextMessage, `{"type":"open","playing":false}`)
	p.until("snapshot", "")
	for range 2 {
		p.until("beat", "")
	}
}

func TestSocketRefuses(t *testing.T) {
	s := newSite(t, 10)
	p := s.dial(t, "")
	p.send(websocket.TextMessage, `{"type":"open"}`)
	p.until("snapshot", "")
	for _, c := range []struct {
		kind                int
		message, code, says string
	}{
		{websocket.TextMessage, `{"type":"do","text":"` + strings.Repeat("x", 5000) + `"}`, "bad-message", "4096 bytes"},
		{websocket.BinaryMessage, `{"type":"play"}`, "bad-message", "Binary"},
		{websocket.TextMessage, `{"type":"do","text":"explode 1"}`, "bad-command", "allowed"},
		{websocket.TextMessage, `{"type":"do","text":"crash 9"}`, "bad-command", "allowed"},
		{websocket.TextMessage, `{"type":"do","text":"set workers=99"}`, "bad-command", "1 to 16"},
		{websocket.TextMessage, `{"type":"do","text":"visit Nobody"}`, "bad-command", "allowed"},
		{websocket.TextMessage, `{"type":"play","value":1}`, "bad-message", "no field"},
	} {
		p.send(c.kind, c.message)
		if m := p.until("error", c.code); !strings.Contains(m.Text, c.says) {
			t.Errorf("%.40s: got %q, want a sentence with %q", c.message, m.Text, c.says)
		}
	}
	p.send(websocket.TextMessage, `{"type":"play"}`)
	p.until("frame", "") // the room goes on
}

func TestSocketClosesOnHugeMessage(t *testing.T) {
	s := newSite(t, 10)
	p := s.dial(t, "")
	p.send(websocket.TextMessage, `{"type":"open"}`)
	p.until("snapshot", "")
	// Ignore the error: the server may hang up in the middle.
	_ = p.conn.WriteMessage(websocket.TextMessage, make([]byte, 8<<20))
	_ = p.conn.SetReadDeadline(time.Now().Add(patience))
	for {
		_, _, err := p.conn.ReadMessage()
		if timeout, ok := err.(net.Error); ok && timeout.Timeout() {
			t.Fatal("the connection is still there")
		}
		if err != nil {
			return
		}
	}
}

func TestSocketOfBadScenario(t *testing.T) {
	s := newSite(t, 10)
	p := s.dial(t, "workers=99")
	p.send(websocket.TextMessage, `{"type":"open"}`)
	if m := p.until("error", "bad-scenario"); m.Key != "workers" || !strings.Contains(m.Text, "1 to 16") {
		t.Errorf("got %+v", m)
	}
	if got := p.closed(); got != websocket.ClosePolicyViolation {
		t.Errorf("got the close code %d", got)
	}
}

func TestSocketMustOpenFirst(t *testing.T) {
	s := newSite(t, 10)
	for _, first := range []string{`{"type":"play"}`, `hello`, `{"type":"open","at":-5}`} {
		p := s.dial(t, "")
		p.send(websocket.TextMessage, first)
		p.until("error", "bad-message")
		if got := p.closed(); got != websocket.ClosePolicyViolation {
			t.Errorf("%s: got the close code %d", first, got)
		}
	}
}

// TestSocketFloods: who goes on above its limits is disconnected with a code,
// pings included; other people do not notice.
func TestSocketFloods(t *testing.T) {
	s := newSite(t, 10)
	for name, flood := range map[string]func(p *peer) error{
		"messages": func(p *peer) error { return p.conn.WriteMessage(websocket.TextMessage, []byte(`{"type":"reset"}`)) },
		"pings": func(p *peer) error {
			return p.conn.WriteControl(websocket.PingMessage, nil, time.Now().Add(patience))
		},
	} {
		p := s.dial(t, "")
		p.send(websocket.TextMessage, `{"type":"open"}`)
		p.until("snapshot", "")
		go func() {
			for range 1000 {
				if flood(p) != nil {
					return // the server has hung up
				}
			}
		}()
		p.until("error", "too-much")
		if got := p.closed(); got != websocket.ClosePolicyViolation {
			t.Errorf("%s: got the close code %d, want 1008", name, got)
		}
	}
}

// TestSocketPingsAndSaysNothing: pings hold no socket open.
func TestSocketPingsAndSaysNothing(t *testing.T) {
	s := newSite(t, 10)
	p := s.dial(t, "")
	for range 20 {
		_ = p.conn.WriteControl(websocket.PingMessage, nil, time.Now().Add(patience)) // the server may hang up in the middle
	}
	_ = p.conn.SetReadDeadline(time.Now().Add(patience))
	if _, _, err := p.conn.ReadMessage(); err == nil || errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("got %v, want the connection to be closed", err)
	}
}

// TestSocketOfALongRun: what its address has no place for comes with the first message.
func TestSocketOfALongRun(t *testing.T) {
	s := newSite(t, 10)
	p := s.dial(t, "workers=3")
	do := strings.Repeat("1h set balancer=least-connections; ", 1000)
	if len(do) < 32<<10 {
		t.Fatalf("%d bytes are no long run", len(do))
	}
	p.send(websocket.TextMessage, `{"type":"open","do":"`+do+`"}`)
	if m := p.until("snapshot", ""); m.Position != 1000 || m.Scenario != "workers=3" {
		t.Errorf("got a picture of %d commands, of the scenario %q", m.Position, m.Scenario)
	}
	p.send(websocket.TextMessage, `{"type":"do","text":"crash 1"}`)
	p.until("error", "too-many-commands")

	bad := s.dial(t, "")
	bad.send(websocket.TextMessage, `{"type":"open","do":"1s explode"}`)
	if m := bad.until("error", "bad-scenario"); !strings.Contains(m.Text, "explode") {
		t.Errorf("got %+v", m)
	}
}

func TestSocketWhenRoomsAreFull(t *testing.T) {
	s := newSite(t, 1)
	one := s.dial(t, "")
	one.send(websocket.TextMessage, `{"type":"open"}`)
	one.until("snapshot", "")
	two := s.dial(t, "")
	two.send(websocket.TextMessage, `{"type":"open"}`)
	two.until("error", "rooms-full")
	if got := two.closed(); got != websocket.CloseTryAgainLater {
		t.Errorf("got the close code %d", got)
	}
}

func TestSocketWhenSocketsAreFull(t *testing.T) {
	s := newSiteFor(t, 10, 2)
	one := s.dial(t, "")
	one.send(websocket.TextMessage, `{"type":"open"}`)
	one.until("snapshot", "")
	s.dial(t, "").listened() // has not said what it wants, and counts
	three := s.dial(t, "")
	if m := three.until("error", "sockets-full"); !strings.Contains(m.Text, "2 watchers") {
		t.Errorf("got %+v", m)
	}
	if got := three.closed(); got != websocket.CloseTryAgainLater {
		t.Errorf("got the close code %d", got)
	}
	three.conn.Close()
	// When one is gone, there is place again: soon, so keep asking.
	one.conn.Close()
	for end := time.Now().Add(patience); ; {
		four := s.dial(t, "")
		four.send(websocket.TextMessage, `{"type":"open"}`)
		if m := four.next(); m.Type == "welcome" {
			return
		}
		four.conn.Close()
		if time.Now().After(end) {
			t.Fatal("a place was never free again")
		}
	}
}

// TestSocketOfWorlds shows three worlds, the store among them, on a socket.
func TestSocketOfWorlds(t *testing.T) {
	s := newSite(t, 10)
	p := s.dial(t, "workers=3")
	p.send(websocket.TextMessage, `{"type":"open","playing":true,"speed":8,"worlds":["mode=store","mode=threads&workers=4"]}`)
	if got := p.until("welcome", "").Worlds; len(got) != 3 || got[1] != "mode=store" {
		t.Errorf("got the worlds %q", got)
	}
	seen := map[int]int{}
	for seen[0] < 3 || seen[1] < 3 || seen[2] < 3 {
		seen[p.until("frame", "").World]++
	}
	p.send(websocket.TextMessage, `{"type":"pause"}`)
	p.send(websocket.TextMessage, `{"type":"fork","at":1000000,"text":"crash 3"}`)
	for world := range 3 {
		if m := p.until("snapshot", ""); m.Epoch != 2 || m.Now != 1_000_000 || m.World != world {
			t.Errorf("after the fork: got epoch %d, moment %d, world %d; want 2, 1000000, %d", m.Epoch, m.Now, m.World, world)
		}
	}
	for { // frames of the old epoch are gone, this is of the new one
		if m := p.until("frame", ""); m.Epoch == 2 && m.Now == 1_000_001 {
			break
		}
	}
	for query, key := range map[string]string{"seed=3": "worlds", "workers=99": "workers"} {
		bad := s.dial(t, "")
		bad.send(websocket.TextMessage, `{"type":"open","worlds":["`+query+`"]}`)
		if m := bad.until("error", "bad-scenario"); m.Key != key {
			t.Errorf("%s: got %+v", query, m)
		}
		if got := bad.closed(); got != websocket.ClosePolicyViolation {
			t.Errorf("%s: got the close code %d", query, got)
		}
	}
}

func TestSocketOfOtherSite(t *testing.T) {
	s := newSite(t, 10)
	_, resp, err := websocket.DefaultDialer.Dial(strings.Replace(s.URL, "http", "ws", 1)+"/ws", http.Header{"Origin": {"https://elsewhere.example"}})
	if err == nil || resp == nil || resp.StatusCode != http.StatusForbidden {
		t.Errorf("got %v, want 403", err)
	}
}

func TestResumeOverSockets(t *testing.T) {
	s := newSite(t, 10)
	p := s.dial(t, "")
	p.send(websocket.TextMessage, `{"type":"open","playing":true,"speed":8}`)
	room := p.until("welcome", "").Room
	epoch := p.until("snapshot", "").Epoch
	last := p.until("frame", "")
	p.conn.Close()

	open, err := json.Marshal(map[string]any{"type": "open", "room": room, "epoch": epoch, "seq": last.Seq, "at": last.Now})
	if err != nil {
		t.Fatal(err)
	}
	q := s.dial(t, "")
	q.send(websocket.TextMessage, string(open))
	if got := q.until("welcome", "").Room; got != room {
		t.Errorf("got room %q, want %q", got, room)
	}
	if f := q.until("frame", ""); f.Seq <= last.Seq || f.Epoch != epoch {
		t.Errorf("got a frame of epoch %d up to %d after %d", f.Epoch, f.Seq, last.Seq)
	}
}

// TestStopLeavesNothing stops a server with browsers in all states and counts
// goroutines.
func TestStopLeavesNothing(t *testing.T) {
	before := runtime.NumGoroutine()
	s := newSite(t, 10)
	var peers []*peer
	for range 5 {
		p := s.dial(t, "")
		p.send(websocket.TextMessage, `{"type":"open","playing":true}`)
		p.until("frame", "")
		peers = append(peers, p)
	}
	silent := s.dial(t, "") // has not said what it wants
	gone := s.dial(t, "")
	gone.send(websocket.TextMessage, `{"type":"open"}`)
	gone.until("snapshot", "")
	gone.conn.NetConn().Close()

	stopped := make(chan struct{})
	go func() { s.stop(); close(stopped) }()
	for i, p := range append(peers, silent) {
		if got := p.closed(); got != websocket.CloseGoingAway {
			t.Errorf("browser %d: got the close code %d, want 1001", i, got)
		}
		p.conn.Close()
	}
	select {
	case <-stopped:
	case <-time.After(patience):
		t.Fatal("the server did not stop")
	}
	http.DefaultTransport.(*http.Transport).CloseIdleConnections()
	for end := time.Now().Add(patience); runtime.NumGoroutine() > before; runtime.Gosched() {
		if time.Now().After(end) {
			buf := make([]byte, 1<<20)
			t.Fatalf("%d goroutines before, %d after:\n%s", before, runtime.NumGoroutine(), buf[:runtime.Stack(buf, true)])
		}
	}
}
