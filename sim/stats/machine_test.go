package stats_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"procession/sim"
	"procession/sim/stats"
	"procession/sim/trace"
)

// events makes a log of one process with two threads and another one with one,
// and of what happened to them.
func events(list ...trace.Event) *trace.Log {
	l := trace.NewLog()
	l.Append(trace.Event{Kind: trace.RunStarted, Text: l.ID("mode=threads&workers=2&cores=2")})
	l.Append(trace.Event{Kind: trace.WorkerStarting, Pid: 1, Mem: 101, Threads: 2})
	l.Append(trace.Event{Kind: trace.WorkerStarting, Pid: 2, Mem: 102, Threads: 1})
	for _, e := range list {
		l.Append(e)
	}
	return l
}

func on(ts int64, core, pid, tid int16, mem trace.Memory, until int64) trace.Event {
	return trace.Event{Ts: ts, Kind: trace.CoreSwitch, Core: core, Pid: pid, Tid: tid, Mem: mem, Until: until}
}

func idle(ts int64, core int16) trace.Event {
	return trace.Event{Ts: ts, Kind: trace.CoreIdle, Core: core}
}

func TestCores(t *testing.T) {
	s := sum(events(
		on(0, 1, 1, 1, 101, 10),
		trace.Event{Ts: 20, Kind: trace.ThreadReady, Pid: 1, Tid: 2, Mem: 101},
		trace.Event{Ts: 50, Kind: trace.ThreadReady, Pid: 1, Tid: 1, Mem: 101}, // its slice is over
		on(50, 1, 1, 2, 101, 55),
		on(60, 1, 1, 1, 101, 65),
		idle(62, 1), // in the middle of the switch
		on(70, 1, 1, 1, 101, 70),
		on(70, 2, 2, 1, 102, 80),
		idle(90, 1),
		trace.Event{Ts: 100, Kind: trace.RequestSent}, // the last event: core 2 still runs
	))
	wantCores := []stats.Core{{Core: 1, Busy: 0.65, Switching: 0.17, Idle: 0.18}, {Core: 2, Busy: 0.2, Switching: 0.1, Idle: 0.7}}
	if d := cmp.Diff(wantCores, s.Cores); d != "" {
		t.Error(d)
	}
	if want := (stats.Switches{Processes: 2, Threads: 2, None: 1}); s.Switches != want {
		t.Errorf("got %+v, want %+v", s.Switches, want)
	}
	wantWorkers := []stats.Worker{
		{Pid: 1, Run: 40 + 5 + 20, Ready: 30 + 10, Switching: 10 + 5 + 2, Blocked: 200 - 65 - 40 - 17},
		{Pid: 2, Run: 20, Switching: 10, Blocked: 70},
	}
	if d := cmp.Diff(wantWorkers, s.Workers); d != "" {
		t.Error(d)
	}
}

// TestCoresComeAndGo: a core's shares are of the time in which it was there.
func TestCoresComeAndGo(t *testing.T) {
	l := events(on(0, 2, 2, 1, 102, 0), idle(50, 2))
	l.Append(trace.Event{Ts: 50, Kind: trace.ScenarioSet, Text: l.ID("cores=1")})
	l.Append(trace.Event{Ts: 100, Kind: trace.ScenarioSet, Text: l.ID("cores=3")})
	l.Append(trace.Event{Ts: 150, Kind: trace.RunEnded})
	want := []stats.Core{{Core: 1, Idle: 1}, {Core: 2, Busy: 0.5, Idle: 0.5}, {Core: 3, Idle: 1}}
	if d := cmp.Diff(want, sum(l).Cores); d != "" {
		t.Error(d)
	}
}

// TestLockFreeAtOnce: who found a lock taken and had it in the same microsecond
// no longer waits.
func TestLockFreeAtOnce(t *testing.T) {
	s := sum(events(
		trace.Event{Ts: 10, Kind: trace.LockWaited, Pid: 1, Tid: 2, Mem: 101},
		trace.Event{Ts: 10, Kind: trace.LockAcquired, Pid: 1, Tid: 2, Mem: 101},
		trace.Event{Ts: 500, Kind: trace.RunEnded},
	))
	if want := (stats.Locks{Taken: 1, Waits: 1}); s.Locks != want {
		t.Errorf("got %+v, want %+v", s.Locks, want)
	}
}

func TestLocks(t *testing.T) {
	lock := func(kind trace.Kind, ts int64, tid int16, dur int64) trace.Event {
		return trace.Event{Ts: ts, Kind: kind, Pid: 1, Tid: tid, Mem: 101, Dur: dur}
	}
	s := sum(events(
		lock(trace.LockAcquired, 0, 1, 0),
		lock(trace.LockWaited, 10, 2, 0),
		lock(trace.LockReleased, 40, 1, 0),
		lock(trace.LockAcquired, 40, 2, 30),
		lock(trace.LockWaited, 50, 1, 0),
		lock(trace.LockDeadlocked, 50, 1, 0),
		trace.Event{Ts: 150, Kind: trace.WorkerCrashed, Pid: 1, Mem: 101},
		trace.Event{Ts: 900, Kind: trace.RunEnded},
	))
	if want := (stats.Locks{Taken: 2, Waits: 2, Total: 130, Max: 100}); s.Locks != want || s.Deadlocks != 1 || s.Crashes != 1 {
		t.Errorf("got %+v, want %+v; %d deadlocks, %d crashes", s.Locks, want, s.Deadlocks, s.Crashes)
	}
	if want := int64(2 * 150); s.Workers[0].Blocked != want {
		t.Errorf("the threads were blocked for %d µs, want %d: a process that died blocks nobody", s.Workers[0].Blocked, want)
	}
}

