package cluster

import (
	"procession/sim/machine"
	"procession/sim/trace"
)

// poller is an engine.io session, by which socket.io knows a client that polls.
// Its id means nothing to any process but the one that opened it, which has it
// in its own memory; no store of sessions helps, since it is none of them.
type poller struct{ in *instance }

// handshake is how far the client of chat has come that begins by polling:
// three requests, each of which has to reach the same process.
type handshake uint8

const (
	handshakeOpens    handshake = iota + 1 // GET without an id
	handshakeConnects                      // POST with it
	handshakeUpgrades                      // the websocket
)

// poll answers a request of a client that polls: the first one opens a session,
// each later one carries its id. (A client of poll keeps its id whatever it is
// told; that of chat begins anew with its next message.)
func (in *instance) poll(t *machine.Task, r *request) (status int) {
	t.Compute(in.c.costs.Handle)
	switch {
	case r.poller == nil: // GET /socket.io/?transport=polling
		r.opened = &poller{in}
		in.c.emit(trace.Event{Kind: trace.PollOpened, Req: r.ref(), Visitor: r.v.id, Pid: int16(in.pid), Mem: in.mem}) // ▸ poll.opened
		return 200
	case in.knows(r.poller): // GET or POST /socket.io/?transport=polling&sid=…
		return 200
	}
	return in.unknown(r)
}

// knows says whether the session of an id is in this process.
func (in *instance) knows(p *poller) bool { return p.in == in }

// unknown tells the client that its id means nothing here.
func (in *instance) unknown(r *request) (status int) {
	home, why := r.poller.in.mem, trace.WhyElsewhere
	if r.poller.in.proc.Dead() {
		home, why = 0, trace.WhyDied
	}
	in.c.emit(trace.Event{Kind: trace.PollUnknown, Req: r.ref(), Visitor: r.v.id, Pid: int16(in.pid), Home: home, Why: why}) // ▸ poll.unknown
	return 400                                                                                                               // {"code":1,"message":"Session ID unknown"}
}

// shakeHands takes the next step of the client of chat that begins by polling;
// the last one carries the message.
func (v *visitor) shakeHands(step handshake, planned bool) {
	if step == handshakeUpgrades {
		v.send(trace.Chat, step, planned)
	} else {
		v.send(trace.Poll, step, planned)
	}
}
