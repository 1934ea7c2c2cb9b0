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
	c       *Cluster
	number  int32
	v       *visitor
	inst    *instance // whose it is (Node's cluster)
	offered *instance // to which the primary sent it, until that takes it
	request *request  // under way on it
	closing bool      // is closed after the answer
	used    int64     // moment of the last answer
	timer   des.Timer // idle: when the server closes it; offered: when the message arrives

	prev, next *conn
}

// pump sends what waits, as far as the browser's connections allow.
func (v *visitor) pump() {
	for len(v.queue) > 0 {
		cn := v.idleConn()
		if cn == nil {
			if v.c.sc.Connection != scenario.PerRequest && len(v.conns) >= v.connLimit() {
				return
			}
			cn = v.open()
		}
		r := v.queue[0]
		v.queue = v.queue[:copy(v.queue, v.queue[1:])]
		r.send(cn)
	}
}

// connLimit is how many connections the browser opens.
func (v *visitor) connLimit() int {
	if v.c.sc.Connection == scenario.Browser {
		return browserConns
	}
	return 1
}

// idleConn gives the kept connection to use, as Chromium chooses: the one that
// was used last.
func (v *visitor) idleConn() *conn {
	var best *conn
	for _, cn := range v.conns {
		if cn.request == nil && !cn.closing && (best == nil || cn.used > best.used) {
			best = cn
		}
	}
	return best
}

func (v *visitor) open() *conn {
	c := v.c
	c.lastConn++
	cn := &conn{c: c, number: c.lastConn, v: v, closing: c.sc.Connection == scenario.PerRequest}
	cn.timer.Init(c.env, cn)
	v.conns = append(v.conns, cn)
	c.conns.add(cn)
	c.emit(trace.Event{Kind: trace.ConnOpened, Conn: cn.number, Visitor: v.id})
	return cn
}

// answered is called when the request on the connection is over: the
// connection is closed, or kept until the server loses patience.
func (cn *conn) answered(why trace.Why) {
	cn.request = nil
	cn.used = cn.c.now()
	if cn.closing {
		cn.close(why)
		return
	}
	if cn.c.usesNginx() {
		cn.timer.Set(nginxKeepAlive)
	} else {
		cn.timer.Set(nodeKeepAlive)
	}
}

// retire closes the connection now if it is idle, else after its answer.
func (cn *conn) retire(why trace.Why) {
	cn.closing = true
	if cn.request == nil {
		cn.close(why)
	}
}

func (cn *conn) close(why trace.Why) {
	cn.timer.Stop()
	cn.c.primary.forget(cn)
	if cn.offered != nil {
		cn.offered.unload()
		cn.offered = nil
	}
	cn.v.conns = slices.DeleteFunc(cn.v.conns, func(other *conn) bool { return other == cn })
	cn.c.conns.remove(cn)
	cn.c.emit(trace.Event{Kind: trace.ConnClosed, Conn: cn.number, Why: why})
}

// Fire is the end of what the connection waited for: the primary's message to
// a worker has arrived, or the server's patience is over.
func (cn *conn) Fire() {
	if cn.offered != nil {
		cn.c.primary.deliver(cn)
		return
	}
	cn.close(trace.WhyIdle)
}

// connList holds the open connections in the order of opening.
type connList struct{ first, last *conn }

func (l *connList) add(cn *conn) {
	cn.prev = l.last
	if l.last != nil {
		l.last.next = cn
	} else {
		l.first = cn
	}
	l.last = cn
}

func (l *connList) remove(cn *conn) {
	if cn.prev != nil {
		cn.prev.next = cn.next
	} else {
		l.first = cn.next
	}
	if cn.next != nil {
		cn.next.prev = cn.prev
	} else {
		l.last = cn.prev
	}
	cn.prev, cn.next = nil, nil
}
