package trace

import (
	"maps"
	"slices"
	"strings"
)

// The states of a worker, and of the store.
const (
	workerStarting = "starting"
	workerUp       = "up"
	workerStopping = "stopping"
	workerDown     = "down"
	storeUp        = "up"
	storeDown      = "down"
	storeSlow      = "slow"
	storeFull      = "full"
)

// process is a worker in a Picture: its present life, or when it is down its last.
type process struct {
	pid     int16
	mem     Memory
	leaving Memory // of the process before, which still finishes what it has
	state   string
	until   int64
	threads int16
	done    int
	jobs    int
	own     memory
	locks   []*LockView // by name
}

func processOf(w WorkerView) *process {
	p := &process{pid: w.Pid, mem: w.Mem, leaving: w.Leaving, state: w.State, until: w.Until, threads: w.Threads, done: w.Done, jobs: w.Jobs, own: newMemory(w.Sessions, w.Count, w.Values)}
	for _, l := range w.Locks {
		l.Waiting = slices.Clone(l.Waiting)
		p.locks = append(p.locks, &l)
	}
	return p
}

// forget empties the memory of the process, which is gone with it.
func (p *process) forget() {
	p.own = newMemory(nil, 0, nil)
	p.locks = nil
}

// lock gives the lock of a name. One that was never taken before is made.
func (p *process) lock(name string) *LockView {
	i, found := slices.BinarySearchFunc(p.locks, name, func(l *LockView, name string) int { return strings.Compare(l.Name, name) })
	if !found {
		p.locks = slices.Insert(p.locks, i, &LockView{Name: name})
	}
	return p.locks[i]
}

func (p *process) view() WorkerView {
	w := WorkerView{Pid: p.pid, Mem: p.mem, Leaving: p.leaving, State: p.state, Until: p.until, Threads: p.threads, Sessions: p.own.view(), Done: p.done, Count: p.own.count, Values: p.own.list(), Jobs: p.jobs, Locks: []LockView{}}
	for _, l := range p.locks {
		w.Locks = append(w.Locks, LockView{Name: l.Name, Holder: l.Holder, Waiting: list(l.Waiting)})
	}
	return w
}

// memory is what a Picture knows of a memory in which sessions live.
type memory struct {
	sessions map[string]SessionView // by sid
	count    int32
	values   map[string]int32 // by name
}

func newMemory(sessions []SessionView, count int32, values []ValueView) memory {
	m := memory{sessions: map[string]SessionView{}, count: count, values: map[string]int32{}}
	for _, v := range values {
		m.values[v.Name] = v.Value
	}
	for _, s := range sessions {
		m.sessions[s.Sid] = s
	}
	return m
}

// view gives the sessions by sid.
func (m memory) view() []SessionView {
	all := []SessionView{}
	for _, sid := range slices.Sorted(maps.Keys(m.sessions)) {
		all = append(all, m.sessions[sid])
	}
	return all
}

// list gives the values by name.
func (m memory) list() []ValueView {
	all := []ValueView{}
	for _, name := range slices.Sorted(maps.Keys(m.values)) {
		all = append(all, ValueView{Name: name, Value: m.values[name]})
	}
	return all
}
