package core_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"procession/server/room/core"
	"procession/server/wire"
	"procession/sim"
	"procession/sim/scenario"
	"procession/sim/trace"
)

// began is the wall time at which the tests' rooms begin. It means nothing: a
// room has no clock.
var began = time.Date(2030, 1, 1, 9, 0, 0, 0, time.UTC)

func parse(t testing.TB, query string) scenario.Scenario {
	t.Helper()
	sc, err := sim.Parse(query)
	if err != nil {
		t.Fatal(err)
	}
	return sc
}

// stage is a room, and what one who watches it was sent.
type stage struct {
	t    testing.TB
	room *core.Room
	now  time.Time
	got  []string
}

const watcher core.ID = 1

func newStage(t testing.TB, o core.Options, query string, open wire.Open) *stage {
	t.Helper()
	if o.New == nil {
		o.New = func(sc scenario.Scenario) core.Run { return sim.New(sc) }
	}
	if o.Commands == nil {
		o.Commands = &core.Memory{}
	}
	if open.Speed == 0 {
		open.Speed = 1
	}
	scs := []scenario.Scenario{parse(t, query)}
	s := &stage{t: t, room: core.New(o, "room", open), now: began}
	t.Cleanup(s.room.Close)
	s.room.Begin(scs, open.At, s.now)
	welcome, refused := s.room.Enter(watcher, scs, open, s.now)
	if refused != nil {
		t.Fatal(refused)
	}
	s.got = append(s.got, string(welcome))
	return s
}

// pass lets time pass: whenever the room wants a turn, it has one.
func (s *stage) pass(d time.Duration) {
	end := s.now.Add(d)
	for {
		out, wait := s.room.Turn(s.now, func() bool { return false })
		for _, o := range out {
			for _, m := range o.Messages {
				s.got = append(s.got, string(m))
			}
		}
		if wait < 0 || s.now.Add(wait).After(end) {
			s.now = end
			return
		}
		s.now = s.now.Add(wait)
	}
}

func (s *stage) say(m any) { s.room.Handle(watcher, m, s.now) }

// types gives the types of what was sent since the last call, and the codes of errors.
func (s *stage) types() []string {
	s.t.Helper()
	var all []string
	for _, data := range s.got {
		var m struct{ Type, Code string }
		if err := json.Unmarshal([]byte(data), &m); err != nil {
			s.t.Fatal(err)
		}
		all = append(all, strings.TrimSpace(m.Type+" "+m.Code))
	}
	s.got = nil
	return all
}

// play is a story with something of everything.
func play(t testing.TB) []string {
	s := newStage(t, core.Options{}, "jitter=50&do=9s+store+down", wire.Open{Playing: true})
	s.pass(3 * time.Second)
	s.say(wire.Do{Text: "crash 1"})
	s.pass(1500 * time.Millisecond)
	s.say(wire.Speed{Value: 4})
	s.pass(2 * time.Second)
	s.say(wire.Step{})
	s.pass(time.Second)
	s.say(wire.Fork{At: 2_000_000, Text: "crash 2"})
	s.pass(time.Second)
	s.say(wire.Resync{})
	s.say(wire.Reset{})
	s.pass(time.Second)
	return s.got
}

// TestSameLettersSameMessages: a room is a function of what comes in, and when.
func TestSameLettersSameMessages(t *testing.T) {
	first, second := play(t), play(t)
	if diff := cmp.Diff(first, second); diff != "" {
		t.Errorf("two plays of the same letters differ:\n%s", diff)
	}
	if len(first) < 20 {
		t.Errorf("got %d messages", len(first))
	}
}

// TestSpentTurn: a turn that has been long enough ends, and the next goes on.
// The room then goes slower than asked, and does not fall ever more behind.
func TestSpentTurn(t *testing.T) {
	s := newStage(t, core.Options{}, "visitors=200&think=100ms", wire.Open{At: 10_000_000})
	turns := 0
	for {
		_, wait := s.room.Turn(s.now, func() bool { return true })
		turns++
		if wait != 0 {
			break
		}
	}
	if turns < 100 {
		t.Errorf("got to 10 s in %d turns, each of which was spent at once", turns)
	}
}

// TestLateTurn: of a long wait only a moment is made up for.
func TestLateTurn(t *testing.T) {
	s := newStage(t, core.Options{}, "", wire.Open{Playing: true})
	s.pass(time.Second)
	s.now = s.now.Add(time.Minute) // in which the room had no turn
	s.pass(0)
	s.got = nil
	s.say(wire.Pause{})
	s.pass(0)
	var pace struct{ Now int64 }
	if err := json.Unmarshal([]byte(s.got[len(s.got)-1]), &pace); err != nil {
		t.Fatal(err)
	}
	if pace.Now < 2_000_000 || pace.Now > 3_000_000 {
		t.Errorf("a minute late: got the moment %d, want at most two seconds to be made up for", pace.Now)
	}
}

