package room

import (
	"sync"
	"time"

	"procession/server/room/core"
	"procession/server/wire"
)

// Subscriber is one who watches a room: one socket. One goroutine calls Receive,
// Refuse, Pinged and Leave, and one Next.
type Subscriber struct {
	room    *Room
	id      core.ID
	queue   *queue
	welcome []byte
	letters chan any      // for the room: a wire.ClientMessage, or a *wire.Error for the client itself
	gone    chan struct{} // closed: it left, or was let go
	once    sync.Once     // of closing gone
	bucket  bucket

	waits bool // belongs to the inbox: it has its turn there
}

// Welcome gives the first message to write to the client. It is not among those
// of Next, from which things may be taken out again.
func (s *Subscriber) Welcome() []byte { return s.welcome }

// Ready says when Next may have something new.
func (s *Subscriber) Ready() <-chan struct{} { return s.queue.bell }

// Next gives the next message to write to the client; nil: there is none now.
// Without more, nothing will come, and End says why.
func (s *Subscriber) Next() (data []byte, more bool) {
	data, more, behind := s.queue.next()
	if behind {
		s.post(wire.Resync{})
	}
	return data, more
}

// End says why nothing more comes. It is valid once Next has said so.
func (s *Subscriber) End() End {
	s.queue.mu.Lock()
	defer s.queue.mu.Unlock()
	return s.queue.end
}

// Receive takes a message of the client. It waits while the client has many
// that the room has not taken. What is wrong with it is told to the client.
func (s *Subscriber) Receive(data []byte) {
	if !s.heed() {
		return
	}
	m, err := wire.Decode(data)
	if err != nil {
		s.post(err)
		return
	}
	s.post(m)
}

// Refuse tells the client what was wrong with a message that could not even
// be received.
func (s *Subscriber) Refuse(err *wire.Error) {
	if s.heed() {
		s.post(err)
	}
}

// Pinged counts a ping of the client like a message. false: it is not worth an answer.
func (s *Subscriber) Pinged() bool { return s.heed() }

// heed says whether one more message is listened to.
func (s *Subscriber) heed() bool {
	now := time.Now()
	switch s.bucket.take(now) {
	case heed:
		return true
	case tell:
		s.queue.offer([][]byte{wire.Encode(tooFast())}, false, now)
	case part:
		s.expel(TooMuch, tooMuch())
	}
	return false
}

// post gives the room a letter; it is lost when the room has ended.
func (s *Subscriber) post(letter any) {
	select {
	case s.letters <- letter:
		s.room.inbox.put(s)
	case <-s.gone:
	case <-s.room.done:
	}
}

// Leave ends the subscription. Nothing more comes soon after, and what the
// client had asked for and was not done yet is not.
func (s *Subscriber) Leave() {
	s.once.Do(func() {
		close(s.gone)
		s.room.inbox.leave(s)
	})
}

// expel lets a client go, and tells it why.
func (s *Subscriber) expel(end End, why *wire.Error) {
	s.queue.finish(end, wire.Encode(why))
	s.Leave()
}

// left says whether the client is gone.
func (s *Subscriber) left() bool {
	select {
	case <-s.gone:
		return true
	default:
		return false
	}
}
