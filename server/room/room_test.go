package room_test

import (
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"procession/server/room"
	"procession/server/wire"
	"procession/sim"
	"procession/sim/scenario"
)

// house is a set of rooms with fake runs.
type house struct {
	*room.Rooms
	runs   []*fakeRun
	o      room.Options
	logged strings.Builder
	setUp  func(*fakeRun) // of the runs that are made next; may be nil
}

// inHouse runs a test in a bubble of its own, in which time is fake. The
// bubble fails when a goroutine is left behind.
func inHouse(t *testing.T, limit int, setUp func(*fakeRun), test func(*testing.T, *house)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		h := &house{setUp: setUp, o: room.Options{Limit: limit}}
		h.o.Logger = slog.New(slog.NewTextHandler(&h.logged, nil))
		h.o.New = func(sc scenario.Scenario) room.Run {
			f := newFakeRun(sc)
			if h.setUp != nil {
				h.setUp(f)
			}
			h.runs = append(h.runs, f)
			return f
		}
		h.Rooms = room.NewRooms(h.o)
		defer func() { h.Close() }() // also when the test fails
		test(t, h)
		h.Close()
		for i, f := range h.runs {
			if f.closed != 1 {
				t.Errorf("run %d was closed %d times, want once", i, f.closed)
			}
		}
	})
}

// memory begins anew with rooms that may take so many bytes.
func (h *house) memory(bytes int64) {
	h.Close()
	h.o.Memory = bytes
	h.Rooms = room.NewRooms(h.o)
}

// pass lets wall time pass and everything come to rest.
func pass(d time.Duration) {
	time.Sleep(d) // fake time: inside a bubble
	synctest.Wait()
}

// slowly is a run whose every slice takes 50 ms, so that it is as short as slices get.
func slowly(f *fakeRun) {
	f.onAdvance(func(int64) { time.Sleep(50 * time.Millisecond) }) // fake time: inside a bubble
}

func TestPlays(t *testing.T) {
	inHouse(t, 10, nil, func(t *testing.T, h *house) {
		c := open(t, h.Rooms, "workers=3", wire.Open{Playing: true})
		pass(0)
		c.read()
		if diff := cmp.Diff([]string{"welcome", "snapshot"}, c.got); diff != "" {
			t.Fatalf("at first (-want +got):\n%s", diff)
		}
		if !c.playing || c.epoch != 1 || c.speed != 1 || c.scenario != "workers=3" {
			t.Errorf("got playing %v, epoch %d, speed %v, scenario %q", c.playing, c.epoch, c.speed, c.scenario)
		}
		c.forget()
		pass(1050 * time.Millisecond)
		c.read()
		if got := len(c.events); got != 10 {
			t.Errorf("after a second: got %d events, want 10", got)
		}
		if c.now < 1_000_000 || c.now > 1_050_000 {
			t.Errorf("after a second: got the moment %d", c.now)
		}
	})
}

func TestAtMostTwentyFramesASecond(t *testing.T) {
	inHouse(t, 10, func(f *fakeRun) { f.every = 1000 }, func(t *testing.T, h *house) {
		c := open(t, h.Rooms, "", wire.Open{Playing: true})
		pass(10 * time.Millisecond)
		c.read()
		c.forget()
		for range 10 {
			pass(time.Second)
			c.read()
		}
		if got := c.count("frame"); got < 190 || got > 201 {
			t.Errorf("got %d frames in 10 s, want about 200", got)
		}
		if got := len(c.events); got < 9900 || got > 10_100 {
			t.Errorf("got %d events in 10 s, want about 10000", got)
		}
	})
}

func TestSleepsWhenNothingHappens(t *testing.T) {
	inHouse(t, 10, func(f *fakeRun) { f.every = 0 }, func(t *testing.T, h *house) {
		c := open(t, h.Rooms, "", wire.Open{Playing: true})
		turns := 0 // only read when everything rests
		h.runs[0].onAdvance(func(int64) { turns++ })
		pass(10 * time.Millisecond) // so that the room has said what there is
		c.read()
		c.forget()
		pass(10 * time.Second)
		c.read()
		if got := c.count("pace"); got != 10 || len(c.got) != 10 {
			t.Errorf("got %v in 10 s, want 10 times pace", c.got)
		}
		if turns > 10 {
			t.Errorf("the run was advanced %d times in 10 s in which nothing happened", turns)
		}
	})
}