// lost is a list that cannot be kept.
type lost struct{ core.Memory }

func (*lost) Append(scenario.Command) (int, error) { return 0, errors.New("no connection") }

// TestCommandThatIsNotKept did not happen: it is put into the list before it is applied.
func TestCommandThatIsNotKept(t *testing.T) {
	s := newStage(t, core.Options{Commands: &lost{}}, "", wire.Open{})
	s.pass(0)
	s.types()
	s.say(wire.Do{Text: "crash 1"})
	s.pass(time.Second)
	if diff := cmp.Diff([]string{"error bad-command"}, s.types()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestRoomOfALog: who has the commands has the room. It begins where another one was.
func TestRoomOfALog(t *testing.T) {
	log := &core.Memory{}
	s := newStage(t, core.Options{Commands: log}, "do=5s+crash+2", wire.Open{Playing: true})
	s.pass(2 * time.Second)
	s.say(wire.Do{Text: "crash 1"})
	s.pass(2 * time.Second)
	s.say(wire.Pause{})
	s.say(wire.Resync{})
	s.pass(0)
	first := s.got[len(s.got)-1]

	sc := parse(t, "")
	sc.Do = log.After(0)
	again := newStage(t, core.Options{Commands: log}, sc.String(), wire.Open{At: 4_000_001}) // the command took a microsecond
	again.pass(0)
	if log.Len() != 2 {
		t.Errorf("got %d commands in the log, want the two that it had", log.Len())
	}
	if diff := cmp.Diff(first, again.got[len(again.got)-1]); diff != "" {
		t.Errorf("the picture of the other room (-want +got):\n%s", diff)
	}
}

// TestManyCommands: a picture says how many there are, and not each of them.
func TestManyCommands(t *testing.T) {
	s := newStage(t, core.Options{}, "", wire.Open{Playing: true})
	for range 500 {
		s.say(wire.Do{Text: "set balancer=least-connections"})
		s.pass(10 * time.Millisecond)
	}
	s.types()
	s.say(wire.Resync{})
	s.pass(0)
	got := s.got
	if diff := cmp.Diff([]string{"snapshot"}, s.types()); diff != "" {
		t.Fatalf("(-want +got):\n%s", diff)
	}
	if picture := got[0]; strings.Contains(picture, "set balancer") || len(picture) > 8<<10 || !strings.Contains(picture, `"position":500`) {
		t.Errorf("got a picture of %d bytes: %.300s", len(picture), picture)
	}
	// One who comes later, and has the first two hundred.
	sc := parse(t, "")
	given := commands(s.room, t)
	sc.Do = given[:200]
	if _, refused := s.room.Enter(2, []scenario.Scenario{sc}, wire.Open{}, s.now); refused != nil {
		t.Fatal(refused)
	}
	out, _ := s.room.Turn(s.now, func() bool { return false })
	var g struct {
		Type, Do string
		From     int
	}
	if err := json.Unmarshal(out[len(out)-1].Messages[0], &g); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(g.Do, "set balancer"); g.Type != "given" || g.From != 200 || n != 300 {
		t.Errorf("got %s from %d with %d commands; want those after 200", g.Type, g.From, n)
	}
}

// commands gives a room's commands, as one who has none is told them.
func commands(r *core.Room, t *testing.T) []scenario.Command {
	t.Helper()
	if _, refused := r.Enter(99, []scenario.Scenario{parse(t, "")}, wire.Open{}, began); refused != nil {
		t.Fatal(refused)
	}
	out, _ := r.Turn(began, func() bool { return false })
	var g struct{ Do string }
	if err := json.Unmarshal(out[len(out)-1].Messages[0], &g); err != nil {
		t.Fatal(err)
	}
	r.Leave(99, began)
	return parse(t, "do="+strings.ReplaceAll(g.Do, " ", "+")).Do
}

// TestPicturesTellTextsInUse: the texts of hours that nobody sees any more are
// in no picture, nor in a frame.
func TestPicturesTellTextsInUse(t *testing.T) {
	s := newStage(t, core.Options{}, "visitors=20&think=0s&views=true&mode=store", wire.Open{Playing: true, Speed: 8})
	s.pass(2 * time.Minute)
	s.got = nil
	s.say(wire.Resync{})
	s.pass(time.Second)
	i := slices.IndexFunc(s.got, func(m string) bool { return strings.HasPrefix(m, `{"type":"snapshot"`) })
	if i < 0 || i+1 == len(s.got) {
		t.Fatalf("got %v", s.types())
	}
	picture, frame := s.got[i], s.got[i+1]
	if len(picture) > 64<<10 || len(frame) > 256<<10 {
		t.Errorf("after two minutes of a crowd: got a picture of %d bytes and a frame of %d", len(picture), len(frame))
	}
}

// TestPictureOnceForAll: those who ask at the same moment get the same bytes.
func TestPictureOnceForAll(t *testing.T) {
	s := newStage(t, core.Options{}, "visitors=300", wire.Open{})
	for id := core.ID(2); id < 100; id++ {
		if _, refused := s.room.Enter(id, []scenario.Scenario{parse(t, "visitors=300")}, wire.Open{}, s.now); refused != nil {
			t.Fatal(refused)
		}
	}
	out, _ := s.room.Turn(s.now, func() bool { return false })
	for _, o := range out[1:] {
		if &o.Messages[0][0] != &out[0].Messages[0][0] {
			t.Fatalf("client %d has a picture of its own", o.To)
		}
	}
}

// recorded is a log that was recorded elsewhere.
func recorded(t testing.TB) (*trace.Log, scenario.Scenario) {
	sc := parse(t, "script=login,visit*3&do=1s+crash+1")
	run := sim.New(sc)
	defer run.Close()
	run.Advance(30_000_000)
	return run.Log(), sc
}

// TestPushed plays a recorded log into a room, at its own time. Who watches from
// the beginning is told every event, as it was recorded.
func TestPushed(t *testing.T) {
	log, sc := recorded(t)
	s := newStage(t, core.Options{New: func(sc scenario.Scenario) core.Run { return core.NewPushed(sc) }}, sc.String(), wire.Open{Playing: true})
	s.pass(0)
	s.types()
	for seq := 1; seq <= log.Len(); seq++ {
		e := log.At(seq)
		if due := began.Add(time.Duration(e.Ts) * time.Microsecond); due.After(s.now) {
			s.pass(due.Sub(s.now))
		}
		s.room.Push(0, log, []trace.Event{*e}, s.now)
		if seq == log.Len()/2 { // also while time stands still
			s.say(wire.Pause{})
		}
	}
	s.pass(time.Second)

	var got bytes.Buffer
	for _, m := range s.got {
		var f struct {
			Type   string
			Events []int64
		}
		if err := json.Unmarshal([]byte(m), &f); err != nil {
			t.Fatal(err)
		}
		if f.Type != "frame" {
			continue
		}
		for rest := f.Events; len(rest) > 0; {
			kind := wire.NewSchema().Kinds[rest[0]]
			fmt.Fprintln(&got, kind.Name)
			rest = rest[2+len(kind.Fields):]
		}
	}
	var want bytes.Buffer
	for seq := 1; seq <= log.Len(); seq++ {
		fmt.Fprintln(&want, log.At(seq).Kind)
	}
	if diff := cmp.Diff(strings.Split(want.String(), "\n"), strings.Split(got.String(), "\n")); diff != "" {
		t.Errorf("the events (-want +got):\n%s", diff)
	}

	s.got = nil
	for _, m := range []any{wire.Reset{}, wire.Fork{At: 1}, wire.Step{}} {
		s.say(m)
	}
	s.say(wire.Resync{})
	s.pass(0)
	if diff := cmp.Diff([]string{"error from-outside", "error from-outside", "error from-outside", "snapshot"}, s.types()); diff != "" {
		t.Errorf("asked for what cannot be (-want +got):\n%s", diff)
	}
}

// TestPushedKeepsTexts: an event says the same in the log that it came to.
func TestPushedKeepsTexts(t *testing.T) {
	log, sc := recorded(t)
	run := core.NewPushed(sc)
	for seq := 1; seq <= log.Len(); seq++ {
		run.Push(log, *log.At(seq))
	}
	for seq := 1; seq <= log.Len(); seq++ {
		got, want := string(run.Log().AppendJSON(nil, run.Log().At(seq))), string(log.AppendJSON(nil, log.At(seq)))
		if got != want {
			t.Fatalf("event %d: got %s, want %s", seq, got, want)
		}
	}
	if !run.Ended() || run.Err() != nil {
		t.Errorf("got ended %v, error %v", run.Ended(), run.Err())
	}
}

// TestPushedRefuses: an event that cannot be is told to nobody, and the run
// cannot go on.
func TestPushedRefuses(t *testing.T) {
	log, sc := recorded(t)
	run := core.NewPushed(sc)
	for seq := 1; seq <= 10; seq++ {
		run.Push(log, *log.At(seq))
	}
	run.Push(log, trace.Event{Kind: trace.RequestDone, Req: 99})
	if err := run.Err(); err == nil || !strings.Contains(err.Error(), "request 99 is not under way") || run.Log().Len() != 10 {
		t.Errorf("got %v after %d events", err, run.Log().Len())
	}
}
