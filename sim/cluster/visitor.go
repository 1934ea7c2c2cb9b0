package cluster

import (
	"procession/sim/des"
	"procession/sim/scenario"
	"procession/sim/trace"
)

// visitor is a person with a browser.
type visitor struct {
	c       *Cluster
	number  int // from 0, in the order of joining
	name    string
	id      trace.TextID
	address [4]byte
	jar     jar
	conns   []*conn
	queue   []*request // wait for a connection
	gone    bool
	socket  *instance // on which the visitor holds a websocket
	poller  *poller   // what the visitor's polling client was given; nil: nothing

	// What the visitor does by themselves.
	timer     des.Timer
	part, rep int  // the place in the script
	started   bool // traffic=auto: logged in once
	finished  bool // the script has ended, and its last request is over
	// again: the app was replaced, and with it the memory of who is logged
	// in. In traffic=auto the next 401 makes the visitor log in once more.
	again bool

	pauses stream
	sids   stream
	saves  stream

	// What the picture shows.
	believes bool
	strip    strip
	logouts  int
	heard    int
	missed   int
	shown    sid // the session of the last Set-Cookie

	// What the trace tells of cookies.
	strayed string // the session cookie, if it took the place of that of the login
	cleared int64  // when an answer last cleared the cookie
	// unsigned: an answer cleared the cookie since its signature did not fit.
	unsigned bool
}

// jar is the visitor's cookie jar.
type jar struct {
	sid     sid    // of the session cookie; empty: none
	expires int64  // virtual µs; 0: when the browser closes
	data    string // mode=cookie: the session itself
	sticky  int    // the balancer's own cookie: a worker; 0: none
}

// join lets a visitor open a browser.
func (c *Cluster) join(name string) {
	v := &visitor{c: c, number: c.joined, name: name, id: c.log.ID(name)}
	v.pauses = newStream(c.sc.Seed, "pause", name)
	v.sids = newStream(c.sc.Seed, "sid", name)
	v.saves = newStream(c.sc.Seed, "save", name)
	v.timer.Init(c.env, v)
	v.address = c.address(v.number)
	c.joined++
	c.visitors = append(c.visitors, v)
	c.byName[name] = v
	c.emit(trace.Event{Kind: trace.VisitorJoined, Visitor: v.id, Text: c.log.ID(formatAddress(v.address))})
	if !c.sc.Turns && c.sc.Traffic != scenario.None {
		v.timer.Set(v.firstPause())
	}
	c.turn.joined()
}

// firstPause spreads the visitors of traffic=auto evenly over one round, since
// people do not come at the same moment. Scripts begin together.
func (v *visitor) firstPause() int64 {
	c := v.c
	n := int64(len(c.sc.Names))
	if c.sc.Traffic != scenario.Auto || int64(v.number) >= n {
		return 0
	}
	round := c.costs.Trip + c.costs.Hop + c.costs.Parse + c.costs.Handle + c.costs.Reply + c.sc.Think
	return int64(v.number) * round / n
}

// address gives every visitor a network (a /24) of their own, or puts all
// behind one address, as in a lecture hall.
func (c *Cluster) address(number int) [4]byte {
	if c.sc.Addresses == "one" {
		return [4]byte{203, 0, 113, 7}
	}
	return [4]byte{10, byte(number / 200), byte(number%200 + 1), 7}
}

// leave closes the visitor's browser: what is under way is broken off.
func (v *visitor) leave() {
	c := v.c
	v.gone = true
	v.timer.Stop()
	v.queue = nil
	for r := range c.requests.all() {
		if r.v == v {
			r.abandon()
		}
	}
	for len(v.conns) > 0 {
		v.conns[0].close(trace.WhyLeft)
	}
	for i, other := range c.visitors {
		if other == v {
			c.visitors = append(c.visitors[:i], c.visitors[i+1:]...)
			break
		}
	}
	delete(c.byName, v.name)
	c.emit(trace.Event{Kind: trace.VisitorLeft, Visitor: v.id})
	c.turn.left(v)
	c.endIfDone()
}

// Fire is the end of a pause: the visitor does what comes next.
func (v *visitor) Fire() { v.ask(v.step(), true) }

// step takes the next operation: from the script, or log in once and then browse.
func (v *visitor) step() trace.Op {
	if v.c.sc.Traffic != scenario.Script {
		if !v.started {
			v.started = true
			return trace.Login
		}
		return trace.Visit
	}
	script := v.c.sc.Script
	op := script[v.part].Op
	if v.rep++; v.rep == script[v.part].Times {
		v.part, v.rep = v.part+1, 0
	}
	return op
}

// hasSteps says whether the visitor will do something by themselves.
func (v *visitor) hasSteps() bool {
	return !v.gone && (v.c.sc.Traffic != scenario.Script || v.part < len(v.c.sc.Script))
}

// ask sends a request; planned ones are followed by the next one.
func (v *visitor) ask(op trace.Op, planned bool) {
	if op == trace.Chat && v.socket == nil && v.c.sc.Transport == scenario.Polling {
		v.shakeHands(handshakeOpens, planned)
		return
	}
	v.send(op, 0, planned)
}

// follow asks for the page to which an answer redirected the browser.
func (v *visitor) follow(planned bool) {
	r := v.prepare(trace.Visit, planned)
	r.followed = true
	v.pump()
}

// send asks for one step of a handshake, or with 0 for what is none.
func (v *visitor) send(op trace.Op, step handshake, planned bool) {
	v.prepare(op, planned).step = step
	v.pump()
}

// prepare puts a request into the browser's queue.
func (v *visitor) prepare(op trace.Op, planned bool) *request {
	r := v.c.newRequest()
	r.v, r.op, r.planned = v, op, planned
	v.queue = append(v.queue, r)
	return r
}

// answered is called when a planned request of the visitor is over. Nobody
// pauses after their last one: the run ends with the last answer. Who has just
// logged in, and whose browser followed to a page that does not know it, does
// not log in again at once: that could go on for ever.
func (v *visitor) answered(op trace.Op, status int16, followed bool) {
	c := v.c
	if op.Guarded() && status == 401 && !followed && (c.sc.Relogin || v.again) {
		v.again = false
		v.ask(trace.Login, true)
		return
	}
	v.finished = !v.hasSteps()
	switch {
	case c.sc.Turns:
		c.turn.pass()
	case !v.finished:
		v.timer.Set(v.pause())
	}
}

// pause draws how long the visitor thinks: think, give or take jitter percent.
func (v *visitor) pause() int64 {
	think := v.c.sc.Think
	spread := think * int64(v.c.sc.Jitter) / 100
	if spread == 0 {
		return think
	}
	return think - spread + v.pauses.below(2*spread+1)
}
