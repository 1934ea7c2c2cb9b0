package room_test

import (
	"sync/atomic"

	"procession/sim/scenario"
	"procession/sim/trace"
)

// fakeRun is a run in which a visitor gets an answer every so often, and
// nothing else happens but what commands say.
type fakeRun struct {
	sc        scenario.Scenario
	log       *trace.Log
	now       int64
	every     int64 // virtual µs between two answers; 0: nothing ever happens
	last      int64 // when the last answer comes, after which the run ends; 0: never
	ended     bool
	err       error
	closed    int
	visitor   string
	milestone func(n int64) bool             // whether the answer number n is one
	hook      atomic.Pointer[func(to int64)] // called by Advance
}

func newFakeRun(sc scenario.Scenario) *fakeRun {
	f := &fakeRun{sc: sc, log: trace.NewLog(), every: 100_000, visitor: "Ada"}
	f.log.Append(trace.Event{Kind: trace.RunStarted, Text: f.log.ID(sc.String())})
	return f
}

// onAdvance sets what Advance calls, nil for nothing, also while the run goes on.
func (f *fakeRun) onAdvance(hook func(to int64)) {
	if hook == nil {
		f.hook.Store(nil)
		return
	}
	f.hook.Store(&hook)
}

func (f *fakeRun) Now() int64 { return f.now }

func (f *fakeRun) Next() (int64, bool) {
	if f.ended || f.err != nil || f.every == 0 {
		return 0, false
	}
	return (f.now/f.every + 1) * f.every, true
}

func (f *fakeRun) Advance(to int64) {
	if hook := f.hook.Load(); hook != nil {
		(*hook)(to)
	}
	if f.err != nil {
		return
	}
	for !f.ended {
		ts, ok := f.Next()
		if !ok || ts > to {
			break
		}
		f.now = ts
		n := ts / f.every
		e := trace.Event{Ts: ts, Kind: trace.RequestDone, Req: int32(n), Visitor: f.log.ID(f.visitor), Op: trace.Visit, Status: 200, Session: trace.Hit, Sid: f.log.ID("sid")}
		if f.milestone != nil && f.milestone(n) {
			e.Session, e.Status = trace.Miss, 401
		}
		f.log.Append(e)
		if f.last > 0 && ts >= f.last {
			f.log.Append(trace.Event{Ts: ts, Kind: trace.RunEnded})
			f.ended = true
			return
		}
	}
	if !f.ended {
		f.now = max(f.now, to)
	}
}

func (f *fakeRun) Check(c scenario.Command) error {
	if c.Worker > 2 {
		return &scenario.Error{Key: "crash", Value: "9", Allowed: "1 to 2"}
	}
	return nil
}

func (f *fakeRun) Give(c scenario.Command) {
	f.Advance(c.At)
	f.sc.Do = append(f.sc.Do, c)
	f.log.Append(trace.Event{Ts: f.now, Kind: trace.CommandApplied, Text: f.log.ID(c.String())})
}

func (f *fakeRun) Log() *trace.Log             { return f.log }
func (f *fakeRun) Ended() bool                 { return f.ended }
func (f *fakeRun) Scenario() scenario.Scenario { return f.sc }
func (f *fakeRun) Err() error                  { return f.err }
func (f *fakeRun) Close()                      { f.closed++ }

func (f *fakeRun) Snapshot() trace.Snapshot {
	return trace.Snapshot{Seq: int64(f.log.Len()), Ts: f.log.At(f.log.Len()).Ts}
}
