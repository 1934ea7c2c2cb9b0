package cluster

import (
	"strconv"

	"procession/sim/machine"
	"procession/sim/scenario"
	"procession/sim/trace"
)

// own is a handler of an author's own: it takes one step after the other. What
// it keeps in memory is in the memory of the process that runs it, and no other
// process knows of that. One that uses the session stands behind the session
// middleware, as those of the app do.
func (r *request) own(t *machine.Task, in *instance) {
	c, h, thread := r.c, r.c.sc.Handler(r.op), t.Thread().Tid
	steps := steps{c: c, in: in, r: r, task: t}
	if !h.UsesSession() {
		t.Compute(c.costs.Handle)                // ▸ after request.started
		r.answer(steps.take(h.Steps), 0, thread) // ▸ request.answered
		return
	}
	s, err := in.sessions.load(t, r) // ▸ session.read, store.*.get, lock.*.read
	if err != nil {
		r.answer(500, 0, thread) // ▸ request.answered.unread
		return
	}
	if c.sc.Views {
		s.data.views++
	}
	t.Compute(c.costs.Handle) // ▸ after session.read
	steps.session = s
	status := steps.take(h.Steps)
	cookie, _ := in.sessions.end(t, r, s) // an error comes after the answer's first bytes ▸ session.*, store.*, lock.*
	r.answer(status, cookie, thread)      // ▸ request.answered
}

// steps is a handler of an author's own under way: the number that it has at
// hand, and what the onlooker knows of where that is from.
type steps struct {
	c       *Cluster
	in      *instance
	r       *request
	task    *machine.Task
	session *session // nil where the handler uses none
	number  int
	missing bool         // it was read where nothing is
	asked   bool         // some memory was asked for a number
	seen    map[spot]int // how often a number was written when it was read
}

// spot is where a number is: its name in a memory.
type spot struct {
	mem  trace.Memory
	name string
}

// take takes the steps, and gives the status of the answer. That shows the
// number at hand, if the handler has asked a memory for one.
func (s *steps) take(all []scenario.Step) (status int) {
	s.missing = true
	status = s.through(all)
	if s.asked {
		s.r.shows = strconv.Itoa(s.number)
	}
	return status
}

// through goes through the steps as far as the first answer.
func (s *steps) through(all []scenario.Step) (status int) {
	for _, step := range all {
		if !s.holds(step) {
			continue
		}
		if step.Act == scenario.Answer {
			return int(step.N)
		}
		if err := s.do(step); err != nil {
			return 500
		}
	}
	return 200
}

// holds says whether the condition of a step holds.
func (s *steps) holds(step scenario.Step) bool {
	switch step.If {
	case scenario.Over:
		return s.number > int(step.Limit)
	case scenario.Under:
		return s.number < int(step.Limit)
	case scenario.Missing:
		return s.missing
	}
	return true
}

// mostNumber is what a number at hand can be at most, either way.
const mostNumber = 1_000_000_000

// have takes a number at hand.
func (s *steps) have(n int) {
	s.number, s.missing = min(max(n, -mostNumber), mostNumber), false
}

func (s *steps) do(step scenario.Step) error {
	t, n := s.task, int(step.N)
	switch step.Act {
	case scenario.Compute:
		t.Compute(step.N)
	case scenario.Pause:
		t.Pause(step.N)
	case scenario.Add:
		t.Compute(s.c.costs.Ledger) // … another thread may read the same number here
		s.have(s.number + n)
	case scenario.Put:
		s.have(n)
	case scenario.Read:
		s.asked = true
		return s.read(step)
	case scenario.Write:
		return s.write(step)
	case scenario.Incr:
		s.asked = true
		return s.in.storeClient().call(t, s.r, words{"INCR", step.Name}, func(reply any) { // ▸ store.*.incr
			s.have(int(reply.(int64)))
			s.written(spot{trace.Store, step.Name}, s.c.store.written, false) // ▸ value.written.store
		})
	}
	return nil
}

// read takes the number of a place at hand; where there is none it is 0.
func (s *steps) read(step scenario.Step) error {
	s.number, s.missing = 0, true
	found := func(text string, ok bool) {
		if n, err := strconv.Atoi(text); ok && err == nil {
			s.have(n)
		}
	}
	switch step.Place {
	case scenario.InSession:
		if n, ok := s.session.data.number(step.Name); ok {
			s.have(n)
		}
	case scenario.Store:
		return s.in.storeClient().call(s.task, s.r, words{"GET", step.Name}, func(reply any) { // ▸ store.*.get
			text, ok := reply.(string)
			found(text, ok)
			s.saw(spot{trace.Store, step.Name}, s.c.store.written)
		})
	default:
		s.in.access(s.task, s.r, valuesLock, false, func(mem *machine.Memory) { // ▸ lock.*.values
			text, ok := mem.Get(s.task, valuePrefix+step.Name)
			found(text, ok)
			s.saw(spot{s.in.mem, step.Name}, s.in.written)
		})
	}
	return nil
}

// write keeps the number at hand in a place.
func (s *steps) write(step scenario.Step) error {
	text := strconv.Itoa(s.number)
	switch step.Place {
	case scenario.InSession:
		s.session.data.setNumber(step.Name, s.number)
	case scenario.Store:
		return s.in.storeClient().call(s.task, s.r, words{"SET", step.Name, text}, func(any) { // ▸ store.*.set
			s.written(spot{trace.Store, step.Name}, s.c.store.written, true) // ▸ value.written.store, update.lost.store
		})
	default:
		s.in.access(s.task, s.r, valuesLock, true, func(mem *machine.Memory) { // ▸ lock.*.values
			mem.Put(s.task, valuePrefix+step.Name, text)
			s.written(spot{s.in.mem, step.Name}, s.in.written, true) // ▸ value.written.memory, update.lost.memory
		})
	}
	return nil
}

// Where numbers are in the memory of a process, and the lock that guards them
// where threads share it.
const (
	valuePrefix = "value:"
	valuesLock  = "values"
)

// saw notes how often a number had been written when it was read.
func (s *steps) saw(at spot, times map[string]int) {
	if s.seen == nil {
		s.seen = map[spot]int{}
	}
	s.seen[at] = times[valuePrefix+at.name]
}

// written tells that a number was written, and whether that put away what
// others had written since this handler read it. What is done in one step puts
// nothing away.
func (s *steps) written(at spot, times map[string]int, replaces bool) {
	c, r, key := s.c, s.r, valuePrefix+at.name
	seen, read := s.seen[at]
	lost := replaces && read && times[key] != seen
	times[key]++
	if read || !replaces {
		s.saw(at, times) // what it has written itself it knows
	}
	if at.mem == trace.Store {
		c.store.values[at.name] = int32(s.number)
	}
	c.emit(trace.Event{Kind: trace.ValueWritten, Req: r.ref(), Visitor: r.v.id, Pid: int16(s.in.pid), Tid: int16(s.task.Thread().Tid), Mem: at.mem,
		Text: c.log.ID(at.name), Count: int32(s.number)})
	if lost {
		c.lose(r, s.in.pid, at.mem, at.name)
	}
}
