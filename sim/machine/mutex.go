package machine

import (
	"fmt"
	"strings"
)

// Mutex is a lock for the threads of one process: who finds it taken waits,
// off the core, in the order of coming.
type Mutex struct {
	Name    string
	m       *Machine
	holder  *Task
	waiting []waiting
}

// Waiter is told what happens between a task and a lock.
type Waiter interface {
	// Waited: the lock is taken; the task will wait.
	Waited(t *Task, l *Mutex)
	// Acquired: the lock is the task's, after so many µs.
	Acquired(t *Task, l *Mutex, waited int64)
	// Released: the task gave the lock back.
	Released(t *Task, l *Mutex)
	// Deadlocked: with the task's waiting, threads wait for each other in a
	// circle ("checking:1,savings:2", see circle). Nobody in it will ever go on.
	Deadlocked(t *Task, l *Mutex, circle string)
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
		who.Acquired(t, l, 0)
		return
	}
	l.waiting = append(l.waiting, waiting{task: t, since: l.m.env.Now(), who: who})
	t.waitsFor = l
	who.Waited(t, l)
	if circle := l.circle(t); circle != "" {
		who.Deadlocked(t, l, circle)
	}
	t.Block()
}

// Unlock gives the lock to the first who waits.
func (l *Mutex) Unlock(t *Task, who Waiter) {
	if l.holder != t {
		panic("machine: Mutex.Unlock: the task does not hold the lock")
	}
	l.holder = nil
	who.Released(t, l)
	if len(l.waiting) == 0 {
		return
	}
	w := l.waiting[0]
	l.waiting = l.waiting[:copy(l.waiting, l.waiting[1:])]
	l.holder = w.task
	w.task.waitsFor = nil
	w.who.Acquired(w.task, l, l.m.env.Now()-w.since)
	w.task.Unblock(0)
}

// Holder gives the thread that has the lock; 0: it is free.
func (l *Mutex) Holder() int {
	if l.holder == nil {
		return 0
	}
	return l.holder.thread.Tid
}

// Waiting gives the threads that wait for the lock, in the order of waiting.
func (l *Mutex) Waiting() []int {
	tids := make([]int, len(l.waiting))
	for i, w := range l.waiting {
		tids[i] = w.task.thread.Tid
	}
	return tids
}

// circle follows who waits for whom, from the lock on; if that comes back to
// the task, it gives each lock of the way and the thread that holds it, else
// nothing. Each holder waits for the lock that comes next, the last one, the
// task, for the first.
func (l *Mutex) circle(t *Task) string {
	var b strings.Builder
	at := l
	for range t.thread.process.locks { // a circle has at most all locks in it
		if b.Len() > 0 {
			b.WriteByte(',')
		}
		if at.holder == nil || at.holder.waitsFor == nil {
			return ""
		}
		fmt.Fprintf(&b, "%s:%d", at.Name, at.holder.thread.Tid)
		if at.holder == t {
			return b.String()
		}
		at = at.holder.waitsFor
	}
	return "" // the circle is elsewhere; the task only waits for it
}
