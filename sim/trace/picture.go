package trace

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
)

// Picture is what the events of a run add up to. It is made of events alone,
// so that runs that were recorded, or that something else than the simulator
// made, can be shown: after any number of events its Snapshot equals the
// simulator's own. It is used by one goroutine at a time.
type Picture struct {
	seq, ts  int64
	scenario map[string]string
	commands []DoneCommand
	visitors []*VisitorView // in the order of joining
	named    map[string]*VisitorView
	workers  []*process          // by pid
	lives    map[Memory]*process // those that are not down, by their memory
	cores    []CoreView          // by number
	ready    []ThreadView
	state    string // of the store
	store    memory
	executed []string // the store's last commands
	conns    map[int32]*ConnView
	requests map[int32]*RequestView
	saving   map[int32]SavingView
	totals   Totals
	ended    bool
}

// NewPicture gives the picture before anything has happened, with the present
// value of every key of the grammar but do.
func NewPicture(scenario map[string]string) *Picture {
	return PictureOf(Snapshot{Scenario: scenario, Store: StoreView{State: storeUp}})
}

// PictureOf gives the picture that a snapshot shows, to go on from there. The
// snapshot stays the caller's.
func PictureOf(s Snapshot) *Picture {
	p := &Picture{
		seq: s.Seq, ts: s.Ts, scenario: map[string]string{}, commands: slices.Clone(s.Commands),
		named: map[string]*VisitorView{}, lives: map[Memory]*process{}, cores: slices.Clone(s.Cores), ready: slices.Clone(s.Ready),
		state: s.Store.State, store: newMemory(s.Store.Sessions, s.Store.Count, s.Store.Values), executed: slices.Clone(s.Store.Commands),
		conns: map[int32]*ConnView{}, requests: map[int32]*RequestView{}, saving: map[int32]SavingView{}, totals: s.Totals, ended: s.Ended,
	}
	maps.Copy(p.scenario, s.Scenario)
	for _, v := range s.Visitors {
		v.Strip = slices.Clone(v.Strip)
		p.visitors = append(p.visitors, &v)
		p.named[v.Name] = &v
	}
	for _, w := range s.Workers {
		one := processOf(w)
		p.workers = append(p.workers, one)
		if one.state != workerDown {
			p.lives[one.mem] = one
		}
	}
	for _, c := range s.Conns {
		p.conns[c.Conn] = &c
	}
	for _, r := range s.Requests {
		p.requests[r.Req] = &r
	}
	for _, v := range s.Saving {
		p.saving[v.Req] = v
	}
	return p
}

// Apply makes the one change that an event stands for; its texts are the log's.
// An event that cannot come next is refused with an error that says why, and
// the picture stays as it was: a recording can hold anything.
func (p *Picture) Apply(log *Log, e *Event) error {
	t, err := p.read(log, e)
	if err == nil {
		err = changes[e.Kind](p, &t)
	}
	if err != nil {
		return fmt.Errorf("trace: event %d: %w", e.Seq, err)
	}
	p.seq, p.ts = e.Seq, e.Ts
	return nil
}

// Snapshot gives the picture as it is now. Nothing in it changes any more.
func (p *Picture) Snapshot() Snapshot {
	s := Snapshot{
		Seq: p.seq, Ts: p.ts, Scenario: maps.Clone(p.scenario), Commands: list(p.commands),
		Visitors: []VisitorView{}, Workers: []WorkerView{}, Cores: list(p.cores), Ready: list(p.ready),
		Store: StoreView{State: p.state, Sessions: p.store.view(), Commands: list(p.executed), Count: p.store.count, Values: p.store.list()},
		Conns: []ConnView{}, Requests: []RequestView{}, Saving: []SavingView{}, Totals: p.totals, Ended: p.ended,
	}
	for _, v := range p.visitors {
		view := *v
		view.Strip = list(v.Strip)
		s.Visitors = append(s.Visitors, view)
	}
	for _, w := range p.workers {
		s.Workers = append(s.Workers, w.view())
	}
	for _, c := range p.conns {
		s.Conns = append(s.Conns, *c)
	}
	slices.SortFunc(s.Conns, func(a, b ConnView) int { return cmp.Compare(a.Conn, b.Conn) })
	for _, r := range p.requests {
		s.Requests = append(s.Requests, *r)
	}
	slices.SortFunc(s.Requests, func(a, b RequestView) int { return cmp.Compare(a.Req, b.Req) })
	for _, req := range slices.Sorted(maps.Keys(p.saving)) {
		s.Saving = append(s.Saving, p.saving[req])
	}
	return s
}

// list copies a list, and is never nil.
func list[T any](of []T) []T { return append([]T{}, of...) }
