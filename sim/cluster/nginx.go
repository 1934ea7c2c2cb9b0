package cluster

import (
	"hash/crc32"
	"strconv"

	"procession/sim/scenario"
	"procession/sim/trace"
)

// second is one in virtual µs; nginx' clock has no less.
const second = 1_000_000

// nginx is the other balancer: it stands before instances that listen on ports
// of their own, keeps the visitor's connection to itself and chooses an
// instance for every request.
type nginx struct {
	c     *Cluster
	dice  stream
	peers map[int]*peer // by pid
}

// peer is what nginx knows of an instance.
type peer struct {
	credit  int   // of the smooth round robin
	short   int   // what it lacks of its weight since it failed; in each round it gets one back
	failed  bool  // and has not answered since
	probed  bool  // it was tried again after its time was over
	checked int64 // the second of its failure, or of the try after that
}

// out says whether the instance is left out now. nginx counts in whole seconds,
// so it is for 10 to 11 s, and then for as long again, but for the one request
// that tries it.
func (p *peer) out(now int64) bool { return p.failed && now/second-p.checked <= nginxFailTimeout }

func (n *nginx) init(c *Cluster) {
	n.c = c
	n.dice = newStream(c.sc.Seed, "balancer", "")
	n.peers = map[int]*peer{}
}

// usesNginx says which of the two balancers is there.
func (c *Cluster) usesNginx() bool { return c.sc.Balancer != scenario.RoundRobin }

func (n *nginx) peer(w *worker) *peer {
	p := n.peers[w.pid]
	if p == nil {
		p = &peer{}
		n.peers[w.pid] = p
	}
	return p
}

// pass sends a request to an instance. A dead one is found out by trying: the
// next is tried at once, and the dead one is left out for a while. With nobody
// left, nginx answers 502 by itself.
func (n *nginx) pass(r *request) {
	for {
		w := n.choose(r)
		if w == nil {
			r.answer(502, 0, 0)
			return
		}
		n.peer(w).tried(n.c.now())
		if w.state == up {
			if n.c.sc.Balancer == scenario.StickyCookie && r.sticky != w.pid {
				r.cookie.sticky = w.pid
			}
			r.route(w.inst, r.c.costs.Hop)
			return
		}
		n.failed(r, w.pid)
	}
}

// tried notes that the instance is asked, maybe for the first time since it was
// left out.
func (p *peer) tried(now int64) {
	if p.failed {
		p.probed, p.checked = true, now/second
	}
}

// failed notes that an instance did not answer.
func (n *nginx) failed(r *request, pid int) {
	r.tried |= 1 << pid
	if w := n.c.worker(pid); w != nil && len(n.c.workers) > 1 { // a single one is never left out
		p := n.peer(w)
		p.failed, p.probed, p.checked = true, false, n.c.now()/second
		p.short = n.weight(w)
	}
}

// answered notes that an instance has answered.
func (n *nginx) answered(w *worker) {
	if p := n.peer(w); p.probed {
		p.failed, p.probed = false, false
	}
}

// broken is what nginx does when the instance died under a request: what only
// reads is tried on the next one, the rest is answered 502.
func (n *nginx) broken(r *request) {
	n.failed(r, r.inst.pid)
	r.release()
	switch {
	case r.closed: // nobody waits for it any more
	case r.op == trace.Visit, r.op == trace.Report, r.op == trace.Poll && r.poller == nil:
		n.pass(r)
	default:
		r.answer(502, 0, 0)
	}
}

// usable says whether a worker may be chosen for a request.
func (n *nginx) usable(r *request, w *worker) bool {
	return r.tried&(1<<w.pid) == 0 && !n.peer(w).out(n.c.now())
}

