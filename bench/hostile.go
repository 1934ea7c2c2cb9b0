package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// hostileTime is how long the attackers go on at most, should nobody end them.
const hostileTime = 5 * time.Minute

// A crowd that costs the server as much as a scenario can.
const worstCrowd = "visitors=2000&workers=16&cores=16&costs=measured&think=0s&mode=store"

// worst are the things that hostile sockets do, each again and again.
var worst = []func(ctx context.Context, addr string){
	// Messages of some bytes that cost much.
	flood("visitors=2000", `{"type":"reset"}`, true),
	flood("visitors=2000", `{"type":"resync"}`, true),
	flood("visitors=500&costs=measured", `{"type":"step"}`, true),
	flood("", `{"type":"fork","at":0}`, true),
	flood("", `nonsense`, true),
	// Pictures that nobody reads.
	flood("visitors=2000&views=true", `{"type":"resync"}`, false),
	flood(worstCrowd, `{"type":"reset"}`, false),
	// Control frames.
	pings,
	// Rooms that cost much by themselves: alone, and with worlds beside.
	sit(worstCrowd, `{"type":"open","at":0,"playing":true,"speed":8}`),
	sit(worstCrowd, `{"type":"open","at":0,"playing":true,"speed":8,"worlds":["mode=local","mode=threads"]}`),
	sit(worstCrowd, `{"type":"open","at":86400000000,"playing":true,"speed":8}`),
	sit("visitors=150&cores=1&script=login,report*9", `{"type":"open","at":600000000,"playing":true,"speed":1}`),
	// Questions about runs.
	ask("/figure.svg?at=900s&" + worstCrowd + "&seed=%d"),
	ask("/trace/19999999-20000000?" + worstCrowd + "&seed=%d"),
	ask("/trace/until/24h.ndjson?" + worstCrowd + "&seed=%d"),
	ask("/lessons/01-the-random-logout/judge?step=5&at=600000000&visitors=200&think=1ms&seed=%d"),
	ask("/lessons/feed.xml?q=%d"),
	ask("/lessons/01-the-random-logout?x=%d"),
}

// attackers attack a server until they are killed.
func attackers(addr string) {
	ctx, cancel := context.WithTimeout(context.Background(), hostileTime)
	defer cancel()
	var all sync.WaitGroup
	for i := range hostileSockets {
		do := worst[i%len(worst)]
		all.Go(func() {
			for ctx.Err() == nil {
				do(ctx, addr)
				time.Sleep(20 * time.Millisecond) // a refused connection comes back soon
			}
		})
	}
	all.Wait()
}

// dial opens a hostile socket for a scenario; nil: it was not let in.
func dial(ctx context.Context, addr, scenario string) *websocket.Conn {
	from := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(attackAddress)}}
	dialer := websocket.Dialer{NetDialContext: from.DialContext, HandshakeTimeout: 10 * time.Second}
	at := url.URL{Scheme: "ws", Host: addr, Path: "/ws", RawQuery: scenario}
	conn, _, err := dialer.DialContext(ctx, at.String(), nil)
	if err != nil {
		return nil
	}
	return conn
}

const openMessage = `{"type":"open","at":0,"playing":true,"speed":8}`

// flood sends a message as often as it can, and reads what comes or does not.
func flood(scenario, message string, reads bool) func(context.Context, string) {
	return func(ctx context.Context, addr string) {
		conn := dial(ctx, addr, scenario)
		if conn == nil {
			return
		}
		defer conn.Close()
		if reads {
			go drain(conn)
		}
		say(ctx, conn, openMessage)
		for say(ctx, conn, message) {
		}
	}
}

// pings sends nothing but pings.
func pings(ctx context.Context, addr string) {
	conn := dial(ctx, addr, "")
	if conn == nil {
		return
	}
	defer conn.Close()
	go drain(conn)
	say(ctx, conn, openMessage)
	for ctx.Err() == nil && conn.WriteControl(websocket.PingMessage, make([]byte, 125), time.Now().Add(time.Second)) == nil {
	}
}

// sit watches a room for a while and comes back.
func sit(scenario, open string) func(context.Context, string) {
	return func(ctx context.Context, addr string) {
		conn := dial(ctx, addr, scenario)
		if conn == nil {
			return
		}
		defer conn.Close()
		say(ctx, conn, open)
		leave := time.AfterFunc(20*time.Second, func() { conn.Close() })
		defer leave.Stop()
		drain(conn)
	}
}

// ask asks a question, each time another one.
func ask(path string) func(context.Context, string) {
	client := from(attackAddress)
	return func(ctx context.Context, addr string) {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+addr+fmt.Sprintf(path, time.Now().UnixNano()%1_000_000_000), nil)
		if err != nil {
			return
		}
		resp, err := client.Do(r)
		if err != nil {
			return
		}
		defer resp.Body.Close()
		buffer := make([]byte, 64<<10)
		for {
			if _, err := resp.Body.Read(buffer); err != nil {
				return
			}
		}
	}
}

func say(ctx context.Context, conn *websocket.Conn, message string) bool {
	_ = conn.SetWriteDeadline(time.Now().Add(10 * time.Second))
	return ctx.Err() == nil && conn.WriteMessage(websocket.TextMessage, []byte(message)) == nil
}

func drain(conn *websocket.Conn) {
	for {
		if _, _, err := conn.NextReader(); err != nil {
			return
		}
	}
}
