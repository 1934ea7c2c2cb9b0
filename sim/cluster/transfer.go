package cluster

import (
	"strconv"

	"procession/sim/machine"
	"procession/sim/scenario"
	"procession/sim/trace"
)

// The two accounts in the memory of a process, and the locks that guard them.
const (
	checking = "checking"
	savings  = "savings"
)

// opening is the money in each account when a process begins.
const opening = 100

// transfer moves one from an account to the other. Threads guard each account
// with a lock of its own and need both. If every second visitor moves money the
// other way and takes the locks in the opposite order (lock-order=opposite),
// two can end up with one each, waiting for the other for ever. Without locks
// (lock=none) nobody waits, and money is lost. An event loop runs one transfer
// to its end before the next, and needs no locks.
func (in *instance) transfer(t *machine.Task, r *request) {
	from, to := checking, savings
	if in.c.sc.LockOrder == scenario.Opposite && r.v.number%2 == 1 {
		from, to = to, from
	}
	guarded := in.proc.Threads > 1 && in.c.sc.Lock == "mutex"
	if guarded {
		in.proc.Lock(from).Lock(t, r) // ▸ lock.waited.first, lock.acquired.first
	}
	in.move(t, r, from, -1) // ▸ after lock.acquired.first
	if guarded {
		in.proc.Lock(to).Lock(t, r) // ▸ lock.waited.second, lock.acquired.second, lock.deadlocked
	}
	in.move(t, r, to, +1) // ▸ after lock.acquired.second
	if guarded {
		in.proc.Lock(to).Unlock(t, r)   // ▸ lock.released.second
		in.proc.Lock(from).Unlock(t, r) // ▸ lock.released.first
	}
}

// move adds to an account in three steps: read, add, write. Another thread may
// be in between if there is no lock.
func (in *instance) move(t *machine.Task, r *request, account string, by int) {
	c, mem := in.c, t.Memory()
	money, seen := opening, in.written[account]
	if text, ok := mem.Get(t, account); ok { // read …
		money, _ = strconv.Atoi(text)
	}
	t.Compute(c.costs.Ledger) // … add …
	money += by
	mem.Put(t, account, strconv.Itoa(money)) // … and write ▸ account.written
	lost := in.written[account] != seen
	in.written[account]++
	c.emit(trace.Event{Kind: trace.AccountWritten, Req: r.ref(), Visitor: r.v.id, Pid: int16(in.pid), Tid: int16(t.Thread().Tid),
		Mem: in.mem, Text: c.log.ID(account), Count: int32(money)})
	if lost {
		c.lose(r, in.pid, in.mem, account) // ▸ update.lost
	}
}
