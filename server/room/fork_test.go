package room_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"procession/server/wire"
)

func TestFork(t *testing.T) {
	inTruth(t, func(t *testing.T, h *truth) {
		c := open(t, h.Rooms, "mode=cookie&jitter=50", begin)
		other := open(t, h.Rooms, "", wire.Open{Room: c.room})
		_ = other
		pass(4 * time.Second)
		c.send(`{"type":"do","text":"crash 1"}`)
		pass(4 * time.Second)
		c.send(`{"type":"do","text":"store down"}`)
		pass(2 * time.Second)
		c.send(`{"type":"pause"}`)
		pass(0)
		c.read()
		c.forget()

		const at = 6_000_000
		c.send(`{"type":"fork","at":6000000}`)
		pass(0)
		c.read()
		if c.count("snapshot") != 1 || c.now != at || c.epoch != 2 || c.playing {
			t.Fatalf("got %v, moment %d, epoch %d, playing %v", c.got, c.now, c.epoch, c.playing)
		}
		if want := "mode=cookie&jitter=50&do=4.000001s+crash+1"; c.scenario != want {
			t.Errorf("got the scenario %q, want %q", c.scenario, want)
		}
		before, after := h.runs[0], h.runs[len(h.runs)-1]
		same(t, "up to the cut", story(after, at), story(before, at))

		// The new future: as its own link would have it.
		c.send(`{"type":"play"}`)
		pass(5 * time.Second)
		c.send(`{"type":"do","text":"crash 2"}`)
		pass(5 * time.Second)
		c.send(`{"type":"pause"}`)
		c.send(`{"type":"resync"}`)
		pass(0)
		c.read()
		same(t, "after the cut", story(after, c.now), replay(t, c.scenario, c.now))
		if len(c.errors) != 0 {
			t.Errorf("got the errors %v", c.errors)
		}
	})
}

func TestForkWithCommand(t *testing.T) {
	inTruth(t, func(t *testing.T, h *truth) {
		c := open(t, h.Rooms, "", begin)
		pass(5 * time.Second)
		c.send(`{"type":"fork","at":2000000,"text":"crash 2"}`)
		pass(0)
		c.send(`{"type":"resync"}`)
		pass(0)
		c.read()
		if want := "do=2.000001s+crash+2"; c.scenario != want || !c.playing || c.epoch != 2 {
			t.Errorf("got the scenario %q, epoch %d, playing %v; want %q", c.scenario, c.epoch, c.playing, want)
		}

		// One that nobody can read cuts nothing.
		c.send(`{"type":"fork","at":1000000,"text":"explode"}`)
		pass(0)
		c.read()
		if c.count("error bad-command") != 1 || c.epoch != 2 {
			t.Errorf("got %v, epoch %d", c.got, c.epoch)
		}
		// One that is impossible at that moment leaves the cut.
		c.send(`{"type":"fork","at":1000000,"text":"visit Nobody"}`)
		pass(0)
		c.read()
		if c.count("error bad-command") != 2 || c.epoch != 3 || c.scenario != "" {
			t.Errorf("got %v, epoch %d, scenario %q", c.got, c.epoch, c.scenario)
		}
	})
}

func TestForkWithNothingToCut(t *testing.T) {
	inTruth(t, func(t *testing.T, h *truth) {
		c := open(t, h.Rooms, "do=3s+crash+1", begin)
		pass(2 * time.Second)
		c.send(`{"type":"pause"}`)
		pass(0)
		c.read()
		c.forget()
		c.send(`{"type":"fork","at":60000000}`)
		pass(0)
		c.read()
		if diff := cmp.Diff([]string{"snapshot"}, c.got); diff != "" || c.epoch != 1 || c.now != 2_000_000 || c.scenario != "do=3s+crash+1" {
			t.Errorf("in the future: got epoch %d, moment %d, scenario %q (-want +got):\n%s", c.epoch, c.now, c.scenario, diff)
		}
		// At the present moment, what was still to come is dropped.
		c.send(`{"type":"fork","at":2000000}`)
		pass(0)
		c.read()
		if c.epoch != 2 || c.now != 2_000_000 || c.scenario != "" {
			t.Errorf("now: got epoch %d, moment %d, scenario %q", c.epoch, c.now, c.scenario)
		}
		// There is nothing left to drop.
		c.send(`{"type":"fork","at":2000000,"text":"crash 1"}`)
		pass(0)
		c.send(`{"type":"resync"}`)
		pass(0)
		c.read()
		if c.epoch != 2 || c.now != 2_000_001 || c.scenario != "do=2.000001s+crash+1" {
			t.Errorf("again: got epoch %d, moment %d, scenario %q", c.epoch, c.now, c.scenario)
		}
	})
}

func TestForkToTheBeginning(t *testing.T) {
	inTruth(t, func(t *testing.T, h *truth) {
		c := open(t, h.Rooms, "script=login", begin)
		pass(time.Minute)
		c.read()
		if !c.ended {
			t.Fatalf("at %d: the run has not ended", c.now)
		}
		c.send(`{"type":"fork","at":0}`)
		pass(0)
		c.read()
		if c.ended || !c.playing || c.epoch != 2 || c.now != 0 {
			t.Errorf("got ended %v, playing %v, epoch %d, moment %d", c.ended, c.playing, c.epoch, c.now)
		}
	})
}

func TestForkWhileCatchingUp(t *testing.T) {
	inHouse(t, 10, slowly, func(t *testing.T, h *house) {
		c := open(t, h.Rooms, "", wire.Open{At: 10_000_000})
		pass(20 * time.Millisecond)
		c.send(`{"type":"fork","at":1000}`)
		pass(500 * time.Millisecond)
		c.read()
		if c.count("error catching-up") != 1 {
			t.Errorf("got %v", c.got)
		}
	})
}

// TestForkAbandoned: what nobody waits for is not done.
func TestForkAbandoned(t *testing.T) {
	inHouse(t, 10, nil, func(t *testing.T, h *house) {
		c := open(t, h.Rooms, "", begin)
		pass(10 * time.Second)
		c.send(`{"type":"fork","at":5000000,"text":"crash 1"}`)
		c.sub.Leave()
		pass(time.Second)
		again := open(t, h.Rooms, "", wire.Open{Room: c.room, Epoch: 1, Seq: 3})
		pass(0)
		again.read()
		if again.room != c.room || again.epoch != 1 || again.now != 10_000_000 || again.scenario != "" {
			t.Errorf("got epoch %d, moment %d, scenario %q", again.epoch, again.now, again.scenario)
		}
	})
}

// TestForkLeftOnTheWay: the cut is made, and the command that was to follow is not given.
func TestForkLeftOnTheWay(t *testing.T) {
	inHouse(t, 10, nil, func(t *testing.T, h *house) {
		c := open(t, h.Rooms, "", begin)
		pass(10 * time.Second)
		h.setUp = slowly
		c.send(`{"type":"fork","at":5000000,"text":"crash 1"}`)
		pass(time.Second)
		c.sub.Leave()
		pass(time.Second)
		again := open(t, h.Rooms, "", wire.Open{Room: c.room, Epoch: 1, Seq: 3})
		pass(10 * time.Second)
		again.send(`{"type":"pause"}`)
		pass(time.Second)
		again.read()
		if again.room != c.room || again.epoch != 2 || again.now < 5_000_000 || again.scenario != "" {
			t.Errorf("got epoch %d, moment %d, scenario %q", again.epoch, again.now, again.scenario)
		}
	})
}
