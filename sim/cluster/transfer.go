package cluster

import (
	"procession/sim/machine"
	"procession/sim/scenario"
)

// The locks of the two accounts.
const (
	checking = "checking"
	savings  = "savings"
)

// transfer moves money between two accounts. Threads guard each account with
// a lock of its own and need both. If every second visitor takes the locks in the
// opposite order (lock-order=opposite), two can end up with one each, waiting
// for the other for ever. An event loop runs one transfer to its end before
// the next, and needs no locks.
func (in *instance) transfer(t *machine.Task, r *request) {
	c := in.c
	if in.proc.Threads == 1 || c.sc.Lock == "none" {
		t.Compute(2 * c.costs.Ledger)
		return
	}
	from, to := checking, savings
	if c.sc.LockOrder == scenario.Opposite && r.v.number%2 == 1 {
		from, to = to, from
	}
	in.proc.Lock(from).Lock(t, r)   // ▸ lock.waited.first, lock.acquired.first
	t.Compute(c.costs.Ledger)       // ▸ after lock.acquired.first
	in.proc.Lock(to).Lock(t, r)     // ▸ lock.waited.second, lock.acquired.second, lock.deadlocked
	t.Compute(c.costs.Ledger)       // ▸ after lock.acquired.second
	in.proc.Lock(to).Unlock(t, r)   // ▸ lock.released.second
	in.proc.Lock(from).Unlock(t, r) // ▸ lock.released.first
}