// choose picks a worker by the scenario's balancer, nil when none is left.
func (n *nginx) choose(r *request) *worker {
	workers := n.c.workers
	switch n.c.sc.Balancer {
	case scenario.Random:
		return n.random(r)
	case scenario.LeastConnections:
		// Loads are compared by their share of the weight, without dividing.
		var least *worker
		several := false
		for _, w := range workers {
			switch {
			case !n.usable(r, w):
			case least == nil || w.load()*n.weight(least) < least.load()*n.weight(w):
				least, several = w, false
			case w.load()*n.weight(least) == least.load()*n.weight(w):
				several = true
			}
		}
		if !several {
			return least
		}
		return n.roundRobin(r, func(w *worker) bool { return w.load()*n.weight(least) == least.load()*n.weight(w) })
	case scenario.IPHash:
		return n.hashed(r, n.ipHash(r.v.address))
	case scenario.CookieHash:
		if r.sid.text != "" {
			return n.hashed(r, n.keyHash(r.sid.text))
		}
	case scenario.StickyCookie:
		if w := n.c.worker(r.sticky); w != nil && n.usable(r, w) {
			return w
		}
	}
	return n.roundRobin(r, func(*worker) bool { return true })
}

func (n *nginx) weight(w *worker) int { return n.c.sc.Weight(w.pid) }

// roundRobin is nginx's smooth weighted round robin: everybody gains as much
// credit as its weight, the richest is chosen and pays for all. Who has failed
// begins with no weight at all.
func (n *nginx) roundRobin(r *request, among func(*worker) bool) *worker {
	var best *worker
	total := 0
	for _, w := range n.c.workers {
		if !n.usable(r, w) || !among(w) {
			continue
		}
		p := n.peer(w)
		p.credit += n.weight(w) - p.short
		total += n.weight(w) - p.short
		p.short = max(p.short-1, 0)
		if best == nil || p.credit > n.peer(best).credit {
			best = w
		}
	}
	if best != nil {
		n.peer(best).credit -= total
	}
	return best
}

func (n *nginx) random(r *request) *worker {
	var usable []*worker
	total := 0
	for _, w := range n.c.workers {
		if n.usable(r, w) {
			usable = append(usable, w)
			total += n.weight(w)
		}
	}
	if total == 0 {
		return nil
	}
	return n.byWeight(usable, int(n.dice.below(int64(total))))
}

// byWeight gives the worker in whose share of the total weight a number falls.
func (n *nginx) byWeight(workers []*worker, number int) *worker {
	for _, w := range workers {
		if number -= n.weight(w); number < 0 {
			return w
		}
	}
	panic("cluster: nginx.byWeight: a number beyond the total weight")
}

// hashTries is how often nginx hashes anew when a hash names a dead instance,
// before it falls back to round robin.
const hashTries = 20

// hashed takes the workers that a hash names, one try after another.
func (n *nginx) hashed(r *request, hash func() int) *worker {
	total := 0
	for _, w := range n.c.workers {
		total += n.weight(w)
	}
	if total == 0 {
		return nil
	}
	for range hashTries {
		if w := n.byWeight(n.c.workers, hash()%total); n.usable(r, w) {
			return w
		}
	}
	return n.roundRobin(r, func(*worker) bool { return true })
}

// ipHash hashes the first three octets of an address, as ip_hash does; each
// further call goes on from the hash before.
func (n *nginx) ipHash(address [4]byte) func() int {
	h := 89
	return func() int {
		for _, octet := range address[:3] {
			h = (h*113 + int(octet)) % 6271
		}
		return h
	}
}

// keyHash hashes a key, as hash does; each further call adds the hash of the
// number of the try and the key.
func (n *nginx) keyHash(key string) func() int {
	sum, try := 0, 0
	return func() int {
		text := key
		if try > 0 {
			text = strconv.Itoa(try) + key
		}
		sum += int(crc32.ChecksumIEEE([]byte(text)) >> 16 & 0x7fff)
		try++
		return sum
	}
}

func formatAddress(a [4]byte) string {
	return strconv.Itoa(int(a[0])) + "." + strconv.Itoa(int(a[1])) + "." + strconv.Itoa(int(a[2])) + "." + strconv.Itoa(int(a[3]))
}
