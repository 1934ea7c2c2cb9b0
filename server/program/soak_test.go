package program

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// soakFor, set in the environment to a duration, makes TestSoak run for so
// long and with many rooms.
const soakFor = "PROCESSION_SOAK"

// patience is how long it waits for what must end, also on a slow and busy machine.
const patience = 60 * time.Second

// TestSoak has many browsers come, give commands, go and come back, and looks
// whether anything is left behind.
func TestSoak(t *testing.T) {
	span, browsers := 2*time.Second, 20
	if s := os.Getenv(soakFor); s != "" {
		var err error
		if span, err = time.ParseDuration(s); err != nil {
			t.Fatalf("%s: %v", soakFor, err)
		}
		browsers = 300
	}
	before := runtime.NumGoroutine()
	m := &Main{Addr: "127.0.0.1:0", StoreAddr: "127.0.0.1:0", Logger: slog.New(slog.NewTextHandler(t.Output(), nil))}
	if err := m.Run(); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	end := time.Now().Add(span)
	for i := range browsers {
		wg.Go(func() {
			g := guest{t: t, address: strings.Replace(m.URL(), "http", "ws", 1), rnd: rand.New(rand.NewPCG(1, uint64(i)))}
			for time.Now().Before(end) && !t.Failed() {
				g.visit(end)
			}
		})
	}
	for tick := time.NewTicker(time.Minute); time.Now().Before(end); {
		select {
		case <-tick.C:
			var mem runtime.MemStats
			runtime.ReadMemStats(&mem)
			t.Logf("%d rooms, %d goroutines, %d MiB of heap", m.rooms.Len(), runtime.NumGoroutine(), mem.HeapInuse>>20)
		case <-time.After(time.Until(end)):
		}
	}
	wg.Wait()
	m.Close()
	for end := time.Now().Add(patience); runtime.NumGoroutine() > before; runtime.Gosched() {
		if time.Now().After(end) {
			stacks := make([]byte, 1<<20)
			t.Fatalf("%d goroutines before, %d after:\n%s", before, runtime.NumGoroutine(), stacks[:runtime.Stack(stacks, true)])
		}
	}
}

// guest is one browser of the soak.
type guest struct {
	t       *testing.T
	address string
	rnd     *rand.Rand
	// Its position, when it was here before.
	query, room     string
	epoch, seq, now int64
}

var (
	soakScenarios = []string{"", "mode=store", "mode=threads&workers=4", "mode=cookie", "visitors=30&jitter=50&balancer=random", "connection=browser&workers=3", "visitors=200&costs=measured"}
	soakMessages  = []string{
		`{"type":"play"}`, `{"type":"pause"}`, `{"type":"step"}`, `{"type":"reset"}`, `{"type":"resync"}`,
		`{"type":"speed","value":8}`, `{"type":"speed","value":1}`, `{"type":"away","value":true}`, `{"type":"away","value":false}`,
		`{"type":"do","text":"crash 1"}`, `{"type":"do","text":"restart 2"}`, `{"type":"do","text":"reload"}`, `{"type":"do","text":"set mode=store"}`,
		`{"type":"do","text":"set mode=local"}`, `{"type":"do","text":"set mode=threads"}`, `{"type":"do","text":"set workers=5"}`, `{"type":"do","text":"store down"}`,
		`{"type":"do","text":"store up"}`, `{"type":"do","text":"logout Ada"}`, `{"type":"do","text":"join Barbara"}`, `{"type":"do","text":"leave Barbara"}`, `nonsense`,
	}
)

// visit is one connection: open or resume, watch, say things, hang up.
func (g *guest) visit(end time.Time) {
	open := map[string]any{"type": "open", "playing": true, "speed": 8}
	if g.room != "" && g.rnd.IntN(3) > 0 {
		open["room"], open["epoch"], open["seq"], open["at"] = g.room, g.epoch, g.seq, g.now
	} else {
		g.query = soakScenarios[g.rnd.IntN(len(soakScenarios))]
		g.seq, g.epoch = 0, 0
	}
	conn, _, err := websocket.DefaultDialer.Dial(g.address+"/ws?"+g.query, nil)
	if err != nil {
		g.t.Error(err)
		return
	}
	defer conn.Close()
	if err := conn.WriteJSON(open); err != nil {
		g.t.Error(err)
		return
	}
	leave := time.Now().Add(time.Duration(g.rnd.IntN(3000)) * time.Millisecond)
	if leave.After(end) {
		leave = end
	}
	left := make(chan struct{})
	time.AfterFunc(time.Until(leave), func() { close(left); conn.Close() })
	var wg sync.WaitGroup
	wg.Go(func() { g.chatter(conn, left) })
	defer wg.Wait()
	for {
		_, data, err := conn.ReadMessage()
		if err == nil {
			err = g.hear(data)
		}
		select {
		case <-left:
			return
		default:
		}
		if err != nil {
			g.t.Errorf("%s: %v", g.query, err)
			return
		}
	}
}

// chatter says things at random until the guest has left.
func (g *guest) chatter(conn *websocket.Conn, left <-chan struct{}) {
	for pause := time.NewTicker(80 * time.Millisecond); ; {
		select {
		case <-left:
			pause.Stop()
			return
		case <-pause.C:
			message := soakMessages[rand.IntN(len(soakMessages))]
			_ = conn.WriteMessage(websocket.TextMessage, []byte(message))
		}
	}
}

// hear follows the run and checks that nothing is missing.
func (g *guest) hear(data []byte) error {
	var m struct {
		Type, Room, Code, Text string
		Epoch, Seq, Now        int64
		State                  struct{ Seq int64 }
		Scenario               string
	}
	if err := json.Unmarshal(data, &m); err != nil {
		return fmt.Errorf("got %.100s: %w", data, err)
	}
	switch m.Type {
	case "welcome":
		g.room = m.Room
	case "snapshot":
		g.epoch, g.seq, g.now, g.query = m.Epoch, m.State.Seq, m.Now, m.Scenario
	case "frame":
		if m.Epoch != g.epoch || m.Seq <= g.seq {
			return fmt.Errorf("got a frame of epoch %d up to %d after epoch %d, %d", m.Epoch, m.Seq, g.epoch, g.seq)
		}
		g.seq, g.now = m.Seq, m.Now
	case "error":
		if m.Code == "run-failed" || m.Code == "bad-scenario" {
			return fmt.Errorf("got %s", data)
		}
	}
	return nil
}
