package room_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"procession/server/room"
	"procession/server/wire"
	"procession/sim/scenario"
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
	// What it got, in order: the types, and the errors' codes after "error ".
	got    []string
	errors []wire.Error
	events []int64 // of all frames, their kinds
}

// seen is what a client knows of a world.
type seen struct {
	seq      int64
	scenario string
	texts    []string
}

// world gives what the client knows of a world.
func (c *client) world(n int) *seen {
	if n == 0 {
		return &c.seen
	}
	return &c.others[n]
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
	sub, err := rooms.Open(sc, o)
	if err != nil {
		return nil, err
	}
	c := &client{t: t, sub: sub, epoch: o.Epoch, seen: seen{seq: o.Seq}}
	c.take(sub.Welcome())
	return c, nil
}

// send sends a message as JSON.
func (c *client) send(message string) { c.sub.Receive([]byte(message)) }

// read takes all that is there; false: nothing more will come.
func (c *client) read() bool {
	c.t.Helper()
	for {
		select {
		case data, ok := <-c.sub.Messages():
			if !ok {
				return false
			}
			c.take(data)
		default:
			return true
		}
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
		Texts    []string
		Base     int
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
		c.epoch, w.seq, w.texts, w.scenario = m.Epoch, m.State.Seq, m.Texts, m.Scenario
	case "frame":
		kinds := wire.NewSchema().Kinds
		n := int64(0)
		for rest := m.Events; len(rest) > 0; n++ {
			c.events = append(c.events, rest[0])
			rest = rest[2+len(kinds[rest[0]].Fields):]
		}
		if m.Epoch != c.epoch || m.Seq-n != w.seq {
			c.t.Errorf("got a frame of epoch %d with the events %d..%d after epoch %d, event %d", m.Epoch, m.Seq-n+1, m.Seq, c.epoch, w.seq)
		}
		w.seq = m.Seq
		if m.Base > len(w.texts) && m.Base > 1 {
			c.t.Errorf("got texts from number %d on, and have %d", m.Base, len(w.texts))
		}
		if m.Base <= len(w.texts) {
			w.texts = slices.Concat(w.texts[:m.Base], m.Texts)
		}
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
