package cluster

import (
	"slices"

	"procession/sim/des"
	"procession/sim/scenario"
	"procession/sim/trace"
)

// conn is a TCP connection from a visitor's browser to the balancer. Node's
// cluster gives it to one worker for its whole life.
type conn struct {
	c        *Cluster
	number   int32
	v        *visitor
	inst     *instance  // whose it is (Node's cluster)
	offered  *instance  // to which the primary sent it, until that takes it
	requests []*request // under way on it, to the last byte of their answers: one, or with http2 many
	ending   trace.Why  // why it is closed; 0: because it has done its one request
	closing  bool       // is closed after the answer
	accepted bool       // ConnAccepted was told
	socket   bool       // a websocket: it stays open, on its worker
	used     int64      // moment of the last answer
	idle     des.Timer  // when the server closes it, since nothing is asked on it

	place place[*conn]
}

// pump sends what waits, as far as the browser's connections allow.
func (v *visitor) pump() {
	for i := 0; i < len(v.queue); {
		r := v.queue[i]
		cn := v.connFor(r)
		if cn == nil {
			i++
			continue
		}
		v.queue = slices.Delete(v.queue, i, i+1)
		r.send(cn)
	}
}

// connFor gives a connection for a request: an idle one or a new one; nil when
// the request has to wait. Chat goes over the websocket.
func (v *visitor) connFor(r *request) *conn {
	var best *conn
	open := 0
	for _, cn := range v.conns {
		switch {
		case cn.socket != (r.op == trace.Chat):
			continue
		case !cn.hasRoom() && cn.ends():
			continue // for a page to which it is redirected the browser opens another one
		case !cn.closing && cn.hasRoom() && (best == nil || cn.used > best.used):
			best = cn // Chromium takes the one that was used last
		}
		open++
	}
	switch {
	case best != nil:
		return best
	case r.op == trace.Chat && open > 0, r.op != trace.Chat && v.c.sc.Connection != scenario.PerRequest && open >= v.connLimit():
		return nil
	}
	return v.open(r.op == trace.Chat)
}

// hasRoom says whether the connection can carry another request now: one after
// the other, but with HTTP/2 any number at once.
func (cn *conn) hasRoom() bool {
	return len(cn.requests) == 0 || !cn.socket && cn.c.sc.Connection == scenario.HTTP2
}

// ends says whether nothing is under way on the connection but the rests of
// answers whose headers the browser has.
func (cn *conn) ends() bool {
	return !slices.ContainsFunc(cn.requests, func(r *request) bool { return !r.left })
}

// connLimit is how many connections the browser opens. With HTTP/2 it is one: a
// client should not open more than one to a host and port (RFC 9113, section 9.1).
func (v *visitor) connLimit() int {
	if v.c.sc.Connection == scenario.Browser {
		return browserConns
	}
	return 1
}

func (v *visitor) open(socket bool) *conn {
	c := v.c
	c.lastConn++
	cn := &conn{c: c, number: c.lastConn, v: v, socket: socket, closing: !socket && c.sc.Connection == scenario.PerRequest}
	cn.idle.Init(c.env, cn)
	v.conns = append(v.conns, cn)
	c.conns.add(&cn.place, cn)
	c.emit(trace.Event{Kind: trace.ConnOpened, Conn: cn.number, Visitor: v.id})
	return cn
}

// answered is called when a request on the connection is over: the connection
// is closed, or kept until the server loses patience. Node's has none with
// HTTP/2 (server.setTimeout is 0 there).
func (cn *conn) answered(r *request, why trace.Why) {
	cn.drop(r)
	cn.used = cn.c.now()
	if cn.closing {
		if len(cn.requests) > 0 {
			return // the last one closes it
		}
		if cn.ending != 0 {
			why = cn.ending
		}
		cn.close(why)
		return
	}
	switch {
	case cn.socket || len(cn.requests) > 0:
	case cn.c.usesNginx():
		cn.idle.Set(nginxKeepAlive)
	case cn.c.sc.Connection == scenario.HTTP2:
	default:
		cn.idle.Set(nodeKeepAlive)
	}
}

// drop takes a request that is over from the connection.
func (cn *conn) drop(r *request) {
	cn.requests = slices.DeleteFunc(cn.requests, func(other *request) bool { return other == r })
}

// retire closes the connection now if it is idle, else after its answer.
func (cn *conn) retire(why trace.Why) {
	cn.closing, cn.ending = true, why
	if len(cn.requests) == 0 {
		cn.close(why)
	}
}

func (cn *conn) close(why trace.Why) {
	cn.idle.Stop()
	cn.c.primary.forget(cn)
	for _, r := range cn.requests {
		r.rest = nil
	}
	if cn.offered != nil {
		cn.offered.unload()
		cn.offered = nil
	}
	cn.v.conns = slices.DeleteFunc(cn.v.conns, func(other *conn) bool { return other == cn })
	if v := cn.v; cn.socket && v.socket != nil {
		in := v.socket
		v.socket = nil
		cn.c.emit(trace.Event{Kind: trace.SocketClosed, Visitor: v.id, Pid: int16(in.pid), Why: why})
		in.sockets--
		in.exitIfFinished()
	}
	cn.c.conns.remove(&cn.place)
	cn.c.emit(trace.Event{Kind: trace.ConnClosed, Conn: cn.number, Why: why})
}

// Fire is the end of the server's patience with an idle connection.
func (cn *conn) Fire() { cn.close(trace.WhyIdle) }