func TestPauseSpeedPlay(t *testing.T) {
	inHouse(t, 10, nil, func(t *testing.T, h *house) {
		c := open(t, h.Rooms, "", wire.Open{Playing: true})
		pass(1020 * time.Millisecond)
		c.send(`{"type":"pause"}`)
		pass(time.Hour)
		c.read()
		if c.playing || c.now != 1_020_000 || c.count("pace") != 1 {
			t.Fatalf("paused: got playing %v, moment %d, %d times pace", c.playing, c.now, c.count("pace"))
		}
		c.send(`{"type":"speed","value":4}`)
		c.send(`{"type":"play"}`)
		pass(time.Second)
		c.send(`{"type":"speed","value":0.5}`)
		pass(0)
		c.read()
		if !c.playing || c.speed != 0.5 || c.now != 5_020_000 {
			t.Errorf("after a second at 4: got playing %v, speed %v, moment %d", c.playing, c.speed, c.now)
		}
		pass(2 * time.Second)
		c.read()
		if c.now < 5_950_000 || c.now > 6_020_000 {
			t.Errorf("after two seconds at 0.5: got the moment %d", c.now)
		}
	})
}

func TestTooDense(t *testing.T) {
	inHouse(t, 10, func(f *fakeRun) { f.every = 1 }, func(t *testing.T, h *house) {
		c := open(t, h.Rooms, "", wire.Open{Playing: true})
		for range 10 {
			pass(100 * time.Millisecond)
			c.read()
		}
		if got := len(c.events); got > 45_000 || got < 35_000 {
			t.Errorf("got %d events in a second, want about 2000 in each of 20 frames", got)
		}
		if c.count("snapshot") != 1 {
			t.Errorf("got %d snapshots, want the first alone", c.count("snapshot"))
		}
	})
}

func TestStep(t *testing.T) {
	setUp := func(f *fakeRun) { f.milestone = func(n int64) bool { return n == 7 } }
	inHouse(t, 10, setUp, func(t *testing.T, h *house) {
		c := open(t, h.Rooms, "", wire.Open{})
		for i, want := range []int64{
			100_000,           // the first answer of Ada
			700_000,           // the milestone
			700_000 + 3000000, // no milestone for three seconds: the next answer
		} {
			c.send(`{"type":"step"}`)
			pass(time.Second)
			c.read()
			if c.now != want || c.playing {
				t.Errorf("step %d: got the moment %d, playing %v; want %d, paused", i+1, c.now, c.playing, want)
			}
		}
	})
}

func TestStepWithNothingLeft(t *testing.T) {
	inHouse(t, 10, func(f *fakeRun) { f.every = 0 }, func(t *testing.T, h *house) {
		c := open(t, h.Rooms, "", wire.Open{})
		c.send(`{"type":"step"}`)
		pass(0)
		c.read()
		if c.count("error nothing-left") != 1 {
			t.Errorf("got %v, want the error nothing-left", c.got)
		}
	})
}

func TestEnd(t *testing.T) {
	inHouse(t, 10, func(f *fakeRun) { f.last = 500_000 }, func(t *testing.T, h *house) {
		c := open(t, h.Rooms, "", wire.Open{Playing: true})
		pass(time.Minute)
		c.read()
		if !c.ended || c.playing || c.now != 500_000 || c.seq != 7 {
			t.Errorf("got ended %v, playing %v, moment %d, seq %d", c.ended, c.playing, c.now, c.seq)
		}
		for _, m := range []string{`{"type":"play"}`, `{"type":"step"}`, `{"type":"do","text":"crash 1"}`} {
			c.send(m)
		}
		pass(0)
		c.read()
		if c.count("error run-ended") != 3 {
			t.Errorf("got %v, want the error run-ended three times", c.got)
		}
		c.send(`{"type":"reset"}`)
		pass(220 * time.Millisecond)
		c.read()
		if c.ended || !c.playing || c.epoch != 2 || c.now != 200_000 {
			t.Errorf("after the reset: got ended %v, playing %v, epoch %d, moment %d", c.ended, c.playing, c.epoch, c.now)
		}
	})
}

