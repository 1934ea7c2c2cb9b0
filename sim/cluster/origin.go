package cluster

import "procession/sim/trace"

// origin is what the onlooker knows of a session: where it is. No instance knows that; the trace tells it to explain a miss.
type origin struct {
	home trace.Memory // where it was saved last; 0: nowhere any more
	why  trace.Why    // why it is nowhere
	// version counts the changes of its data.
	version int
}

// overwritten says what a session was saved over.
type overwritten uint8

const (
	overItself overwritten = iota // what its request had loaded, or nothing
	overUpdate                    // an update that its request had not seen
	overEnd                       // its own end: it was destroyed since its request had loaded it
)

// saved notes where a session was saved, and over what.
func (c *Cluster) saved(s *session, mem trace.Memory) overwritten {
	o := c.sids[s.id.text]
	if o == nil {
		o = &origin{}
		c.sids[s.id.text] = o
	}
	ended := o.home == 0 && o.why == trace.WhyDestroyed
	o.home, o.why = mem, 0
	// With resave a request that only read writes its copy, too.
	changed := s.isOld() && o.version != s.version
	if changed || s.isModified() {
		o.version++
	}
	switch {
	case !s.isOld():
		return overItself
	case ended:
		return overEnd
	case changed:
		return overUpdate
	}
	return overItself
}

// overwrote tells what a session was saved over.
func (c *Cluster) overwrote(what overwritten, r *request, pid int, mem trace.Memory, s *session) {
	switch what {
	case overUpdate:
		c.lose(r, pid, mem, s.data.json())
	case overEnd:
		c.revive(r, r.ref(), pid, mem, s.id, s.data.json())
	}
}

// revive tells of a session that lives again after its end. req is the number
// of its request, 0 when nobody waits for that any more.
func (c *Cluster) revive(r *request, req int32, pid int, mem trace.Memory, id sid, data string) {
	c.emit(trace.Event{Kind: trace.SessionRevived, Req: req, Visitor: r.v.id, Pid: int16(pid), Mem: mem, Sid: c.name(id), Text: c.log.Passing(data)})
}

// lose tells of a lost update.
func (c *Cluster) lose(r *request, pid int, mem trace.Memory, what string) {
	c.totals.Lost++
	c.emit(trace.Event{Kind: trace.UpdateLost, Req: r.ref(), Visitor: r.v.id, Op: r.op, Pid: int16(pid), Mem: mem, Text: c.log.Passing(what)})
}

// gone notes that a session is no longer in a memory.
func (c *Cluster) gone(sid string, mem trace.Memory, why trace.Why) {
	if o := c.sids[sid]; o != nil && o.home == mem {
		o.home, o.why = 0, why
	}
}

// unsaved notes that a command could not save its session. One that was saved
// before stays as it was.
func (c *Cluster) unsaved(words words) {
	if sid, ok := sessionOf(words); ok && c.sids[sid] == nil {
		c.sids[sid] = &origin{why: trace.WhyFull}
	}
}

// blame says why a session was not found in the memory that was asked, and
// where it lives.
func (c *Cluster) blame(sid string, asked trace.Memory) (home trace.Memory, why trace.Why) {
	o := c.sids[sid]
	switch soon := c.savesTo(sid); {
	case soon != 0 && soon == asked:
		return 0, trace.WhyUnsaved
	case soon != 0:
		return soon, trace.WhyElsewhere
	case o == nil:
		return 0, trace.WhyUnknown
	case o.home == 0:
		return 0, o.why
	case o.home == trace.Store && asked == trace.Store:
		return 0, trace.WhyFlushed
	case o.home > 0 && c.current(o.home) == nil:
		return 0, trace.WhyDied
	}
	return o.home, trace.WhyElsewhere
}

// current gives the instance that has a memory now, nil when none has.
func (c *Cluster) current(mem trace.Memory) *instance {
	if w := c.worker(mem.Pid()); w != nil && w.inst != nil && w.inst.mem == mem {
		return w.inst
	}
	return nil
}
