package machine

import "fmt"

// Memory is what a process remembers: texts by key. Only tasks of that process
// can reach it, and each access names the task, so that it is checked. What is
// put in or taken out is a text, which nobody can change: a copy.
type Memory struct {
	owner *Process
	cells map[string]string
	// writer is the task that is in the middle of changing the cells.
	writer *Task
}

// Enter begins an access that takes time, and says whether that is safe: it is
// not while another thread is writing. It looks as Go's runtime does, only at
// the beginning of an access: a writer who comes while another thread reads is
// not noticed. Nothing is guarded. Leave ends the access.
func (m *Memory) Enter(t *Task, write bool) (safe bool) {
	m.check(t, "Enter")
	if m.writer != nil {
		return false
	}
	if write {
		m.writer = t
	}
	return true
}

// Leave ends an access.
func (m *Memory) Leave(t *Task) {
	if m.writer == t {
		m.writer = nil
	}
}

// Get gives what is under a key.
func (m *Memory) Get(t *Task, key string) (string, bool) {
	m.check(t, "Get")
	v, ok := m.cells[key]
	return v, ok
}

// Put puts a value under a key.
func (m *Memory) Put(t *Task, key, value string) {
	m.check(t, "Put")
	m.cells[key] = value
}

// Delete removes a key and says whether it was there.
func (m *Memory) Delete(t *Task, key string) bool {
	m.check(t, "Delete")
	_, ok := m.cells[key]
	delete(m.cells, key)
	return ok
}

// check enforces the isolation: a process that reaches into another one's
// memory is a broken invariant, as a segmentation fault is.
func (m *Memory) check(t *Task, method string) {
	if t.thread.process != m.owner {
		panic(fmt.Sprintf("machine: Memory.%s: worker %d reached into the memory of worker %d", method, t.thread.process.Pid, m.owner.Pid))
	}
}