func TestCommands(t *testing.T) {
	inHouse(t, 10, nil, func(t *testing.T, h *house) {
		c := open(t, h.Rooms, "do=9s+crash+2", wire.Open{Playing: true})
		pass(150 * time.Millisecond)
		c.send(`{"type":"do","text":"crash 1"}`)
		pass(0)
		c.send(`{"type":"do","text":"crash 9"}`)
		c.send(`{"type":"do","text":"explode"}`)
		c.send(`{"type":"dance"}`)
		c.send(`{"type":"open"}`)
		c.send(`no JSON`)
		c.send(`{"type":"resync"}`)
		pass(0)
		c.read()
		want := []string{"welcome", "snapshot", "frame", "frame",
			"error bad-command", "error bad-command", "error bad-message", "error bad-message", "error bad-message", "snapshot"}
		if diff := cmp.Diff(want, c.got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if got, want := c.scenario, "do=0.150001s+crash+1%3B+9s+crash+2"; got != want {
			t.Errorf("scenario: got %q, want %q", got, want)
		}
		if len(c.errors) == 0 {
			t.Fatal("got no error")
		}
		if got := c.errors[0]; got.Key != "crash" || !strings.Contains(got.Text, "1 to 2") {
			t.Errorf("got the error %+v, want one that names the key and what is allowed", got)
		}
		c.send(`{"type":"reset"}`)
		pass(0)
		c.read()
		if c.scenario != "" || c.epoch != 2 || c.seq != 1 {
			t.Errorf("after the reset: got scenario %q, epoch %d, seq %d", c.scenario, c.epoch, c.seq)
		}
	})
}

func TestTooFast(t *testing.T) {
	inHouse(t, 10, nil, func(t *testing.T, h *house) {
		c := open(t, h.Rooms, "", wire.Open{})
		for range 100 {
			c.send(`{"type":"do","text":"crash 1"}`)
			synctest.Wait()
			c.read()
		}
		if got := len(h.runs[0].sc.Do); got != 40 {
			t.Errorf("got %d commands through at once, want 40", got)
		}
		if got := c.count("error too-fast"); got != 1 {
			t.Errorf("got %d times too-fast, want one in a second", got)
		}
		c.forget()
		pass(time.Second)
		for range 30 {
			c.send(`{"type":"do","text":"crash 1"}`)
		}
		pass(0)
		c.read()
		if got := len(h.runs[0].sc.Do); got != 60 {
			t.Errorf("a second later: got %d commands in all, want 60", got)
		}
	})
}

// TestTooMuch: who goes on above its limits is let go, pings included; who asks
// for things that take long has fewer of them.
func TestTooMuch(t *testing.T) {
	for name, ask := range map[string]func(c *client){
		"messages": func(c *client) { c.send(`{"type":"pause"}`) },
		"no JSON":  func(c *client) { c.send(`no JSON`) },
		"pings":    func(c *client) { c.sub.Pinged() },
	} {
		t.Run(name, func(t *testing.T) {
			inHouse(t, 10, nil, func(t *testing.T, h *house) {
				c := open(t, h.Rooms, "", wire.Open{})
				other := open(t, h.Rooms, "", wire.Open{Room: c.room})
				for range 1000 {
					ask(c)
				}
				pass(0)
				if more := c.read(); more || c.sub.End() != room.TooMuch || c.count("error too-much") != 1 {
					t.Errorf("got %d messages, more to come %v, end %v", len(c.got), more, c.sub.End())
				}
				if !other.read() {
					t.Error("the other one was let go, too")
				}
			})
		})
	}
}

// TestPriceOfReset: what a message takes is paid by who sent it, and the next
// ones wait for it.
func TestPriceOfReset(t *testing.T) {
	inHouse(t, 10, slowly, func(t *testing.T, h *house) {
		c := open(t, h.Rooms, "", wire.Open{})
		for range 40 {
			c.send(`{"type":"reset"}`)
			synctest.Wait()
		}
		pass(0)
		if got := len(h.runs) - 1; got < 3 || got > 8 {
			t.Errorf("got %d times reset at once, each of 50 ms; want a few", got)
		}
	})
}

// TestFloodIsFair: the letters of one wait behind their own.
func TestFloodIsFair(t *testing.T) {
	inHouse(t, 10, nil, func(t *testing.T, h *house) {
		flood := open(t, h.Rooms, "", wire.Open{})
		quiet := open(t, h.Rooms, "", wire.Open{Room: flood.room})
		busy := make(chan struct{})
		h.runs[0].onAdvance(func(int64) { <-busy })
		for range 8 {
			flood.send(`{"type":"do","text":"crash 1"}`)
		}
		quiet.send(`{"type":"do","text":"crash 2"}`)
		synctest.Wait()
		h.runs[0].onAdvance(nil)
		close(busy)
		pass(0)
		if got := h.runs[0].sc.Do; len(got) != 9 || got[1].Worker != 2 && got[2].Worker != 2 {
			t.Errorf("got the commands %v, want that of the quiet one among the first", got)
		}
	})
}

func TestTooManyCommands(t *testing.T) {
	inHouse(t, 10, nil, func(t *testing.T, h *house) {
		c := open(t, h.Rooms, "", wire.Open{})
		for range scenario.MaxCommands + 2 {
			c.send(`{"type":"do","text":"crash 1"}`)
			pass(50 * time.Millisecond)
			c.read()
		}
		if got := len(h.runs[0].sc.Do); got != scenario.MaxCommands {
			t.Errorf("got %d commands, want %d", got, scenario.MaxCommands)
		}
		if got := c.count("error too-many-commands"); got != 2 {
			t.Errorf("got %d times too-many-commands, want 2", got)
		}
	})
}

func TestResume(t *testing.T) {
	inHouse(t, 10, nil, func(t *testing.T, h *house) {
		c := open(t, h.Rooms, "", wire.Open{Playing: true})
		other := open(t, h.Rooms, "", wire.Open{Room: c.room, Playing: true})
		pass(500 * time.Millisecond)
		c.read()
		c.sub.Leave()
		seen := wire.Open{Room: c.room, Epoch: c.epoch, Seq: c.seq, At: c.now}
		pass(time.Second)
		other.send(`{"type":"do","text":"crash 1"}`)
		pass(500 * time.Millisecond)

		again := open(t, h.Rooms, "", seen)
		pass(0)
		again.read()
		other.read()
		if diff := cmp.Diff([]string{"welcome", "frame", "pace"}, again.got); diff != "" {
			t.Errorf("resumed (-want +got):\n%s", diff)
		}
		if again.seq != other.seq || again.now-other.now > 50_000 || again.room != c.room {
			t.Errorf("resumed: got seq %d, moment %d; the others have %d, %d", again.seq, again.now, other.seq, other.now)
		}

		// Who has nothing gets everything.
		fresh := open(t, h.Rooms, "", wire.Open{Room: c.room})
		pass(0)
		fresh.read()
		if diff := cmp.Diff([]string{"welcome", "given", "snapshot"}, fresh.got); diff != "" {
			t.Errorf("without a position (-want +got):\n%s", diff)
		}
	})
}

func TestResumeInAnotherEpoch(t *testing.T) {
	inHouse(t, 10, nil, func(t *testing.T, h *house) {
		c := open(t, h.Rooms, "", wire.Open{Playing: true})
		pass(500 * time.Millisecond)
		c.read()
		seen := wire.Open{Room: c.room, Epoch: c.epoch, Seq: c.seq}
		c.send(`{"type":"reset"}`)
		pass(0)
		again := open(t, h.Rooms, "", seen)
		pass(0)
		again.read()
		if again.room != c.room || again.epoch != 2 || again.count("snapshot") != 1 {
			t.Errorf("got room %q, epoch %d, %v; want a snapshot of epoch 2", again.room, again.epoch, again.got)
		}
	})
}

func TestResumeElsewhere(t *testing.T) {
	for name, c := range map[string]struct {
		query string
		at    func(wire.Open) wire.Open
	}{
		"another scenario": {"workers=3", func(o wire.Open) wire.Open { return o }},
		"other commands":   {"do=1s+crash+1", func(o wire.Open) wire.Open { return o }},
		"a later event":    {"", func(o wire.Open) wire.Open { o.Seq += 1000; return o }},
	} {
		t.Run(name, func(t *testing.T) {
			inHouse(t, 10, nil, func(t *testing.T, h *house) {
				first := open(t, h.Rooms, "", wire.Open{Playing: true})
				pass(500 * time.Millisecond)
				first.read()
				o := c.at(wire.Open{Room: first.room, Epoch: first.epoch, Seq: first.seq, At: 300_000})
				other := open(t, h.Rooms, c.query, o)
				pass(time.Second)
				other.read()
				if other.room == first.room || other.count("error bad-resume") != 1 || other.epoch != 2 || other.now != 300_000 {
					t.Errorf("got room %q (the other's is %q), epoch %d, moment %d, %v", other.room, first.room, other.epoch, other.now, other.got)
				}
				first.read()
				if first.count("error bad-resume") != 0 || first.now < 1_400_000 {
					t.Errorf("the other's room: got %v, moment %d; want it to go on", first.got, first.now)
				}
			})
		})
	}
}

func TestResumeAfterHistoryIsGone(t *testing.T) {
	inHouse(t, 10, func(f *fakeRun) { f.every = 1000 }, func(t *testing.T, h *house) {
		c := open(t, h.Rooms, "", wire.Open{Playing: true})
		other := open(t, h.Rooms, "", wire.Open{Room: c.room})
		pass(500 * time.Millisecond)
		c.read()
		c.sub.Leave()
		for range 60 {
			pass(time.Second)
			other.read()
		}
		again := open(t, h.Rooms, "", wire.Open{Room: c.room, Epoch: c.epoch, Seq: c.seq})
		pass(0)
		again.read()
		if again.count("snapshot") != 1 || again.room != c.room {
			t.Errorf("got %v, want a snapshot", again.got)
		}
	})
}

func TestServerIsAnother(t *testing.T) {
	inHouse(t, 10, nil, func(t *testing.T, h *house) {
		c := open(t, h.Rooms, "", wire.Open{Room: "NOTHERE", Epoch: 3, Seq: 77, At: 2_000_000, Playing: true, Speed: 2})
		pass(0)
		c.read()
		if diff := cmp.Diff([]string{"welcome", "snapshot"}, c.got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if c.epoch != 4 || c.now != 2_000_000 || !c.playing || c.speed != 2 {
			t.Errorf("got epoch %d, moment %d, playing %v, speed %v", c.epoch, c.now, c.playing, c.speed)
		}
	})
}

func TestKeptAWhile(t *testing.T) {
	inHouse(t, 10, nil, func(t *testing.T, h *house) {
		c := open(t, h.Rooms, "", wire.Open{Playing: true})
		pass(500 * time.Millisecond)
		c.read()
		c.sub.Leave()
		pass(119 * time.Second)
		again := open(t, h.Rooms, "", wire.Open{Room: c.room, Epoch: c.epoch, Seq: c.seq})
		pass(20 * time.Millisecond)
		again.read()
		if again.room != c.room || again.now != 500_000 {
			t.Errorf("got room %q (was %q), moment %d: want time to have stood still at 500000", again.room, c.room, again.now)
		}
		again.sub.Leave()
		pass(121 * time.Second)
		if h.Len() != 0 || h.runs[0].closed != 1 {
			t.Errorf("two minutes later: got %d rooms, run closed %d times", h.Len(), h.runs[0].closed)
		}
	})
}

func TestAway(t *testing.T) {
	inHouse(t, 10, nil, func(t *testing.T, h *house) {
		c := open(t, h.Rooms, "", wire.Open{Playing: true})
		pass(520 * time.Millisecond)
		c.send(`{"type":"away","value":true}`)
		pass(0)
		c.read()
		c.forget()
		pass(time.Hour)
		c.read()
		if len(c.got) != 0 {
			t.Errorf("away: got %v, want nothing", c.got)
		}
		c.send(`{"type":"away","value":false}`)
		pass(time.Second)
		c.read()
		if c.now < 1_500_000 || c.now > 1_520_000 || !c.playing || c.count("snapshot") != 0 {
			t.Errorf("back: got the moment %d, playing %v, %v", c.now, c.playing, c.got)
		}
	})
}

func TestAwayWhileOthersLook(t *testing.T) {
	inHouse(t, 10, nil, func(t *testing.T, h *house) {
		c := open(t, h.Rooms, "", wire.Open{Playing: true})
		other := open(t, h.Rooms, "", wire.Open{Room: c.room})
		c.send(`{"type":"away","value":true}`)
		pass(0)
		c.read()
		c.forget()
		pass(2 * time.Second)
		c.read()
		other.read()
		if len(c.got) != 0 || other.now < 1_900_000 {
			t.Errorf("got %v, the other moment %d", c.got, other.now)
		}
		c.send(`{"type":"away","value":false}`)
		pass(0)
		c.read()
		other.read()
		if diff := cmp.Diff([]string{"snapshot"}, c.got); diff != "" || c.seq != other.seq {
			t.Errorf("back: got seq %d, the other %d; (-want +got):\n%s", c.seq, other.seq, diff)
		}
	})
}

func TestSlowSubscriber(t *testing.T) {
	inHouse(t, 10, nil, func(t *testing.T, h *house) {
		slow := open(t, h.Rooms, "", wire.Open{Playing: true})
		quick := open(t, h.Rooms, "", wire.Open{Room: slow.room})
		quick.send(`{"type":"do","text":"crash 1"}`)
		for range 30 {
			pass(time.Second)
			quick.read()
		}
		slow.forget()
		slow.read()
		if len(slow.got) != 0 {
			t.Errorf("the slow one got %v, want what waited to be thrown away", slow.got)
		}
		pass(0)
		slow.read()
		quick.read()
		if diff := cmp.Diff([]string{"given", "snapshot"}, slow.got); diff != "" {
			t.Errorf("then (-want +got):\n%s", diff)
		}
		if slow.seq != quick.seq || slow.scenario == "" || quick.count("snapshot") != 1 {
			t.Errorf("the slow one is at %d, the quick one at %d after %d snapshots; got the scenario %q", slow.seq, quick.seq, quick.count("snapshot"), slow.scenario)
		}
	})
}

// TestSilentSubscriber: who reads nothing at all holds no memory, and is let go.
func TestSilentSubscriber(t *testing.T) {
	inHouse(t, 10, nil, func(t *testing.T, h *house) {
		silent := open(t, h.Rooms, "", wire.Open{Playing: true})
		quick := open(t, h.Rooms, "", wire.Open{Room: silent.room})
		for range 40 {
			pass(time.Second)
			quick.read()
		}
		silent.forget()
		if more := silent.read(); more || silent.sub.End() != room.TooSlow {
			t.Errorf("got more to come %v, end %v", more, silent.sub.End())
		}
		if diff := cmp.Diff([]string{"error too-slow"}, silent.got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if quick.now < 39_900_000 {
			t.Errorf("the other one is at %d", quick.now)
		}
	})
}

// TestQueueIsBoundedInBytes: a client that asks for pictures and reads none of
// them holds a megabyte of them, and not as many as it asked for.
func TestQueueIsBoundedInBytes(t *testing.T) {
	inTruth(t, func(t *testing.T, h *truth) {
		c := open(t, h.Rooms, "visitors=2000&think=0s", wire.Open{})
		pass(0)
		c.read()
		before := h.Size() - int64(h.runs[0].Log().Size())
		for range 60 {
			c.send(`{"type":"resync"}`)
			c.send(`{"type":"step"}`)
			pass(200 * time.Millisecond)
		}
		const most = 1<<20 + 1<<20 // the queue's, and the picture that the room keeps
		logged := int64(h.runs[0].Log().Size())
		if held := h.Size() - before - logged; held > most {
			t.Errorf("got %d bytes held for a client that does not read, want at most %d", held, most)
		}
		all, messages := 0, 0
		for data, _ := c.sub.Next(); data != nil; data, _ = c.sub.Next() {
			all += len(data)
			messages++
		}
		if all > 1<<20 && messages > 1 {
			t.Errorf("got %d bytes in %d messages that waited", all, messages)
		}
	})
}

func TestCatchUp(t *testing.T) {
	inHouse(t, 10, slowly, func(t *testing.T, h *house) {
		c := open(t, h.Rooms, "", wire.Open{At: 10_000_000, Playing: true})
		pass(20 * time.Millisecond)
		c.send(`{"type":"do","text":"crash 1"}`)
		c.send(`{"type":"step"}`)
		c.send(`{"type":"resync"}`)
		pass(500 * time.Millisecond)
		c.read()
		if c.count("error catching-up") != 2 || c.count("progress") < 2 || c.count("snapshot") != 0 {
			t.Fatalf("meanwhile: got %v", c.got)
		}
		h.runs[0].onAdvance(nil)
		pass(time.Second)
		c.read()
		if c.count("snapshot") != 1 || c.now < 10_900_000 {
			t.Errorf("got %v, moment %d; want a snapshot at 10000000, and to go on", c.got, c.now)
		}
	})
}

func TestCatchUpAbandoned(t *testing.T) {
	inHouse(t, 10, slowly, func(t *testing.T, h *house) {
		c := open(t, h.Rooms, "", wire.Open{At: wire.MaxMoment})
		quick := open(t, h.Rooms, "workers=3", wire.Open{})
		h.runs[1].onAdvance(nil)
		quick.send(`{"type":"play"}`)
		pass(time.Second)
		c.sub.Leave()
		pass(time.Second)
		stopped := h.runs[0].now
		for range 60 {
			pass(time.Second)
			quick.read()
		}
		if h.runs[0].now != stopped {
			t.Errorf("the run went on from %d to %d without anybody", stopped, h.runs[0].now)
		}
		quick.read()
		if quick.now < 1_900_000 {
			t.Errorf("the other room is at %d, want it not to have waited", quick.now)
		}
	})
}

func TestLimit(t *testing.T) {
	inHouse(t, 2, nil, func(t *testing.T, h *house) {
		first := open(t, h.Rooms, "", wire.Open{})
		open(t, h.Rooms, "", wire.Open{})
		_, err := tryOpen(t, h.Rooms, "", wire.Open{})
		if e, ok := err.(*wire.Error); !ok || e.Code != wire.RoomsFull || !strings.Contains(e.Text, "All 2 rooms") {
			t.Errorf("the third: got the error %v", err)
		}
		// An empty room makes place.
		first.sub.Leave()
		pass(0)
		open(t, h.Rooms, "", wire.Open{})
		pass(0)
		if h.Len() != 2 || h.runs[0].closed != 1 {
			t.Errorf("got %d rooms, the empty one closed %d times", h.Len(), h.runs[0].closed)
		}
	})
}

// from opens a room for a client of another address.
func from(t *testing.T, h *house, address string) (*client, error) {
	t.Helper()
	sub, err := h.Rooms.Open(address, scenario.Scenario{}, wire.Open{Playing: true, Speed: 1})
	if err != nil {
		return nil, err
	}
	c := &client{t: t, sub: sub}
	c.take(sub.Welcome())
	return c, nil
}

// TestOneAddressTakesAllRooms: who comes from elsewhere finds one all the same,
// and the one that was idle for longest is let go.
func TestOneAddressTakesAllRooms(t *testing.T) {
	inHouse(t, 5, nil, func(t *testing.T, h *house) {
		var all []*client
		for range 5 {
			c, err := from(t, h, "203.0.113.9")
			if err != nil {
				t.Fatal(err)
			}
			pass(time.Second)
			all = append(all, c)
		}
		all[0].send(`{"type":"pause"}`) // the first is busy, the fourth not looked at
		all[3].send(`{"type":"away","value":true}`)
		pass(time.Second)
		for i, want := range []int{3, 1} {
			if _, err := from(t, h, fmt.Sprint("198.51.100.", i)); err != nil {
				t.Fatal(err)
			}
			pass(0)
			for j, c := range all {
				if more := c.read(); more == (j == want) {
					t.Errorf("newcomer %d: room %d goes on: %v", i, j, more)
				}
			}
			if got := all[want].sub.End(); got != room.Closed {
				t.Errorf("room %d: got end %v, want one after which the browser comes back", want, got)
			}
			all = slices.Delete(all, want, want+1)
			all = slices.Insert(all, want, all[0]) // so that the numbers stay
		}
		if _, err := from(t, h, "203.0.113.9"); err == nil {
			t.Error("the address that has the most rooms got one more")
		}
		if h.Len() != 5 {
			t.Errorf("got %d rooms", h.Len())
		}
	})
}

// TestEmptyRoomsOfOne: of an address that comes and goes again and again only
// some empty rooms are kept, those that were left last.
func TestEmptyRoomsOfOne(t *testing.T) {
	inHouse(t, 1000, nil, func(t *testing.T, h *house) {
		for range 100 {
			c, err := from(t, h, "203.0.113.9")
			if err != nil {
				t.Fatal(err)
			}
			pass(10 * time.Millisecond)
			c.sub.Leave()
			pass(10 * time.Millisecond)
		}
		if got := h.Len(); got != 64 {
			t.Errorf("%d rooms are kept, want 64", got)
		}
	})
}

// TestMemory: when the memory for runs is taken, the rooms in which nobody is go
// first, and then nobody new is let in.
func TestMemory(t *testing.T) {
	inHouse(t, 1000, nil, func(t *testing.T, h *house) {
		h.memory(1 << 20)
		var all []*client
		for {
			c, err := tryOpen(t, h.Rooms, "", wire.Open{})
			if err != nil {
				if e, ok := err.(*wire.Error); !ok || e.Code != wire.RoomsFull || !strings.Contains(e.Text, "memory") {
					t.Errorf("got the error %v", err)
				}
				break
			}
			all = append(all, c)
			pass(0) // until the room has said what it takes
		}
		if len(all) < 5 || len(all) > 20 || h.Size() > 1<<20 {
			t.Errorf("got %d rooms of %d bytes into a megabyte", len(all), h.Size())
		}
		all[2].sub.Leave()
		pass(time.Second)
		open(t, h.Rooms, "", wire.Open{})
		pass(0)
		if h.Len() != len(all) || h.runs[2].closed != 1 {
			t.Errorf("got %d rooms of %d, %d bytes, the empty one closed %d times", h.Len(), len(all), h.Size(), h.runs[2].closed)
		}
	})
}

// TestOneAddressTakesAllMemory: who comes from elsewhere finds some all the same.
func TestOneAddressTakesAllMemory(t *testing.T) {
	inHouse(t, 1000, nil, func(t *testing.T, h *house) {
		h.memory(1 << 20)
		var first *client
		for {
			c, err := from(t, h, "203.0.113.9")
			if err != nil {
				break
			}
			if first == nil {
				first = c
			}
			pass(100 * time.Millisecond)
		}
		if _, err := from(t, h, "198.51.100.1"); err != nil {
			t.Fatal(err)
		}
		pass(0)
		if first.read() || first.sub.End() != room.Closed {
			t.Errorf("got end %v of the room that was idle for longest", first.sub.End())
		}
		if h.Size() > 1<<20 {
			t.Errorf("got %d bytes", h.Size())
		}
	})
}

// TestRoomTooLarge: a room that grows beyond its share ends with a sentence.
func TestRoomTooLarge(t *testing.T) {
	grow := func(f *fakeRun) { f.every = 1000 }
	inHouse(t, 10, grow, func(t *testing.T, h *house) {
		h.memory(1 << 20)
		c := open(t, h.Rooms, "", wire.Open{Playing: true})
		for more, n := true, 0; more; n++ {
			if n > 60 {
				t.Fatalf("the room goes on with %d bytes", h.Size())
			}
			pass(time.Second)
			more = c.read()
		}
		if c.sub.End() != room.Failed || c.count("error run-failed") != 1 || !strings.Contains(c.errors[0].Text, "memory") {
			t.Errorf("got end %v, %v", c.sub.End(), c.errors)
		}
		if h.Size() != 0 {
			t.Errorf("got %d bytes of no rooms", h.Size())
		}
	})
}

func TestPanic(t *testing.T) {
	inHouse(t, 10, nil, func(t *testing.T, h *house) {
		bad := open(t, h.Rooms, "", wire.Open{Playing: true})
		good := open(t, h.Rooms, "", wire.Open{Playing: true})
		h.runs[0].onAdvance(func(to int64) {
			if to > 1_000_000 {
				panic("a mistake of ours")
			}
		})
		pass(2 * time.Second)
		if more := bad.read(); more || bad.count("error run-failed") != 1 || bad.sub.End() != room.Failed {
			t.Errorf("got %v, more to come %v, end %v", bad.got, more, bad.sub.End())
		}
		good.read()
		if good.now < 1_900_000 {
			t.Errorf("the other room stopped at %d", good.now)
		}
		if h.Len() != 1 {
			t.Errorf("got %d rooms, want 1", h.Len())
		}
	})
}

func TestStuck(t *testing.T) {
	inHouse(t, 10, nil, func(t *testing.T, h *house) {
		c := open(t, h.Rooms, "", wire.Open{Playing: true})
		h.runs[0].onAdvance(func(int64) { h.runs[0].err = errors.New("a million events at one moment") })
		pass(2 * time.Second)
		if more := c.read(); more || c.count("error run-failed") != 1 || !strings.Contains(c.errors[0].Text, "a million events") {
			t.Errorf("got %v, more to come %v", c.got, more)
		}
	})
}

// TestBrokenRun: a mistake inside the simulator is told to everybody who watches,
// with the link to report, and is in the log once.
func TestBrokenRun(t *testing.T) {
	inHouse(t, 10, nil, func(t *testing.T, h *house) {
		all := []*client{open(t, h.Rooms, "workers=3", wire.Open{Playing: true})}
		all = append(all, open(t, h.Rooms, "workers=3", wire.Open{Room: all[0].room}))
		h.runs[0].onAdvance(func(to int64) {
			if to > 1_000_000 {
				h.runs[0].err = &sim.Broken{Scenario: "workers=3&do=1s+crash+1", At: 1_500_000, Value: "des: negative delay", Stack: []byte("goroutine 7")}
			}
		})
		pass(2 * time.Second)
		for i, c := range all {
			if more := c.read(); more || c.sub.End() != room.Failed || c.count("error run-failed") != 1 || !strings.Contains(c.errors[0].Text, "/?workers=3&do=1s+crash+1") {
				t.Errorf("client %d: got %v, more to come %v, end %v", i, c.errors, more, c.sub.End())
			}
		}
		logged := h.logged.String()
		if strings.Count(logged, "level=ERROR") != 1 || !strings.Contains(logged, "negative delay") || !strings.Contains(logged, "workers=3&do=1s+crash+1") || !strings.Contains(logged, "goroutine 7") {
			t.Errorf("got the log\n%s", logged)
		}
		if h.Len() != 0 || h.Size() != 0 {
			t.Errorf("got %d rooms, %d bytes", h.Len(), h.Size())
		}
	})
}

// TestBrokenBeginning: who opens a room that breaks at once is told so, and the
// next one finds a server that works.
func TestBrokenBeginning(t *testing.T) {
	broken := func(f *fakeRun) { f.onAdvance(func(int64) { panic("a mistake of ours") }) }
	inHouse(t, 10, broken, func(t *testing.T, h *house) {
		_, err := tryOpen(t, h.Rooms, "workers=3", wire.Open{})
		if e, ok := err.(*wire.Error); !ok || e.Code != wire.RunFailed || !strings.Contains(e.Text, "/?workers=3") {
			t.Errorf("got the error %v", err)
		}
		h.setUp = nil
		open(t, h.Rooms, "workers=3", wire.Open{})
	})
}

func TestClose(t *testing.T) {
	inHouse(t, 10, nil, func(t *testing.T, h *house) {
		c := open(t, h.Rooms, "", wire.Open{Playing: true})
		pass(time.Second)
		h.Close()
		if c.read() || c.sub.End() != room.Closed {
			t.Errorf("got end %v, want the channel closed with %v", c.sub.End(), room.Closed)
		}
		c.send(`{"type":"play"}`) // must not hang
		c.sub.Leave()
		_, err := tryOpen(t, h.Rooms, "", wire.Open{})
		if e, ok := err.(*wire.Error); !ok || e.Code != wire.Closing {
			t.Errorf("a closed house: got the error %v", err)
		}
	})
}

func TestManyRooms(t *testing.T) {
	inHouse(t, 200, nil, func(t *testing.T, h *house) {
		var all []*client
		for i := range 200 {
			all = append(all, open(t, h.Rooms, fmt.Sprintf("seed=%d", i), wire.Open{Playing: true}))
		}
		pass(2 * time.Second)
		for i, c := range all {
			c.read()
			if c.now < 1_900_000 || c.seq < 19 {
				t.Errorf("room %d: got the moment %d, seq %d", i, c.now, c.seq)
			}
		}
	})
}
