package fair

import (
	"context"
	"slices"
	"sync"
	"time"
)

// Queue gives turns. It may be used by many goroutines.
type Queue struct {
	o Options

	mu    sync.Mutex
	free  int      // turns that nobody has
	root  *account // above all addresses
	swept time.Time
}

// sweepEvery is how often accounts that say nothing any more are let go of.
const sweepEvery = 10 * time.Second

// New makes a queue.
func New(o Options) *Queue {
	o = o.withDefaults()
	return &Queue{o: o, free: o.Turns, root: newAccount("", nil, o.Turns), swept: time.Now()}
}

// Do waits for a turn, and does something in it, which should end soon after
// spent says true. What it took is charged, also when it panics. The error is
// the context's cause: then nothing was done.
func (q *Queue) Do(ctx context.Context, who Who, do func(spent func() bool)) error {
	client, err := q.enter(ctx, who, 0)
	if err != nil {
		return err
	}
	q.perform(client, do)
	return nil
}

// Within is Do for those who would rather come back than wait for long. The
// error may also be a *Busy: there was no turn within the wait, there will be
// none since the client or its address is over its limits for longer than
// that, or too many of the address wait already.
func (q *Queue) Within(ctx context.Context, who Who, wait time.Duration, do func(spent func() bool)) error {
	if debt := q.Debt(who); debt > wait {
		return newBusy(debt)
	}
	ctx, cancel := context.WithTimeoutCause(ctx, wait, newBusy(wait/2))
	defer cancel()
	client, err := q.enter(ctx, who, q.o.Waiting)
	if err != nil {
		return err
	}
	q.perform(client, do)
	return nil
}

// Debt says for how long a client, or its address, is over its limits if it
// asks for nothing more; 0: it is not.
func (q *Queue) Debt(who Who) time.Duration {
	q.mu.Lock()
	defer q.mu.Unlock()
	address := q.root.below[who.Address]
	if address == nil {
		return 0
	}
	now := time.Now()
	debt := address.bucket.debt(q.o.Address, now)
	if client := address.below[who.Client]; client != nil {
		debt = max(debt, client.bucket.debt(q.o.Client, now))
	}
	return debt
}

// enter waits for a turn and gives the account that has it. most is how many of
// an address may wait; 0: any number.
func (q *Queue) enter(ctx context.Context, who Who, most int) (*account, error) {
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	q.mu.Lock()
	q.sweep()
	client := q.root.child(who.Address, q.o.PerAddress).child(who.Client, q.o.Turns)
	if most > 0 && client.of.waiting >= most {
		q.mu.Unlock()
		return nil, newBusy(time.Second)
	}
	if q.free > 0 && client.of.may() { // so nobody waits for it
		q.begin(client)
		q.mu.Unlock()
		return client, nil
	}
	w := &waiter{turn: make(chan struct{})}
	client.waiters = append(client.waiters, w)
	client.queue()
	q.mu.Unlock()
	select {
	case <-w.turn:
		return client, nil
	case <-ctx.Done():
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	select {
	case <-w.turn: // at the same moment; somebody else shall have it
		q.leave(client, 0)
	default:
		i := slices.Index(client.waiters, w)
		client.waiters = slices.Delete(client.waiters, i, i+1)
		client.unqueue()
	}
	return nil, context.Cause(ctx)
}

// grant gives the free turns to those whom they belong to. The caller holds mu.
func (q *Queue) grant() {
	for q.free > 0 && len(q.root.line) > 0 {
		client := q.root.line[0].line[0]
		w := client.waiters[0]
		client.waiters = slices.Delete(client.waiters, 0, 1)
		client.unqueue()
		q.begin(client)
		close(w.turn)
	}
}

// begin gives a free turn to a client. What it will take is not known yet; so
// that one client does not get every turn meanwhile, it counts as a slice. The
// caller holds mu.
func (q *Queue) begin(client *account) {
	q.free--
	client.begin()
	client.charge(sliceTime)
}

// perform does something in a turn.
func (q *Queue) perform(client *account, do func(spent func() bool)) {
	begun := time.Now()
	defer func() {
		took := time.Since(begun)
		q.mu.Lock()
		defer q.mu.Unlock()
		q.leave(client, took)
	}()
	do(func() bool { return time.Since(begun) >= sliceTime })
}

// leave is the end of a turn. The caller holds mu.
func (q *Queue) leave(client *account, took time.Duration) {
	client.charge(took - sliceTime)
	now := time.Now()
	client.bucket.leak(q.o.Client, now)
	client.bucket.used += took
	client.of.bucket.leak(q.o.Address, now)
	client.of.bucket.used += took
	if debt := client.of.bucket.debt(q.o.Address, now); debt > 0 {
		q.rest(client.of, debt)
	}
	client.end()
	q.free++
	q.grant()
}

// rest gives an address no turn for a while. The caller holds mu.
func (q *Queue) rest(address *account, d time.Duration) {
	if address.rests {
		return
	}
	address.rests = true
	time.AfterFunc(d, func() {
		q.mu.Lock()
		defer q.mu.Unlock()
		address.rests = false
		address.lineUp()
		q.grant()
	})
}

// sweep lets go of accounts that say nothing any more. The caller holds mu.
func (q *Queue) sweep() {
	now := time.Now()
	if now.Sub(q.swept) < sweepEvery {
		return
	}
	q.swept = now
	for _, address := range q.root.below {
		for _, client := range address.below {
			if client.idle(q.o.Client, now) {
				delete(address.below, client.key)
			}
		}
		if len(address.below) == 0 && address.idle(q.o.Address, now) {
			delete(q.root.below, address.key)
		}
	}
}

// idle says whether nothing would be forgotten with an account.
func (a *account) idle(r Rate, now time.Time) bool {
	a.bucket.leak(r, now)
	return a.waiting == 0 && a.turns == 0 && !a.rests && a.bucket.used == 0
}
