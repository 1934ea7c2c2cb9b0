package cluster

import (
	"slices"

	"procession/sim/trace"
)

// primary is the primary process of Node's cluster (under pm2: its daemon). It
// accepts connections and hands them to the workers, strictly in turn. Two
// queues are all of it: connections that wait for a worker, and workers that
// wait for a connection. A worker that has taken one says so, and takes the
// next or joins the tail; a worker that computes says nothing, and so gets
// nothing new. Where a single process listens for itself (fork mode, or one
// process of threads) there is no primary.
type primary struct {
	c       *Cluster
	free    []*instance
	pending []*conn
}

// connect takes a new connection. With HTTP/2 more requests can come on it
// before a worker has it.
func (p *primary) connect(cn *conn) {
	if cn.offered != nil || slices.Contains(p.pending, cn) {
		return
	}
	if in := p.alone(); in != nil {
		p.accept(cn, in, p.c.costs.Hop)
		return
	}
	if !p.c.anyListens() {
		cn.refuse()
		return
	}
	p.pending = append(p.pending, cn)
	if len(p.free) > 0 {
		in := p.free[0]
		p.free = p.free[:copy(p.free, p.free[1:])]
		p.handOff(in)
	}
}

// alone gives the one process that listens by itself, nil when there is a cluster.
func (p *primary) alone() *instance {
	if !p.absent() || len(p.c.workers) != 1 {
		return nil
	}
	if w := p.c.workers[0]; w.state == up {
		return w.inst
	}
	return nil
}

// absent says whether one process listens for itself.
func (p *primary) absent() bool { return p.c.sc.Forks() && p.c.slots() == 1 }

// handOff sends the first waiting connection to a worker that is free.
func (p *primary) handOff(in *instance) {
	if len(p.pending) == 0 {
		p.free = append(p.free, in)
		return
	}
	cn := p.pending[0]
	p.pending = p.pending[:copy(p.pending, p.pending[1:])]
	cn.offered = in
	in.load++
	p.c.env.Schedule(p.c.costs.Handover, &offer{cn, in})
}

// offer is the primary's message to a worker: here is a connection. It arrives
// whatever has become of the connection meanwhile.
type offer struct {
	cn *conn
	in *instance
}

// Fire is the message's arrival: the worker takes the connection as soon as
// its event loop comes to it.
func (o *offer) Fire() {
	if o.in.proc.Dead() {
		return // the connection is lost: neither answered nor reset
	}
	o.in.proc.Thread(1).Call((*taking)(o), o.in.c.costs.Accept)
}

// taking is a worker taking over a connection.
type taking offer

// Fire tells the primary, and reads the first request, which lies in the
// connection already.
func (t *taking) Fire() {
	p := &t.in.c.primary
	t.in.reply.Set(p.c.costs.Handover)
	if t.cn.offered != t.in {
		return // closed meanwhile
	}
	t.cn.offered = nil
	if t.in.told == 0 {
		p.accept(t.cn, t.in, p.c.costs.HandedOver)
	} else {
		p.connect(t.cn) // its server is closed: another one takes it
	}
	t.in.unload()
}

// accept gives a connection to an instance, and the requests that have come on
// it, which need so many µs more.
func (p *primary) accept(cn *conn, in *instance, hop int64) {
	cn.inst, cn.accepted = in, true
	p.c.emit(trace.Event{Kind: trace.ConnAccepted, Conn: cn.number, Pid: int16(in.pid)})
	for _, r := range cn.requests {
		if r.arrived && !r.closed {
			r.route(in, hop)
		}
	}
}

// joined puts a worker that is ready for a connection at the end of the round,
// unless it is there.
func (p *primary) joined(in *instance) {
	if !p.absent() && !slices.Contains(p.free, in) {
		p.handOff(in)
	}
}

// left forgets a worker that no longer takes connections. Without any worker
// there is nobody who listens, and what waits is refused.
func (p *primary) left(in *instance) {
	p.remove(in)
	if p.c.anyListens() {
		return
	}
	pending := p.pending
	p.pending = nil
	for _, cn := range pending {
		cn.refuse()
	}
}

// refuse tells the browser that nobody takes the connection.
func (cn *conn) refuse() {
	for _, r := range cn.requests {
		if r.arrived {
			r.reset(trace.WhyRefused)
		}
	}
}

// remove gives a worker no more connections.
func (p *primary) remove(in *instance) {
	p.free = slices.DeleteFunc(p.free, func(other *instance) bool { return other == in })
}

// restart begins anew with the workers that there are.
func (p *primary) restart() {
	p.free = nil
	for _, w := range p.c.workers {
		if w.state == up {
			p.joined(w.inst)
		}
	}
	p.restartIfAlone()
}

// restartIfAlone hands what waits to the one process that is left.
func (p *primary) restartIfAlone() {
	if in := p.alone(); in != nil {
		pending := p.pending
		p.pending = nil
		for _, cn := range pending {
			p.accept(cn, in, p.c.costs.Hop)
		}
	}
}

// forget lets go of a connection that is closed.
func (p *primary) forget(cn *conn) {
	p.pending = slices.DeleteFunc(p.pending, func(other *conn) bool { return other == cn })
}
