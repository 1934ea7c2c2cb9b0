package cluster

import (
	"procession/sim/machine"
	"procession/sim/scenario"
	"procession/sim/trace"
)

// chat says something to everybody who holds a websocket. The visitor's own is
// opened by the first message and stays on one worker: a connection is state,
// too. A worker knows only the sockets that it holds itself; with chat=pubsub
// it tells the others through the store.
func (in *instance) chat(t *machine.Task, r *request) (status int) {
	c := in.c
	t.Compute(c.costs.Handle)
	if r.step == handshakeUpgrades && !in.knows(r.poller) { // the websocket's first request carries the id, too
		r.conn.closing = true
		return in.unknown(r)
	}
	in.holdSocket(r)
	if c.sc.Chat != scenario.PubSub {
		c.deliver(r, in, in.c.costs.Reply)
		return 200
	}
	message := r.v.name + " says hello"
	return statusOf(in.storeClient().call(t, r, words{"PUBLISH", "chat", message}, func(any) { // ▸ store.*.publish
		c.deliver(r, nil, c.store.delay()+c.costs.Reply)
	}))
}

// holdSocket opens the visitor's websocket on this worker, unless it is there.
func (in *instance) holdSocket(r *request) {
	if r.closed || in.told == trace.WhyDeploy || r.v.socket == in {
		return
	}
	r.conn.inst = in // also behind nginx: a websocket stays where it was opened
	r.v.socket = in
	in.sockets++
	in.c.emit(trace.Event{Kind: trace.SocketOpened, Visitor: r.v.id, Pid: int16(in.pid)})
}

// deliver sends a message to the sockets that one worker holds, or all (nil).
// Those on other workers miss it.
func (c *Cluster) deliver(r *request, in *instance, takes int64) {
	for _, v := range c.visitors {
		e := trace.Event{Req: r.ref(), Visitor: v.id}
		switch {
		case v.socket == nil:
			continue
		case in == nil || v.socket == in:
			v.heard++
			c.totals.Heard++
			e.Kind, e.Until = trace.ChatDelivered, c.now()+takes // ▸ chat.delivered
		default:
			v.missed++
			c.totals.Missed++
			e.Kind = trace.ChatMissed // ▸ chat.missed
		}
		e.Pid = int16(v.socket.pid)
		c.emit(e)
	}
}
