package wire_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"procession/server/wire"
	"procession/sim/scenario"
	"procession/sim/trace"
)

var rewrite = flag.Bool("rewrite", false, "write the golden files anew")

// golden is a file of testdata. The tests in static/test read the same files.
type golden struct {
	About   string            `json:"about"`
	From    string            `json:"from"` // client or server; http: the answer to a request, not on the socket
	Message json.RawMessage   `json:"message"`
	Texts   []string          `json:"texts,omitempty"`   // frame: the table that the client had before
	Decoded []json.RawMessage `json:"decoded,omitempty"` // frame: its events, as in the NDJSON trace
}

func path(name string) string { return filepath.Join("testdata", name+".json") }

func read(t *testing.T, name string) golden {
	t.Helper()
	data, err := os.ReadFile(path(name))
	if err != nil {
		t.Fatal(err)
	}
	var g golden
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&g); err != nil {
		t.Fatalf("%s: %v", path(name), err)
	}
	return g
}

// check compares a message with its golden file, byte for byte but for the
// file's indentation.
func check(t *testing.T, name string, want golden) {
	t.Helper()
	if *rewrite {
		var b bytes.Buffer
		enc := json.NewEncoder(&b)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		if err := enc.Encode(want); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path(name), b.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	got := read(t, name)
	compact := func(data []byte) string {
		var b bytes.Buffer
		if err := json.Compact(&b, data); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	if diff := cmp.Diff(compact(got.Message), compact(want.Message)); diff != "" {
		t.Errorf("%s (-file +code; -rewrite writes it anew):\n%s", path(name), diff)
	}
	if diff := cmp.Diff(got.Texts, want.Texts); diff != "" {
		t.Errorf("%s: texts (-file +code):\n%s", path(name), diff)
	}
	if len(got.Decoded) != len(want.Decoded) {
		t.Fatalf("%s: decoded: got %d events, want %d", path(name), len(got.Decoded), len(want.Decoded))
	}
	for i := range want.Decoded {
		if diff := cmp.Diff(compact(got.Decoded[i]), compact(want.Decoded[i])); diff != "" {
			t.Errorf("%s: decoded[%d] (-file +code):\n%s", path(name), i, diff)
		}
	}
}

var clientGoldens = []struct {
	name, about, message string
	want                 wire.ClientMessage
}{
	{"open", "the first message of a page that was not here before", `{"type":"open","at":0,"playing":true,"speed":1}`,
		wire.Open{Playing: true, Speed: 1}},
	{"open-resume", "the first message of a page that lost its connection", `{"type":"open","at":12345678,"room":"q3v7m2","epoch":1,"seq":120,"playing":false,"speed":0.5}`,
		wire.Open{At: 12345678, Room: "q3v7m2", Epoch: 1, Seq: 120, Speed: 0.5}},
	{"open-worlds", "the first message of a page that shows three worlds", `{"type":"open","at":0,"playing":true,"speed":1,"worlds":["mode=store","mode=threads&workers=4"]}`,
		wire.Open{Playing: true, Speed: 1, Worlds: []string{"mode=store", "mode=threads&workers=4"}}},
	{"open-do", "the first message of a page whose address has no place for its commands", `{"type":"open","at":0,"playing":true,"speed":1,"do":"1s crash 1; 9s store down"}`,
		wire.Open{Playing: true, Speed: 1, Do: "1s crash 1; 9s store down"}},
	{"fork", "cut the run off at a moment", `{"type":"fork","at":12345678}`, wire.Fork{At: 12345678}},
	{"fork-do", "cut the run off at a moment and do something else there", `{"type":"fork","at":12345678,"text":"crash 1"}`, wire.Fork{At: 12345678, Text: "crash 1"}},
	{"do", "a command of the grammar", `{"type":"do","text":"crash 1"}`, wire.Do{Text: "crash 1"}},
	{"play", "let time go on", `{"type":"play"}`, wire.Play{}},
	{"pause", "let time stand still", `{"type":"pause"}`, wire.Pause{}},
	{"speed", "one of the speeds of the welcome", `{"type":"speed","value":0.25}`, wire.Speed{Value: 0.25}},
	{"step", "run to the next milestone and pause there", `{"type":"step"}`, wire.Step{}},
	{"reset", "the same scenario anew, without its commands", `{"type":"reset"}`, wire.Reset{}},
	{"away", "nobody looks at the page", `{"type":"away","value":true}`, wire.Away{Value: true}},
	{"resync", "ask for a snapshot", `{"type":"resync"}`, wire.Resync{}},
}

func TestGoldenClient(t *testing.T) {
	for _, c := range clientGoldens {
		t.Run(c.name, func(t *testing.T) {
			check(t, c.name, golden{About: c.about, From: "client", Message: json.RawMessage(c.message)})
			got, err := wire.Decode(read(t, c.name).Message)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("Decode (-want +got):\n%s", diff)
			}
		})
	}
}

func TestGoldenServer(t *testing.T) {
	for _, c := range []struct {
		name, about string
		message     wire.ServerMessage
	}{
		{"welcome", "the first message to a client; its schema reads every frame", wire.Welcome{
			Room: "q3v7m2", Epoch: 1, V: 1, Schema: wire.NewSchema(), Speeds: scenario.Speeds, StoreAddr: "127.0.0.1:6390", Worlds: []string{""}}},
		{"welcome-worlds", "the first message to a client that shows three worlds", wire.Welcome{
			Room: "q3v7m2", Epoch: 1, V: 1, Schema: wire.NewSchema(), Speeds: scenario.Speeds, Worlds: []string{"", "mode=store", "mode=threads&workers=4"}}},
		{"snapshot", "the whole picture", wire.Snapshot{
			Epoch: 1, Now: 2345678, Playing: true, Speed: 0.5,
			Scenario: "mode=store&visitors=Ada,Grace", Position: 2, Done: []int{1}, State: picture}},
		{"snapshot-world", "the whole picture of another world", wire.Snapshot{
			World: 1, Epoch: 2, Now: 2345678, Speed: 1,
			Scenario: "mode=store", Position: 2, Done: []int{}, State: picture}},
		{"given", "commands that the client lacks; the snapshot follows", wire.Given{From: 1, Do: "1s crash 1; 9s store down"}},
		{"pace", "how time goes from now on", wire.Pace{Now: 12400000, Speed: 0.25}},
		{"beat", "the server is there; it says so when it has said nothing else for a second", wire.Beat{}},
		{"progress", "a long run is being caught up with", wire.Progress{Done: 0.4}},
		{"error", "what was wrong, where, and what is allowed", &wire.Error{
			Code: wire.BadCommand, Key: "workers", Text: `workers: "99" is not possible; allowed: 1 to 16, or max (as many as there are cores).`,
			Say: "scenario.impossible", Args: scenario.Places{"key": "workers", "value": `"99"`, "allowed": "1 to 16, or max (as many as there are cores)"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			check(t, c.name, golden{About: c.about, From: "server", Message: wire.Encode(c.message)})
		})
	}
}

func TestGoldenFrame(t *testing.T) {
	log, first, before := story()
	for world, name := range []string{"frame", "frame-world"} {
		want := golden{
			About:   "events since the frame before; texts are the client's table before it, decoded is what it says",
			From:    "server",
			Message: wire.AppendFrame(nil, world, log, 1, first, log.Len(), told(log, first), 2_712_345),
			Texts:   before,
		}
		for seq := first; seq <= log.Len(); seq++ {
			want.Decoded = append(want.Decoded, log.AppendJSON(nil, log.At(seq)))
		}
		check(t, name, want)
	}
}

func TestGoldenPast(t *testing.T) {
	log, first, _ := story()
	want := golden{
		About:   "the answer of /trace/3-13: events that a page never received, with a table of texts of its own; decoded is what it says",
		From:    "http",
		Message: wire.AppendPast(nil, log, first, log.Len(), true),
	}
	for seq := first; seq <= log.Len(); seq++ {
		want.Decoded = append(want.Decoded, log.AppendJSON(nil, log.At(seq)))
	}
	check(t, "past", want)
}

// story is a short trace with something of everything that a frame can hold;
// the frame begins at event first, and brings the texts that were not before.
func story() (log *trace.Log, first int, before []string) {
	log = trace.NewLog()
	ada, sid := log.ID("Ada"), log.ID("7f3a9c")
	log.Append(trace.Event{Kind: trace.RunStarted, Text: log.ID("visitors=Ada")})
	log.Append(trace.Event{Kind: trace.VisitorJoined, Visitor: ada, Text: log.ID("10.0.0.1")})
	first = log.Len() + 1
	for id := trace.TextID(0); ; id++ {
		text, ok := log.Lookup(id)
		if !ok {
			break
		}
		before = append(before, text)
	}

	one := trace.ProcessMemory(1, 1)
	log.Append(trace.Event{Ts: 2_000_000, Kind: trace.ConnOpened, Conn: 7, Visitor: ada})
	log.Append(trace.Event{Ts: 2_000_000, Kind: trace.RequestSent, Req: 9, Visitor: ada, Op: trace.Visit, Conn: 7, Sid: sid, Made: one, Until: 2_175_000})
	log.Append(trace.Event{Ts: 2_175_000, Kind: trace.RequestRouted, Req: 9, Pid: 2, Until: 2_350_000})
	log.Append(trace.Event{Ts: 2_350_000, Kind: trace.CoreSwitch, Core: 1, Pid: 2, Tid: 1, Until: 2_350_005})
	log.Append(trace.Event{Ts: 2_350_005, Kind: trace.SessionRead, Req: 9, Visitor: ada, Pid: 2, Tid: 1, Mem: trace.ProcessMemory(2, 1), Sid: sid, Session: trace.Miss, Made: one, Home: one, Why: trace.WhyElsewhere})
	log.Append(trace.Event{Ts: 2_350_009, Kind: trace.StoreExecuted, Req: 9, Visitor: ada, Pid: 2, Text: log.ID("\"SET\" \"sess:7f3a\" \"{\\\"user\\\":\\\"\u00c4da \u2713\\\"}\"\n"), Until: 2_350_010})
	log.Append(trace.Event{Ts: 2_350_010, Kind: trace.SessionSaved, Req: 9, Visitor: ada, Pid: 2, Mem: trace.Store, Sid: sid, Text: log.ID(`{"user":"Ada"}`)})
	log.Append(trace.Event{Ts: 2_350_011, Kind: trace.CommandApplied, Text: log.ID("crash 1")})
	log.Append(trace.Event{Ts: 2_350_011, Kind: trace.StoreDown})
	log.Append(trace.Event{Ts: 2_700_000, Kind: trace.RequestDone, Req: 9, Visitor: ada, Op: trace.Visit, Conn: 7, Pid: 2, Sid: sid, Status: 401, Session: trace.Miss, Made: one, Dur: 700_000, Chance: 1})
	log.Append(trace.Event{Ts: 2_700_000, Kind: trace.RequestDone, Req: 10, Visitor: ada, Op: trace.Login, Conn: 8, Pid: 1, Dur: 3})
	return log, first, before
}

// told has the texts of the events before one.
func told(log *trace.Log, first int) *wire.Told {
	var t wire.Told
	wire.AppendFrame(nil, 0, log, 1, 1, first-1, &t, 0)
	return &t
}

// picture has something in every list of a snapshot.
var picture = trace.Snapshot{
	Seq: 120, Ts: 2340000,
	Scenario: map[string]string{"mode": "store", "visitors": "Ada,Grace", "workers": "2"},
	Commands: []trace.DoneCommand{},
	Visitors: []trace.VisitorView{
		{Name: "Ada", Address: "10.0.0.1", Sid: "7f3a9c", Made: trace.Store, Believes: true, Logouts: 1, Socket: 2, Heard: 3, Missed: 1,
			Strip: []trace.Cell{{Req: 1, Pid: 1, Mark: "L", Cookie: "*"}, {Req: 3, Pid: 2, Mark: "-"}}},
		{Name: "Grace", Address: "10.0.1.1", Strip: []trace.Cell{}},
	},
	Workers: []trace.WorkerView{
		{Pid: 1, Mem: trace.ProcessMemory(1, 2), State: "starting", Until: 2500000, Threads: 1, Sessions: []trace.SessionView{}, Done: 4, Values: []trace.ValueView{}, Locks: []trace.LockView{}},
		{Pid: 2, Mem: trace.ProcessMemory(2, 1), State: "up", Threads: 2, Done: 5, Jobs: 2, Count: 3, Values: []trace.ValueView{{Name: "hits", Value: 4}},
			Locks:    []trace.LockView{{Name: "sessions", Holder: 1, Waiting: []int16{2}}},
			Sessions: []trace.SessionView{{Sid: "c21e07", Data: `{"user":"Grace"}`}}},
	},
	Cores: []trace.CoreView{{Core: 1, Pid: 2, Tid: 1}},
	Ready: []trace.ThreadView{{Pid: 2, Tid: 2, Mem: trace.ProcessMemory(2, 1)}},
	Store: trace.StoreView{State: "up", Sessions: []trace.SessionView{{Sid: "7f3a9c", Data: `{"user":"Ada"}`, Until: 86400000000}},
		Commands: []string{`"GET" "sess:7f3a9c"`}, Count: 2, Values: []trace.ValueView{{Name: "price", Value: 1}}},
	Conns: []trace.ConnView{{Conn: 7, Visitor: "Ada", Pid: 2}},
	Requests: []trace.RequestView{{Req: 9, Visitor: "Ada", Op: "visit", Conn: 7, Pid: 2, Tid: 1, Sid: "7f3a9c", Made: trace.Store,
		Phase: "storing", Since: 2340000, Until: 2350000, Session: "hit"}},
	Saving: []trace.SavingView{{Req: 8, Visitor: "Ada", Pid: 1, Phase: "returning", Since: 2345000, Until: 2355000}},
	Totals: trace.Totals{Requests: 8, Hits: 5, Misses: 2, Welcome: 5, Denied: 2, Logouts: 1, Commands: 9, Lost: 1, Heard: 3, Missed: 1},
}
