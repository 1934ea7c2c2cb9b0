package web

import (
	"errors"
	"io"
	"time"

	"github.com/gorilla/websocket"

	"procession/server/problem"
	"procession/server/room"
	"procession/server/wire"
)

const (
	// openWait is how long a browser may take to say what it wants.
	openWait = 10 * time.Second
	// writeWait is how long a write may take before the browser counts as gone.
	writeWait = 10 * time.Second
	// pongWait is how long a browser may be silent.
	pongWait = 60 * time.Second
	// pingPeriod is shorter than pongWait, so that a living browser has always
	// answered in time, even when one ping is late.
	pingPeriod = 25 * time.Second
	// beatPeriod is how long a browser hears nothing while all is well. Its pings
	// are not shown to pages, which give a connection up after some beats that did
	// not come (static/js/wire/connection.js).
	beatPeriod = time.Second
	// closeWait is how long a browser may take to say goodbye too.
	closeWait = time.Second

	// firstPings is how many pings are answered before a browser has said what it
	// wants. Later ones have the price of a message.
	firstPings = 10

	// maxSkip is how much of a message that is too long is read away. One
	// that is longer still ends the connection.
	maxSkip = 1 << 20

	// Buffers of a socket. What is read is short; frames are mostly shorter
	// than the write buffer, which is held only while it is used.
	readBuffer  = 512
	writeBuffer = 4 << 10
)

// socket is one browser's websocket. One goroutine reads and one writes.
type socket struct{ conn *websocket.Conn }

// beat is the message that says that the server is there, the same for all.
var beat = prepare(wire.Encode(wire.Beat{}))

// prepare encodes a message for many sockets, once.
func prepare(data []byte) *websocket.PreparedMessage {
	m, err := websocket.NewPreparedMessage(websocket.TextMessage, data)
	if err != nil {
		panic("web: prepare: " + err.Error()) // written to memory
	}
	return m
}

// errTooLong is a message that is not even worth skipping.
var errTooLong = errors.New("web: a message of more than 1 MiB")

// errTooMany is the end of a browser that pings and wants nothing.
var errTooMany = errors.New("web: pings, and no message")

// first reads the message with which a browser begins.
func (s *socket) first() (wire.Open, error) {
	_ = s.conn.SetReadDeadline(time.Now().Add(openWait))
	pings := 0
	s.conn.SetPingHandler(func(data string) error {
		if pings++; pings > firstPings {
			return errTooMany
		}
		return s.pong(data)
	})
	data, err := s.next(wire.MaxOpen)
	if err != nil {
		return wire.Open{}, err
	}
	m, err := wire.Decode(data)
	if err != nil {
		return wire.Open{}, err
	}
	open, ok := m.(wire.Open)
	if !ok {
		return wire.Open{}, &wire.Error{Code: wire.BadMessage, Key: "type", Text: `The first message must be of type "open".`}
	}
	return open, nil
}

// next reads a message of at most so many bytes. The error is a *wire.Error when the next one can be
// read all the same.
func (s *socket) next(most int) ([]byte, error) {
	kind, r, err := s.conn.NextReader()
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(r, int64(most)+1))
	if err != nil {
		return nil, err
	}
	if len(data) > most {
		n, err := io.CopyN(io.Discard, r, maxSkip)
		if err == nil && n == maxSkip {
			return nil, errTooLong
		}
		if err != nil && err != io.EOF {
			return nil, err
		}
		return nil, wire.TooLarge(most)
	}
	if kind != websocket.TextMessage {
		return nil, wire.Binary()
	}
	return data, nil
}

// read hands the browser's messages to the room until the browser is gone.
func (s *socket) read(sub *room.Subscriber) {
	alive := func() { _ = s.conn.SetReadDeadline(time.Now().Add(pongWait)) }
	alive()
	s.conn.SetPongHandler(func(string) error {
		if sub.Pinged() {
			alive()
		}
		return nil
	})
	s.conn.SetPingHandler(func(data string) error {
		if sub.Pinged() {
			return s.pong(data)
		}
		return nil
	})
	for {
		data, err := s.next(wire.MaxMessage)
		var bad *wire.Error
		switch {
		case err == nil:
			sub.Receive(data)
		case errors.As(err, &bad):
			sub.Refuse(bad)
		case err == errTooLong:
			sub.Refuse(wire.TooLarge(wire.MaxMessage))
			s.goodbye(websocket.CloseMessageTooBig)
			return
		default:
			return
		}
	}
}

// write sends what the room has for the browser, and pings, until there is
// nothing more or the browser is gone. When there is nothing for a while it says
// so, also while time stands still.
func (s *socket) write(sub *room.Subscriber) {
	ping := time.NewTicker(pingPeriod)
	defer ping.Stop()
	silence := time.NewTicker(beatPeriod)
	defer silence.Stop()
	err := s.send(sub.Welcome())
	for err == nil {
		data, more := sub.Next()
		switch {
		case data != nil:
			err = s.send(data)
			silence.Reset(beatPeriod)
			continue
		case !more:
			s.leave(sub.End())
			return
		}
		select {
		case <-sub.Ready():
		case <-ping.C:
			err = s.conn.WriteControl(websocket.PingMessage, nil, time.Now().Add(writeWait))
		case <-silence.C:
			_ = s.conn.SetWriteDeadline(time.Now().Add(writeWait))
			err = s.conn.WritePreparedMessage(beat)
		}
	}
	s.conn.Close() // which ends read, too
}

// leave says goodbye when the room has ended. What the browser still sends is
// read away by read meanwhile.
func (s *socket) leave(end room.End) {
	switch end {
	case room.Left:
		s.conn.Close()
		return
	case room.Failed:
		s.goodbye(websocket.CloseInternalServerErr)
	case room.Closed:
		s.goodbye(websocket.CloseGoingAway)
	case room.TooSlow:
		s.goodbye(websocket.CloseTryAgainLater)
	case room.TooMuch:
		s.goodbye(websocket.ClosePolicyViolation)
	}
	// read must not wait for longer than this. (The connection's own method,
	// since the websocket's belongs to the goroutine that reads.)
	_ = s.conn.NetConn().SetReadDeadline(time.Now().Add(closeWait))
}

// refuse tells a browser that is in no room why, and closes the socket. The
// error may also be one of reading: then there is nobody to tell.
func (s *socket) refuse(err error) {
	defer s.conn.Close()
	if err == errTooLong {
		err = wire.TooLarge(wire.MaxOpen)
	}
	var bad *wire.Error
	if !errors.As(err, &bad) {
		return
	}
	if s.send(wire.Encode(bad)) != nil {
		return
	}
	s.goodbye(problem.Close(bad.Code))
	// Closing a connection with unread input can destroy what was sent on it,
	// so wait until the browser has hung up.
	_ = s.conn.SetReadDeadline(time.Now().Add(closeWait))
	for {
		if _, _, err := s.conn.NextReader(); err != nil {
			return
		}
	}
}

func (s *socket) send(data []byte) error {
	_ = s.conn.SetWriteDeadline(time.Now().Add(writeWait))
	return s.conn.WriteMessage(websocket.TextMessage, data)
}

// pong answers a ping.
func (s *socket) pong(data string) error {
	err := s.conn.WriteControl(websocket.PongMessage, []byte(data), time.Now().Add(closeWait))
	if err == websocket.ErrCloseSent {
		return nil // read away what comes before the browser hangs up
	}
	return err
}

// goodbye sends a close frame.
func (s *socket) goodbye(code int) {
	_ = s.conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, ""), time.Now().Add(closeWait))
}
