package machine

// Mutex is a lock for the threads of one process: who finds it taken waits,
// off the core, in the order of coming.
type Mutex struct {
	m       *Machine
	holder  *Task
	waiting []waiting
}

// Waiter is told what happens to who wants a lock and does not get it at once.
type Waiter interface {
	// Waited: the lock is taken; the task will wait.
	Waited(t *Task)
	// Acquired: the lock is the task's, after so many µs.
	Acquired(t *Task, waited int64)
}

type waiting struct {
	task  *Task
	since int64
	who   Waiter
}

// Lock takes the lock, at once or after those who came before.
func (l *Mutex) Lock(t *Task, who Waiter) {
	if l.holder == nil {
		l.holder = t
		return
	}
	l.waiting = append(l.waiting, waiting{task: t, since: l.m.env.Now(), who: who})
	who.Waited(t)
	t.Block()
}

// Unlock gives the lock to the first who waits.
func (l *Mutex) Unlock(t *Task) {
	if l.holder != t {
		panic("machine: Mutex.Unlock: the task does not hold the lock")
	}
	if len(l.waiting) == 0 {
		l.holder = nil
		return
	}
	w := l.waiting[0]
	l.waiting = l.waiting[:copy(l.waiting, l.waiting[1:])]
	l.holder = w.task
	w.who.Acquired(w.task, l.m.env.Now()-w.since)
	w.task.Unblock(0)
}
