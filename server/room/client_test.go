package room_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"procession/server/room"
	"procession/server/wire"
	"procession/sim/scenario"
	"procession/sim/trace"
)

// client is a subscriber as a browser would be one: it checks that what it
// gets fits together without a gap.
type client struct {
	t    *testing.T
	sub  *room.Subscriber
	room string
	// What it knows:
	epoch, now     int64
	playing, ended bool
	speed          float64
	seen           // of the page's own world
	others         [1 + scenario.MaxBeside]seen
	worlds         []string // of the welcome
	given          []string // the commands, in the order in which they were given
	// What it got, in order: the types, and the errors' codes after "error ".
	got    []string
	errors []wire.Error
	events []int64 // of all frames, their kinds
}

// seen is what a client knows of a world.
type seen struct {
	seq      int64
	scenario string // with all commands that the client knows of
	texts    map[int64]string
}

// world gives what the client knows of a world.
func (c *client) world(n int) *seen {
	if n == 0 {
		return &c.seen
	}
	return &c.others[n]
}

// home is where the tests' clients come from, but for those of another address.
const home = "192.0.2.1"

// commands gives the commands of a list as the grammar writes it.
func commands(list string) []string {
	if list == "" {
		return nil
	}
	return strings.Split(list, "; ")
}

func open(t *testing.T, rooms *room.Rooms, query string, o wire.Open) *client {
	t.Helper()
	c, err := tryOpen(t, rooms, query, o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func tryOpen(t *testing.T, rooms *room.Rooms, query string, o wire.Open) (*client, error) {
	t.Helper()
	sc, err := scenario.Parse(query)
	if err != nil {
		t.Fatal(err)
	}
	if o.Speed == 0 {
		o.Speed = 1
	}
	sub, err := rooms.Open(home, sc, o)
	if err != nil {
		return nil, err
	}
	c := &client{t: t, sub: sub, epoch: o.Epoch, seen: seen{seq: o.Seq}, given: commands(scenario.FormatCommands(sc.Do))}
	c.take(sub.Welcome())
	return c, nil
}

// send sends a message as JSON.
func (c *client) send(message string) { c.sub.Receive([]byte(message)) }

// read takes all that is there; false: nothing more will come.
func (c *client) read() bool {
	c.t.Helper()
	for {
		data, more := c.sub.Next()
		if data == nil {
			return more
		}
		c.take(data)
	}
}

// count says how often a type was got since the last forget.
func (c *client) count(what string) int {
	n := 0
	for _, g := range c.got {
		if g == what {
			n++
		}
	}
	return n
}

func (c *client) forget() { c.got, c.errors, c.events = nil, nil, nil }

func (c *client) take(data []byte) {
	c.t.Helper()
	var m struct {
		Type     string
		Room     string
		Worlds   []string
		World    int
		Epoch    int64
		Seq      int64
		Now      int64
		Playing  bool
		Ended    bool
		Speed    float64
		Scenario string
		IDs      []int64
		Texts    []string
		Position int
		Done     json.RawMessage // of a snapshot, numbers of commands; of progress, how much
		From     int
		Do       string
		Events   []int64
		State    struct{ Seq int64 }
		Code     wire.Code
		Key      string
		Text     string
	}
	if err := json.Unmarshal(data, &m); err != nil {
		c.t.Fatalf("got %.200s: %v", data, err)
	}
	what := m.Type
	if m.World > 0 {
		what = fmt.Sprint(what, " ", m.World)
	}
	w := c.world(m.World)
	switch m.Type {
	case "welcome":
		c.room, c.worlds = m.Room, m.Worlds
	case "snapshot":
		c.epoch, w.seq, w.texts, w.scenario = m.Epoch, m.State.Seq, map[int64]string{}, m.Scenario
		if m.Position > len(c.given) {
			c.t.Errorf("got a picture of %d commands, and know %d", m.Position, len(c.given))
		}
		c.given = c.given[:min(m.Position, len(c.given))]
		var done []int
		if err := json.Unmarshal(m.Done, &done); err != nil {
			c.t.Fatal(err)
		}
		for _, n := range done {
			if n < 1 || n > m.Position {
				c.t.Errorf("got the number %d of a command, of %d", n, m.Position)
			}
		}
		if all := slices.Clone(c.given); len(all) > 0 {
			sc, err := scenario.Parse(m.Scenario + "&do=" + url.QueryEscape(strings.Join(all, "; ")))
			if err != nil {
				c.t.Fatal(err)
			}
			w.scenario = sc.String()
		}
	case "given":
		c.given = append(c.given[:m.From:m.From], commands(m.Do)...)
	case "frame":
		if w.texts == nil {
			w.texts = map[int64]string{}
		}
		for i, id := range m.IDs {
			w.texts[id] = m.Texts[i]
		}
		n := c.happen(m.Events, w)
		if m.Epoch != c.epoch || m.Seq-n != w.seq {
			c.t.Errorf("got a frame of epoch %d with the events %d..%d after epoch %d, event %d", m.Epoch, m.Seq-n+1, m.Seq, c.epoch, w.seq)
		}
		w.seq = m.Seq
	case "error":
		what += " " + string(m.Code)
		c.errors = append(c.errors, wire.Error{Code: m.Code, Key: m.Key, Text: m.Text})
	}
	switch m.Type {
	case "snapshot", "pace":
		c.playing, c.speed, c.ended = m.Playing, m.Speed, m.Ended
		c.now = m.Now
	case "frame":
		if m.Now < c.now {
			c.t.Errorf("got a frame that goes back in time, from %d to %d", c.now, m.Now)
		}
		c.now = m.Now
	}
	c.got = append(c.got, what)
}

// happen takes the events of a frame and gives their number. A command that was
// applied is known from then on.
func (c *client) happen(events []int64, w *seen) (n int64) {
	schema := wire.NewSchema()
	ts := int64(0)
	for rest := events; len(rest) > 0; n++ {
		kind := schema.Kinds[rest[0]]
		ts += rest[1]
		c.events = append(c.events, rest[0])
		for i, f := range kind.Fields {
			id := rest[2+i]
			text, known := w.texts[id]
			if schema.Fields[f].Text && id != 0 && !known {
				c.t.Errorf("got an event %q with the text %d, which nobody told", kind.Name, id)
			}
			if kind.Name != trace.CommandApplied.String() || schema.Fields[f].Name != trace.FText.String() {
				continue
			}
			command, err := new(scenario.Scenario).ParseCommand(text)
			if err != nil {
				c.t.Fatal(err)
			}
			command.At = ts
			if said := scenario.FormatCommands([]scenario.Command{command}); !slices.Contains(c.given, said) {
				c.given = append(c.given, said)
			}
		}
		rest = rest[2+len(kind.Fields):]
	}
	return n
}
