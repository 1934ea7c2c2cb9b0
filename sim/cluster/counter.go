package cluster

import (
	"strconv"

	"procession/sim/machine"
	"procession/sim/scenario"
	"procession/sim/trace"
)

// counterKey is where the counter stands, in a memory or in the store.
const counterKey = "counter"

// count adds one to the counter: that of the process's own memory, or the one
// in the store. Read, add, write are three steps; who else is in between is
// the point. (counter=atomic does it in one.)
func (in *instance) count(t *machine.Task, r *request) (status int) {
	c := in.c
	if c.sc.Mode == scenario.Store {
		return in.countInStore(t, r)
	}
	mem := t.Memory()
	read := func() int {
		text, _ := mem.Get(t, counterKey)
		n, _ := strconv.Atoi(text) // an empty counter is 0
		return n
	}
	write := func(n, seen int) {
		mem.Put(t, counterKey, strconv.Itoa(n)) // ▸ counter.counted.memory
		c.counted(r, in.pid, in.mem, n, seen)
	}
	switch {
	case in.proc.Threads == 1 || c.sc.Counter == scenario.Atomic:
		t.Compute(c.costs.Ledger)
		write(read()+1, c.countVersion[in.mem]) // ▸ steps read, add, write
	case c.sc.Lock == "mutex":
		lock := in.proc.Lock(counterKey)
		lock.Lock(t, r) // ▸ lock.waited, lock.acquired
		n, seen := read(), c.countVersion[in.mem]
		t.Compute(c.costs.Ledger) // ▸ after lock.acquired
		write(n+1, seen)
		lock.Unlock(t, r) // ▸ lock.released
	default:
		n, seen := read(), c.countVersion[in.mem]
		t.Compute(c.costs.Ledger) // … another thread may read the same number here
		write(n+1, seen)
	}
	return 200
}

// countInStore does the same with GET and SET, or with INCR.
func (in *instance) countInStore(t *machine.Task, r *request) (status int) {
	c := in.c
	if c.sc.Counter == scenario.Atomic {
		err := in.storeClient().call(t, r, words{"INCR", counterKey}, func(reply any) { // ▸ store.*.incr
			c.counted(r, in.pid, trace.Store, int(reply.(int64)), c.countVersion[trace.Store])
		})
		return statusOf(err)
	}
	n, seen := 0, 0
	err := in.storeClient().call(t, r, words{"GET", counterKey}, func(reply any) { // ▸ store.*.get
		text, _ := reply.(string)
		n, _ = strconv.Atoi(text) // no counter is 0
		seen = c.countVersion[trace.Store]
	})
	if err != nil {
		return 500
	}
	text := strconv.Itoa(n + 1)
	err = in.storeClient().call(t, r, words{"SET", counterKey, text}, func(any) { // ▸ store.*.set
		c.counted(r, in.pid, trace.Store, n+1, seen)
	})
	return statusOf(err)
}

func statusOf(err error) int {
	if err != nil {
		return 500
	}
	return 200
}

// counted tells that a counter was written, and whether that put away what
// others had added since it was read.
func (c *Cluster) counted(r *request, pid int, mem trace.Memory, n, seen int) {
	lost := c.countVersion[mem] != seen
	c.countVersion[mem]++
	c.counts[mem] = n
	c.emit(trace.Event{Kind: trace.CounterCounted, Req: r.ref(), Visitor: r.v.id, Pid: int16(pid), Tid: r.tid, Mem: mem, Count: int32(n)})
	if lost {
		c.lose(r, pid, mem, counterKey) // ▸ update.lost
	}
}
