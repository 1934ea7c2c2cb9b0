package core_test

import (
	"fmt"
	"strings"
	"time"

	"procession/server/room/core"
	"procession/server/wire"
	"procession/sim"
	"procession/sim/scenario"
)

// The loop of who drives a room. There is no clock in it: each turn has the time
// for which the room asked.
func Example() {
	sc, err := sim.Parse("visitors=Ada&think=500ms")
	if err != nil {
		fmt.Println(err)
		return
	}
	open := wire.Open{Playing: true, Speed: 1}
	scs := []scenario.Scenario{sc}
	now := time.Date(2030, 1, 1, 9, 0, 0, 0, time.UTC)

	r := core.New(core.Options{
		New:      func(sc scenario.Scenario) core.Run { return sim.New(sc) },
		Commands: &core.Memory{},
	}, "q3v7m2", open)
	defer r.Close()
	r.Begin(scs, open.At, now)
	welcome, refused := r.Enter(1, scs, open, now)
	if refused != nil {
		fmt.Println(refused)
		return
	}
	say := func(to core.ID, message []byte) {
		kind, _, _ := strings.Cut(strings.TrimPrefix(string(message), `{"type":"`), `"`)
		fmt.Printf("to %d: %s\n", to, kind)
	}
	say(1, welcome)
	for range 4 {
		out, wait := r.Turn(now, func() bool { return false })
		for _, o := range out {
			for _, m := range o.Messages {
				say(o.To, m)
			}
		}
		now = now.Add(max(wait, 0))
	}
	r.Handle(1, wire.Pause{}, now)
	out, wait := r.Turn(now, func() bool { return false })
	for _, o := range out {
		say(o.To, o.Messages[len(o.Messages)-1])
	}
	fmt.Println("a letter is waited for:", wait == core.Forever)
	// Output:
	// to 1: welcome
	// to 1: snapshot
	// to 1: frame
	// to 1: frame
	// to 1: frame
	// to 1: pace
	// a letter is waited for: true
}
