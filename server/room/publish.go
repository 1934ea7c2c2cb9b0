package room

import (
	"time"

	"procession/server/wire"
)

// publish sends the events that nobody has yet, encoded once for all.
func (r *Room) publish(now time.Time) {
	r.look()
	frames := r.frames[:0]
	for _, w := range r.worlds {
		frames = w.frames(frames, r.epoch, r.now())
		w.run.Log().Trim(keptEvents)
	}
	if len(frames) == 0 {
		return
	}
	for _, sub := range r.subs {
		if sub.away {
			sub.stale = true
			continue
		}
		r.tell(sub, frames...)
	}
	r.framed, r.spoke = now, now
	clear(frames) // they belong to the queues from here on
	r.frames = frames
}

// tell queues messages for a subscriber. One that does not keep up loses
// what is queued and gets the picture as it is instead, which includes what
// the messages say.
func (r *Room) tell(sub *Subscriber, messages ...[]byte) {
	for _, data := range messages {
		if !sub.offer(data) {
			r.resync(sub)
			return
		}
	}
}

// resync gives subscribers the whole picture of every world; where there is no
// place for it, in place of all that they have not taken yet.
func (r *Room) resync(subs ...*Subscriber) {
	if len(subs) == 0 {
		return
	}
	var pictures [][]byte
	for _, w := range r.worlds {
		pictures = append(pictures, r.picture(w))
	}
	for _, sub := range subs {
		sub.stale = false
		if cap(sub.queue)-len(sub.queue) < len(pictures) {
			sub.drain()
		}
		for _, data := range pictures {
			sub.offer(data)
		}
	}
}

// picture is the message with the whole picture of a world.
func (r *Room) picture(w *world) []byte {
	sc := w.run.Scenario()
	sc.Do = r.given
	return wire.Encode(wire.Snapshot{
		World:    w.number,
		Epoch:    r.epoch,
		Now:      r.now(),
		Playing:  r.playing && !r.ended(),
		Speed:    r.pacer.speed,
		Ended:    w.run.Ended() || r.ended(),
		Scenario: sc.String(),
		Texts:    w.run.Log().Texts(0),
		State:    w.run.Snapshot(),
	})
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
	pace := r.pace()
	for _, sub := range r.subs {
		if !sub.away {
			r.tell(sub, pace)
		}
	}
}
