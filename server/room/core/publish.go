package core

import (
	"time"

	"procession/server/wire"
	"procession/sim/scenario"
	"procession/sim/trace"
)

// publish sends the events that nobody has yet, encoded once for all.
func (r *Room) publish(now time.Time) {
	r.look()
	var frames [][]byte
	for _, w := range r.worlds {
		frames = w.frames(frames, r.epoch, r.now())
		w.run.Log().Trim(keptEvents)
	}
	if len(frames) == 0 {
		return
	}
	position := r.o.Commands.Len()
	for _, c := range r.clients {
		if c.away || c.stale {
			c.stale = true
			continue
		}
		if c.known == r.told {
			c.known = position // the frames apply what was given since
		}
		r.send(c, frames)
	}
	r.told = position
	r.framed, r.spoke = now, now
}

// send gives a client messages.
func (r *Room) send(c *client, messages [][]byte) {
	r.out = append(r.out, Out{To: c.id, Messages: messages})
}

// refuse tells a client what was wrong.
func (r *Room) refuse(c *client, err *wire.Error) { r.send(c, [][]byte{wire.Encode(err)}) }

// resync gives clients the whole picture of every world.
func (r *Room) resync(now time.Time, clients ...*client) {
	if len(clients) == 0 {
		return
	}
	r.publish(now) // what the picture will have, so that it does not come again
	pictures := r.pictures()
	for _, w := range r.worlds {
		w.told.Forget()
	}
	all := r.o.Commands.After(0)
	for _, c := range clients {
		messages := pictures
		if c.known < len(all) {
			given := wire.Encode(wire.Given{From: c.known, Do: scenario.FormatCommands(all[c.known:])})
			messages = append([][]byte{given}, pictures...)
			c.known = len(all)
		}
		c.stale = false
		r.out = append(r.out, Out{To: c.id, Messages: messages, Whole: true})
	}
}

// shown are the pictures of all worlds as they were made last, and of what.
type shown struct {
	messages [][]byte
	of       moment
}

// moment is all that pictures depend on: those of equal moments are equal.
type moment struct {
	epoch, now     int64
	seqs           [1 + scenario.MaxBeside]int
	position       int
	playing, ended bool
	speed          float64
}

// pictures gives the messages with the whole picture of each world, made once
// for all who ask at the same moment.
func (r *Room) pictures() [][]byte {
	of := moment{epoch: r.epoch, now: r.now(), position: r.o.Commands.Len(), playing: r.playing, ended: r.ended(), speed: r.pacer.speed}
	for i, w := range r.worlds {
		of.seqs[i] = w.run.Log().Len()
	}
	if r.shown.messages != nil && r.shown.of == of {
		return r.shown.messages
	}
	r.shown = shown{of: of}
	for _, w := range r.worlds {
		r.shown.messages = append(r.shown.messages, r.picture(w))
	}
	return r.shown.messages
}

// picture is the message with the whole picture of a world.
func (r *Room) picture(w *world) []byte {
	sc := w.run.Scenario()
	sc.Do = nil
	state := w.run.Snapshot()
	done := r.numbers(state.Commands)
	state.Commands = []trace.DoneCommand{}
	return wire.Encode(wire.Snapshot{
		World:    w.number,
		Epoch:    r.epoch,
		Now:      r.now(),
		Playing:  r.playing && !r.ended(),
		Speed:    r.pacer.speed,
		Ended:    w.run.Ended() || r.ended(),
		Scenario: sc.String(),
		Position: r.o.Commands.Len(),
		Done:     done,
		State:    state,
	})
}

// numbers gives the numbers, from 1, that commands of a world have in the list
// of all.
func (r *Room) numbers(done []trace.DoneCommand) []int {
	at := map[trace.DoneCommand][]int{} // those that are equal, in their order
	for i, c := range r.o.Commands.After(0) {
		key := trace.DoneCommand{At: c.At, Text: c.String()}
		at[key] = append(at[key], i+1)
	}
	numbers := make([]int, 0, len(done))
	for _, c := range done {
		if all := at[c]; len(all) > 0 {
			numbers = append(numbers, all[0])
			at[c] = all[1:]
		}
	}
	return numbers
}

// pace is the message that says how time goes.
func (r *Room) pace() []byte {
	return wire.Encode(wire.Pace{
		Now:     r.now(),
		Playing: r.playing && !r.ended(),
		Speed:   r.pacer.speed,
		Ended:   r.ended(),
	})
}

// tellPace tells everybody how time goes.
func (r *Room) tellPace(now time.Time) {
	r.spoke = now
	pace := [][]byte{r.pace()}
	for _, c := range r.clients {
		if !c.away && !c.stale {
			r.send(c, pace)
		}
	}
}