func TestStoreTrips(t *testing.T) {
	store := func(kind trace.Kind, ts int64, req int32, until int64) trace.Event {
		return trace.Event{Ts: ts, Kind: kind, Req: req, Pid: 1, Until: until}
	}
	s := sum(events(
		store(trace.StoreSent, 0, 1, 50), store(trace.StoreSent, 10, 2, 60),
		store(trace.StoreExecuted, 50, 1, 100), store(trace.StoreExecuted, 60, 2, 310),
		store(trace.StoreSent, 400, 1, 450), store(trace.StoreFailed, 420, 1, 0),
	))
	if want := (stats.Store{Trips: 2, Mean: (100 + 300) / 2}); s.Store != want || s.Commands != 2 {
		t.Errorf("got %+v, want %+v", s.Store, want)
	}
}

// TestFootprint: the most that there was at one time counts.
func TestFootprint(t *testing.T) {
	s := sum(events(
		trace.Event{Ts: 10, Kind: trace.WorkerStopped, Pid: 2, Mem: 102},
		trace.Event{Ts: 10, Kind: trace.WorkerStarting, Pid: 2, Mem: 202, Threads: 1},
		trace.Event{Ts: 20, Kind: trace.WorkerCrashed, Pid: 2, Mem: 202},
		trace.Event{Ts: 30, Kind: trace.WorkerStopped, Pid: 2, Mem: 202}, // was down already
		trace.Event{Ts: 40, Kind: trace.WorkerStopped, Pid: 1, Mem: 101},
	))
	if want := (stats.Footprint{Copies: 2, Threads: 3, Resident: 2*58_000 + 3*24, Own: 2*31_000 + 3*24}); s.Memory != want {
		t.Errorf("got %+v, want %+v", s.Memory, want)
	}
}

// TestFootprintOfAReload: a process that finishes what it has beside the next
// one takes memory until it is gone, and its end is not that of the next one.
func TestFootprintOfAReload(t *testing.T) {
	s := sum(events(
		trace.Event{Ts: 10, Kind: trace.WorkerStopping, Pid: 2, Mem: 102},
		trace.Event{Ts: 10, Kind: trace.WorkerStarting, Pid: 2, Mem: 202, Threads: 1},
		trace.Event{Ts: 20, Kind: trace.WorkerStopped, Pid: 2, Mem: 102, Until: 20},
		trace.Event{Ts: 30, Kind: trace.WorkerStarting, Pid: 3, Mem: 103, Threads: 1},
	))
	if s.Memory.Copies != 3 {
		t.Errorf("%d copies at most, want 3", s.Memory.Copies)
	}
}

// TestTimeAddsUp: in whole runs, what the cores did for threads is what the
// threads say that cores did for them, and no core works more than all the time.
func TestTimeAddsUp(t *testing.T) {
	for _, query := range []string{
		"costs=measured&think=1ms&visitors=5&cores=1&workers=3",
		"costs=teaching&mode=threads&workers=4&cores=2&visitors=6&think=100ms",
		"costs=measured&mode=store&workers=4&cores=2&visitors=9&think=0&do=1s crash 1; 2s set cores=1; 3s reload",
		"costs=teaching&cores=1&workers=3&visitors=4&think=50ms&script=login,report*3,visit*3&quantum=20ms",
	} {
		sc, err := sim.Parse(query)
		if err != nil {
			t.Fatal(err)
		}
		run := sim.New(sc)
		defer run.Close()
		run.Advance(5_000_000)
		c := stats.NewCounter()
		for seq := 1; seq <= run.Log().Len(); seq++ {
			c.Add(run.Log(), run.Log().At(seq))
		}
		s := c.SummaryAt(run.Now())
		var onCores, ofThreads float64
		for _, core := range s.Cores {
			if sum := core.Busy + core.Switching + core.Idle; sum < 0.9998 || sum > 1.0002 {
				t.Errorf("%s: core %d: the shares add up to %v", query, core.Core, sum)
			}
			if run.Scenario().Cores == len(s.Cores) && run.Scenario().Do == nil {
				onCores += (core.Busy + core.Switching) * float64(run.Now())
			}
		}
		for _, w := range s.Workers {
			ofThreads += float64(w.Run + w.Switching)
			if w.Run < 0 || w.Ready < 0 || w.Switching < 0 || w.Run == 0 {
				t.Errorf("%s: %+v", query, w)
			}
		}
		if diff := onCores - ofThreads; onCores > 0 && (diff > 0.0005*float64(run.Now()) || diff < -0.0005*float64(run.Now())) {
			t.Errorf("%s: the cores worked for %.0f µs, the threads were worked for %.0f µs", query, onCores, ofThreads)
		}
	}
}
