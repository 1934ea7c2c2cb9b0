package room

import (
	"time"

	"procession/server/wire"
)

// Subscriber is one who watches a room: one socket.
type Subscriber struct {
	room    *Room
	queue   chan []byte
	welcome []byte

	// These belong to the goroutine that calls Receive and Refuse.
	bucket bucket
	warned time.Time // when it was last told that it sends too fast

	// These belong to the room's goroutine.
	away  bool // nobody looks
	stale bool // has missed frames, and so needs a snapshot first
	end   End
}

// Welcome gives the first message to write to the client. It is not among
// Messages, from which things may be taken out again.
func (s *Subscriber) Welcome() []byte { return s.welcome }

// Messages gives what is to be written to the client. The channel is closed
// when nothing more will come; End then says why.
func (s *Subscriber) Messages() <-chan []byte { return s.queue }

// End says why Messages was closed. It is valid only then.
func (s *Subscriber) End() End { return s.end }

// Receive takes a message of the client. It waits while the room is busy.
// What is wrong with the message is told to the client.
func (s *Subscriber) Receive(data []byte) {
	if !s.heed() {
		return
	}
	m, err := wire.Decode(data)
	if err != nil {
		s.room.post(s, err)
		return
	}
	s.room.post(s, m)
}

// Refuse tells the client what was wrong with a message that could not even
// be received.
func (s *Subscriber) Refuse(err *wire.Error) {
	if s.heed() {
		s.room.post(s, err)
	}
}

// heed says whether one more message is listened to.
func (s *Subscriber) heed() bool {
	now := time.Now()
	if s.bucket.take(now) {
		return true
	}
	// One word a second is enough for who sends a thousand messages.
	if now.Sub(s.warned) >= time.Second {
		s.warned = now
		s.room.post(s, tooFast())
	}
	return false
}

// Leave ends the subscription; Messages is closed soon after.
func (s *Subscriber) Leave() { s.room.post(s, leave{}) }

// offer queues a message; false: the queue is full.
func (s *Subscriber) offer(data []byte) bool {
	select {
	case s.queue <- data:
		return true
	default:
		return false
	}
}

// drain throws away what the subscriber has not taken yet.
func (s *Subscriber) drain() {
	for {
		select {
		case <-s.queue:
		default:
			return
		}
	}
}
