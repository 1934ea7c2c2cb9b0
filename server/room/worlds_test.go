package room_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"procession/server/wire"
)

// three are the page's own world, with each process's own memory, and two others.
func three(o wire.Open) wire.Open {
	o.Worlds = []string{"mode=cookie", "mode=threads&workers=4"}
	return o
}

func TestWorlds(t *testing.T) {
	inTruth(t, func(t *testing.T, h *truth) {
		c := open(t, h.Rooms, "seed=7&do=9s+crash+2", three(begin))
		pass(0)
		c.read()
		if diff := cmp.Diff([]string{"welcome", "snapshot", "snapshot 1", "snapshot 2"}, c.got); diff != "" {
			t.Fatalf("at first (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]string{"", "mode=cookie", "mode=threads&workers=4"}, c.worlds); diff != "" {
			t.Errorf("the welcome (-want +got):\n%s", diff)
		}
		pass(4 * time.Second)
		c.send(`{"type":"do","text":"crash 1"}`)
		for range 8 {
			pass(time.Second)
			c.read()
		}
		c.send(`{"type":"pause"}`)
		c.send(`{"type":"resync"}`)
		pass(0)
		c.read()
		const do = "do=4.000001s+crash+1%3B+9s+crash+2"
		for i, want := range []string{"seed=7&" + do, "mode=cookie&seed=7&" + do, "mode=threads&workers=4&seed=7&" + do} {
			if got := c.world(i).scenario; got != want {
				t.Errorf("world %d: got the scenario %q, want %q", i, got, want)
			}
			if got := h.runs[i].Now(); got != c.now {
				t.Errorf("world %d is at %d, the room at %d", i, got, c.now)
			}
			// Side by side, each world is what it would be alone.
			same(t, fmt.Sprintf("world %d", i), story(h.runs[i], c.now), replay(t, c.world(i).scenario, c.now))
		}
		if c.count("frame") == 0 || c.count("frame 1") == 0 || c.count("frame 2") == 0 {
			t.Errorf("got %v", c.got)
		}
	})
}

// TestCommandInSomeWorlds gives commands that are possible in some worlds
// only: there is a worker 4 in the last one alone.
func TestCommandInSomeWorlds(t *testing.T) {
	inTruth(t, func(t *testing.T, h *truth) {
		o := begin
		o.Worlds = []string{"workers=3", "workers=4"}
		c := open(t, h.Rooms, "", o)
		pass(time.Second)
		c.send(`{"type":"do","text":"crash 4"}`)
		pass(time.Second)
		c.send(`{"type":"do","text":"crash 3"}`)
		pass(time.Second)
		c.send(`{"type":"do","text":"crash 5"}`)
		c.send(`{"type":"do","text":"crash 1"}`)
		c.send(`{"type":"pause"}`)
		c.send(`{"type":"resync"}`)
		pass(0)
		c.read()
		const all = "do=1.000001s+crash+4%3B+2.000002s+crash+3%3B+3.000003s+crash+1"
		if c.scenario != all {
			t.Errorf("got the scenario %q, want %q", c.scenario, all)
		}
		for i, want := range []int{1, 2, 3} {
			if got := len(h.runs[i].Scenario().Do); got != want {
				t.Errorf("world %d: got %d commands, want %d", i, got, want)
			}
			if got := h.runs[i].Now(); got != c.now {
				t.Errorf("world %d is at %d, the room at %d", i, got, c.now)
			}
		}
		if c.count("error bad-command") != 1 || !strings.Contains(c.errors[0].Text, "1, 2") {
			t.Errorf("got the errors %v, want the sentence of the page's own world", c.errors)
		}

		// A cut keeps in each world what was possible there.
		before := h.runs[:3:3]
		c.send(`{"type":"fork","at":2500000}`)
		pass(0)
		c.read()
		for i, old := range before {
			same(t, fmt.Sprintf("world %d, cut", i), story(h.runs[3+i], 2_500_000), story(old, 2_500_000))
		}
		if want := "do=1.000001s+crash+4%3B+2.000002s+crash+3"; c.scenario != want || c.epoch != 2 {
			t.Errorf("cut: got epoch %d, scenario %q, want %q", c.epoch, c.scenario, want)
		}

		// The link opens the same room elsewhere.
		elsewhere := open(t, h.Rooms, c.scenario, wire.Open{At: 2_500_000, Worlds: o.Worlds})
		pass(0)
		elsewhere.read()
		for i := range 3 {
			if got, want := elsewhere.world(i).scenario, c.world(i).scenario; got != want {
				t.Errorf("elsewhere, world %d: got the scenario %q, want %q", i, got, want)
			}
		}
	})
}

func TestStepOfWorlds(t *testing.T) {
	inHouse(t, 10, nil, func(t *testing.T, h *house) {
		c := open(t, h.Rooms, "", three(wire.Open{}))
		for i, f := range h.runs {
			f.milestone = func(n int64) bool { return n == int64(10+2*i) }
		}
		pass(0)
		for _, want := range []int64{100_000, 1_000_000, 1_200_000, 1_400_000} { // the first answer; one in each world
			c.send(`{"type":"step"}`)
			pass(0)
			c.read()
			if c.now != want || c.playing {
				t.Errorf("got the moment %d, playing %v; want %d, paused", c.now, c.playing, want)
			}
			for i := range 3 {
				if got := c.world(i).seq; got != 1+want/100_000 {
					t.Errorf("at %d: world %d has %d events", want, i, got)
				}
			}
		}
	})
}

func TestWorldsEnd(t *testing.T) {
	inHouse(t, 10, nil, func(t *testing.T, h *house) {
		c := open(t, h.Rooms, "", three(wire.Open{}))
		h.runs[0].last, h.runs[1].last, h.runs[2].last = 500_000, 2_000_000, 1_000_000
		c.send(`{"type":"play"}`)
		pass(1500 * time.Millisecond)
		c.send(`{"type":"resync"}`)
		pass(0)
		c.read()
		if c.now != 1_500_000 || !c.playing {
			t.Errorf("got the moment %d, playing %v: want time to go on for the world that has not ended", c.now, c.playing)
		}
		pass(time.Second)
		c.read()
		if !c.ended || c.playing || c.now != 2_000_000 {
			t.Errorf("got ended %v, playing %v, moment %d", c.ended, c.playing, c.now)
		}
	})
}

func TestResetOfWorlds(t *testing.T) {
	inTruth(t, func(t *testing.T, h *truth) {
		c := open(t, h.Rooms, "do=1s+crash+1", three(begin))
		pass(3 * time.Second)
		c.read()
		c.forget()
		c.send(`{"type":"reset"}`)
		c.send(`{"type":"pause"}`)
		pass(0)
		c.read()
		if diff := cmp.Diff([]string{"snapshot", "snapshot 1", "snapshot 2", "pace"}, c.got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if c.epoch != 2 || c.now != 0 || c.scenario != "" || c.others[1].scenario != "mode=cookie" {
			t.Errorf("got epoch %d, moment %d, scenarios %q, %q", c.epoch, c.now, c.scenario, c.others[1].scenario)
		}
	})
}

func TestCatchUpOfWorlds(t *testing.T) {
	inTruth(t, func(t *testing.T, h *truth) {
		c := open(t, h.Rooms, "", three(wire.Open{At: 20_000_000}))
		pass(time.Second)
		c.read()
		if c.now != 20_000_000 || c.count("snapshot") != 1 || c.count("snapshot 2") != 1 {
			t.Errorf("got %v, moment %d", c.got, c.now)
		}
		for i, r := range h.runs {
			same(t, fmt.Sprintf("world %d", i), story(r, c.now), replay(t, c.world(i).scenario, c.now))
		}
	})
}

func TestResumeOfWorlds(t *testing.T) {
	inTruth(t, func(t *testing.T, h *truth) {
		c := open(t, h.Rooms, "", three(begin))
		pass(3 * time.Second)
		c.read()
		c.sub.Leave()
		pass(time.Second)
		again := open(t, h.Rooms, "", three(wire.Open{Room: c.room, Epoch: c.epoch, Seq: c.seq}))
		pass(0)
		again.read()
		if diff := cmp.Diff([]string{"welcome", "snapshot", "snapshot 1", "snapshot 2"}, again.got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if again.room != c.room || again.epoch != c.epoch || !again.playing {
			t.Errorf("got room %q (was %q), epoch %d, playing %v", again.room, c.room, again.epoch, again.playing)
		}

		// One world fewer is another room.
		other := open(t, h.Rooms, "", wire.Open{Room: c.room, Epoch: c.epoch, Seq: c.seq, Worlds: []string{"mode=cookie"}})
		pass(0)
		other.read()
		if other.room == c.room || other.count("error bad-resume") != 1 || len(other.worlds) != 2 {
			t.Errorf("got room %q, %v, worlds %q", other.room, other.got, other.worlds)
		}
	})
}

func TestSlowSubscriberOfWorlds(t *testing.T) {
	inHouse(t, 10, func(f *fakeRun) { f.every = 10_000 }, func(t *testing.T, h *house) {
		slow := open(t, h.Rooms, "", three(begin))
		quick := open(t, h.Rooms, "", three(wire.Open{Room: slow.room}))
		for range 120 {
			pass(50 * time.Millisecond)
			quick.read()
		}
		slow.forget()
		slow.read() // what waited is gone
		pass(0)
		quick.read()
		slow.read() // fails when something is missing, or there twice
		for i := range 3 {
			if slow.world(i).seq != quick.world(i).seq {
				t.Errorf("world %d: the slow one is at %d, the quick one at %d", i, slow.world(i).seq, quick.world(i).seq)
			}
		}
		if slow.count("snapshot 2") == 0 || quick.count("snapshot") != 1 {
			t.Errorf("the slow one got %d snapshots, the quick one %d", slow.count("snapshot 2"), quick.count("snapshot"))
		}
	})
}

func TestBadWorlds(t *testing.T) {
	inHouse(t, 10, nil, func(t *testing.T, h *house) {
		for world, key := range map[string]string{"seed=3": "worlds", "workers=99": "workers", "nonsense": "worlds"} {
			_, err := tryOpen(t, h.Rooms, "", wire.Open{Worlds: []string{world}})
			if e, ok := err.(*wire.Error); !ok || e.Code != wire.BadScenario || e.Key != key || !strings.HasSuffix(e.Text, ".") {
				t.Errorf("%q: got the error %v", world, err)
			}
		}
		if h.Len() != 0 {
			t.Errorf("got %d rooms", h.Len())
		}
	})
}

func TestRoomFull(t *testing.T) {
	inHouse(t, 10, nil, func(t *testing.T, h *house) {
		first := open(t, h.Rooms, "", wire.Open{})
		for range 499 {
			open(t, h.Rooms, "", wire.Open{Room: first.room})
		}
		_, err := tryOpen(t, h.Rooms, "", wire.Open{Room: first.room})
		if e, ok := err.(*wire.Error); !ok || e.Code != wire.RoomFull || !strings.Contains(e.Text, "500 watchers") {
			t.Errorf("got the error %v", err)
		}
		first.sub.Leave()
		pass(0)
		open(t, h.Rooms, "", wire.Open{Room: first.room})
		if h.Len() != 1 {
			t.Errorf("got %d rooms", h.Len())
		}
	})
}

// TestOneWorldIsAsBefore: nothing of what worlds bring crosses the wire where
// there is one.
func TestOneWorldIsAsBefore(t *testing.T) {
	inTruth(t, func(t *testing.T, h *truth) {
		c := open(t, h.Rooms, "", begin)
		pass(time.Second)
		for data, _ := c.sub.Next(); data != nil; data, _ = c.sub.Next() {
			var m map[string]json.RawMessage
			if err := json.Unmarshal(data, &m); err != nil {
				t.Fatal(err)
			}
			if _, ok := m["world"]; ok {
				t.Errorf("got %.100s", data)
			}
		}
	})
}
